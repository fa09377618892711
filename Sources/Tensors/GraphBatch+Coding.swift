/// Why bytes are not a batch of graphs.
public enum GraphCodingError: Error, Hashable, Sendable {
  /// They do not begin as such bytes do, or are of a later version.
  case foreign
  /// They end in the middle of a number.
  case truncated
  /// A count, an offset or an index points beyond what is there.
  case inconsistent
}

extension GraphBatch {
  /// The version this writes; the first byte.
  static let codingVersion: UInt8 = 1

  /// The batch as bytes: about four for an atom with its bond, the tables of kinds apart.
  ///
  /// Numbers of seven bits a byte, lowest first: the tables of kinds, then for each graph its counts,
  /// kinds and ends. Values of features keep their bits.
  public var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.bytes.append(Self.codingVersion)
    for kinds in [nodeKinds, edgeKinds] { writer.append(kinds.features) }
    writer.append(graphs)
    for graph in 0..<graphs {
      let nodes = Int(nodeOffsets[graph])..<Int(nodeOffsets[graph + 1])
      let edges = Int(edgeOffsets[graph])..<Int(edgeOffsets[graph + 1])
      writer.append(nodes.count)
      writer.append(edges.count)
      for node in nodes { writer.append(Int(kindOfNode[node])) }
      for edge in edges {
        writer.append(Int(kindOfEdge[edge]))
        writer.append(Int(ends[2 * edge]))
        writer.append(Int(ends[2 * edge + 1]))
      }
    }
    return writer.bytes
  }

  /// Reads a batch back; nothing in the bytes is trusted.
  ///
  /// - Complexity: O(bytes)
  public init(decoding bytes: [UInt8]) throws(GraphCodingError) {
    var reader = ByteReader(bytes)
    guard bytes.first == Self.codingVersion else { throw .foreign }
    reader.place = 1
    let (nodeKinds, edgeKinds) = try (reader.sparseRows(), reader.sparseRows())
    let graphs = try reader.count()
    var (nodeOffsets, edgeOffsets): ([Int32], [Int32]) = ([0], [0])
    var (kindOfNode, kindOfEdge, ends): ([Int32], [Int32], [Int32]) = ([], [], [])
    for _ in 0..<graphs {
      let (nodes, edges) = try (reader.count(), reader.count())
      for _ in 0..<nodes { kindOfNode.append(try reader.index(below: nodeKinds.rows)) }
      for _ in 0..<edges {
        kindOfEdge.append(try reader.index(below: edgeKinds.rows))
        ends.append(try reader.index(below: nodes))
        ends.append(try reader.index(below: nodes))
      }
      nodeOffsets.append(Int32(kindOfNode.count))
      edgeOffsets.append(Int32(kindOfEdge.count))
    }
    guard reader.place == bytes.count else { throw .inconsistent }
    self.init(
      nodeKinds: FeatureKinds(nodeKinds), edgeKinds: FeatureKinds(edgeKinds),
      nodeOffsets: nodeOffsets, edgeOffsets: edgeOffsets, kindOfNode: kindOfNode,
      kindOfEdge: kindOfEdge, ends: ends)
  }
}

private struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func append(_ number: Int) {
    var rest = UInt64(number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(_ rows: SparseRows) {
    append(rows.columns)
    append(rows.rows)
    for row in 0..<rows.rows {
      let entries = Int(rows.offsets[row])..<Int(rows.offsets[row + 1])
      append(entries.count)
      for entry in entries {
        append(Int(rows.indices[entry]))
        append(Int((rows.values?[entry] ?? 1).bitPattern))
      }
    }
  }
}

private struct ByteReader {
  private let bytes: [UInt8]
  var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A number of at most 32 bits.
  mutating func number() throws(GraphCodingError) -> UInt32 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 35, by: 7) {
      guard place < bytes.count else { throw .truncated }
      let byte = bytes[place]
      place += 1
      result |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        guard let number = UInt32(exactly: result) else { throw .inconsistent }
        return number
      }
    }
    throw .inconsistent
  }

  /// How many things follow: no more than bytes are left, since each takes one at least.
  mutating func count() throws(GraphCodingError) -> Int {
    let count = Int(try number())
    guard count <= bytes.count - place else { throw .truncated }
    return count
  }

  mutating func index(below bound: Int) throws(GraphCodingError) -> Int32 {
    let index = try number()
    guard Int(index) < bound else { throw .inconsistent }
    return Int32(index)
  }

  mutating func sparseRows() throws(GraphCodingError) -> SparseRows {
    let columns = Int(try number())
    guard columns <= Int(Int32.max) else { throw .inconsistent }
    var (offsets, indices): ([Int32], [Int32]) = ([0], [])
    var values: [Float] = []
    for _ in 0..<(try count()) {
      for _ in 0..<(try count()) {
        indices.append(try index(below: columns))
        let value = Float(bitPattern: try number())
        guard value.isFinite else { throw .inconsistent }
        values.append(value)
      }
      offsets.append(Int32(indices.count))
    }
    return SparseRows(trusted: columns, offsets, indices, values)
  }
}
