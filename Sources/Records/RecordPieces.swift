/// Bytes that are neither a file nor in memory: told apart by their name, read anew each time.
public struct RecordPieces: Hashable, Sendable {
  /// Gives the next piece, of any size; nil at the end.
  public typealias Next = () throws(RecordError) -> [UInt8]?

  /// The name in messages.
  public let name: String
  let open: @Sendable () throws(RecordError) -> Next

  /// Describes a source of pieces.
  ///
  /// - Parameter open: begins to read; what it gives is let go when nobody reads on.
  public init(name: String, open: @escaping @Sendable () throws(RecordError) -> Next) {
    self.name = name
    self.open = open
  }

  /// Whether they have one name.
  public static func == (one: RecordPieces, other: RecordPieces) -> Bool { one.name == other.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Pieces as a stream of bytes.
final class PieceSource: ByteSource {
  private let next: RecordPieces.Next
  private var held: ArraySlice<UInt8> = []
  private(set) var bytesRead = 0
  var totalBytes: Int? { nil }

  init(_ pieces: RecordPieces) throws(RecordError) { next = try pieces.open() }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(RecordError) -> Int {
    let before = bytes.count
    while bytes.count - before < count {
      if held.isEmpty {
        guard let piece = try next() else { break }
        held = piece[...]
      }
      let taken = held.prefix(count - (bytes.count - before))
      bytes.append(contentsOf: taken)
      held = held.dropFirst(taken.count)
    }
    bytesRead += bytes.count - before
    return bytes.count - before
  }
}
