internal import Foundation

/// The rows of a `.bim` one after another, in memory that does not grow with the file.
struct VariantRows {
  private let path: String
  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var place = 0
  private var line = 0
  private var isAtEnd = false

  private static let chunk = 1 << 20
  /// No allele is longer; a file without line ends is no `.bim`.
  private static let longestLine = 1 << 24

  init(path: String) throws(BiobankError) {
    self.path = path
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .genotypes(path, "cannot be read")
    }
    self.file = file
  }

  /// How many variants a file has, how many of them are used, and on which chromosomes these lie.
  static func survey(
    path: String, _ isUsed: (PlinkFiles.Variant) -> Bool
  ) throws(BiobankError) -> (count: Int, used: Int, chromosomes: Chromosomes) {
    var rows = try VariantRows(path: path)
    var (count, used, chromosomes) = (0, 0, Chromosomes())
    while let variant = try rows.next() {
      count += 1
      guard isUsed(variant) else { continue }
      used += 1
      chromosomes.add(variant)
    }
    return (count, used, chromosomes)
  }

  /// The next variant; nil at the end of the file.
  mutating func next() throws(BiobankError) -> PlinkFiles.Variant? {
    guard let text = try nextLine() else { return nil }
    let fields = text.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard let variant = PlinkFiles.Variant(fields.map { String(decoding: $0, as: UTF8.self) })
    else { throw .genotypes(path, "line \(line) is not six columns of a variant") }
    return variant
  }

  private mutating func nextLine() throws(BiobankError) -> ArraySlice<UInt8>? {
    while true {
      if let end = buffer[place...].firstIndex(of: 0x0A) {
        defer { place = end + 1 }
        line += 1
        return buffer[place..<end]
      }
      guard !isAtEnd else {
        guard place < buffer.count else { return nil }
        defer { place = buffer.count }
        line += 1
        return buffer[place...]
      }
      guard buffer.count - place < Self.longestLine else {
        throw .genotypes(path, "line \(line + 1) does not end")
      }
      buffer.removeFirst(place)
      place = 0
      let more: Data?
      do { more = try file.read(upToCount: Self.chunk) } catch {
        throw .genotypes(path, "cannot be read: \(error.localizedDescription)")
      }
      if let more, !more.isEmpty { buffer.append(contentsOf: more) } else { isAtEnd = true }
    }
  }
}

extension PlinkFiles.Variant {
  /// A row of `.bim`: chromosome, name, morgans, position, counted allele, other allele.
  ///
  /// Positions have 31 bits, as PLINK's; sums of larger ones along a genome would overflow.
  init?(_ fields: [String]) {
    guard fields.count == 6, let position = Int32(fields[3]).map(Int.init) else { return nil }
    self.init(
      chromosome: fields[0], id: fields[1], position: position, counted: fields[4],
      other: fields[5])
  }
}
