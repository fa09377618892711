import Fingerprints
import Foundation

/// Answers on disk: for each query the number of neighbours in 4 bytes, their rows in 4 bytes each
/// and their similarities as doubles.
enum AnswerFile {
  static func write(_ answers: [[Neighbour]], to path: String) throws {
    var data = Data()
    for neighbours in answers {
      append(UInt32(neighbours.count), to: &data)
      for neighbour in neighbours { append(UInt32(neighbour.row), to: &data) }
      for neighbour in neighbours { append(neighbour.similarity.bitPattern, to: &data) }
    }
    try data.write(to: URL(filePath: path))
  }

  private static func append(
    _ number: some FixedWidthInteger & UnsignedInteger, to data: inout Data
  ) {
    for place in 0..<number.bitWidth / 8 {
      data.append(UInt8(truncatingIfNeeded: number >> (8 * place)))
    }
  }
}
