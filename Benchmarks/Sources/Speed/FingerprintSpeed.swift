import Foundation
import Molecules
import Parallelism

/// SMILES text to packed ECFP4 by the reduced parse path.
struct FingerprintSpeed {
  private let lines: [String]
  private let threads: Int
  private let output: String?
  /// Lines a thread takes at once.
  private static let piece = 1_000

  init(smiles path: String, threads: Int, output: String?) throws {
    lines = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      .split(separator: "\n").map { $0.prefix { $0 != " " && $0 != "\t" } }.map(String.init)
    self.threads = threads
    self.output = output
  }

  func measure() throws -> Report {
    _ = pieces(of: Array(lines.prefix(1_000)))  // RDKit builds its tables with the first molecules.
    var (report, parts) = Report.timing(lines.count) { pieces(of: lines) }
    let words = parts.flatMap { $0 }
    let refused = stride(from: 0, to: words.count, by: PackedFile.width).count { row in
      words[row..<row + PackedFile.width].allSatisfy { $0 == 0 }
    }
    report.checks = [
      "bits": Double(words.reduce(0) { $0 + $1.nonzeroBitCount }), "empty rows": Double(refused),
    ]
    report.xor = String(words.reduce(0, ^), radix: 16)
    if let output { try PackedFile.write(words, to: output) }
    return report
  }

  /// A refused molecule leaves a row of zeros, so that rows never shift.
  private func pieces(of lines: [String]) -> [[UInt64]] {
    let parser = FingerprintParser()
    let count = (lines.count + Self.piece - 1) / Self.piece
    return WorkerPool(threads: threads).map(count) { piece in
      let rows = lines[piece * Self.piece..<min(lines.count, (piece + 1) * Self.piece)]
      var packed: [UInt64] = []
      packed.reserveCapacity(rows.count * PackedFile.width)
      var words = [UInt64](repeating: 0, count: PackedFile.width)
      for line in rows {
        do {
          try parser.words(of: line, .ecfp4, into: &words)
          packed.append(contentsOf: words)
        } catch {
          packed.append(contentsOf: repeatElement(0, count: PackedFile.width))
        }
      }
      return packed
    }
  }
}
