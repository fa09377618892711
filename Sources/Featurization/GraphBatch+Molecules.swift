public import Molecules
public import Tensors

/// Gathers molecular graphs into one batch, each kind of atom and bond described once.
public struct GraphBatchBuilder: Sendable {
  private var atomKinds: [MolecularGraph.Atom: Int32] = [:]
  private var bondKinds: [BondKind: Int32] = [:]
  private var atomRows: [FeatureRow] = []
  private var bondRows: [FeatureRow] = []
  private var nodeOffsets: [Int32] = [0]
  private var edgeOffsets: [Int32] = [0]
  private var kindOfNode: [Int32] = []
  private var kindOfEdge: [Int32] = []
  private var ends: [Int32] = []

  /// No graphs yet.
  public init() {}

  /// Adds a graph at the end.
  /// - Complexity: O(atoms + bonds)
  public mutating func append(_ graph: MolecularGraph) {
    for atom in graph.atoms { kindOfNode.append(kind(of: atom)) }
    for bond in graph.bonds {
      kindOfEdge.append(kind(of: bond))
      ends.append(Int32(bond.begin))
      ends.append(Int32(bond.end))
    }
    nodeOffsets.append(Int32(kindOfNode.count))
    edgeOffsets.append(Int32(kindOfEdge.count))
  }

  /// The batch so far.
  public var batch: GraphBatch {
    GraphBatch(
      nodeKinds: FeatureKinds(SparseRows(columns: AtomColumns.count, atomRows)),
      edgeKinds: FeatureKinds(SparseRows(columns: BondColumns.count, bondRows)),
      nodeOffsets: nodeOffsets, edgeOffsets: edgeOffsets, kindOfNode: kindOfNode,
      kindOfEdge: kindOfEdge, ends: ends)
  }

  private mutating func kind(of atom: MolecularGraph.Atom) -> Int32 {
    if let kind = atomKinds[atom] { return kind }
    let kind = Int32(atomRows.count)
    atomKinds[atom] = kind
    atomRows.append(AtomColumns.features(of: atom))
    return kind
  }

  private mutating func kind(of bond: MolecularGraph.Bond) -> Int32 {
    let content = BondKind(bond)
    if let kind = bondKinds[content] { return kind }
    let kind = Int32(bondRows.count)
    bondKinds[content] = kind
    bondRows.append(BondColumns.features(of: bond))
    return kind
  }
}

/// A bond without its ends.
private struct BondKind: Hashable {
  let kind: MolecularGraph.Kind
  let stereo: MolecularGraph.Stereo
  let isConjugated: Bool
  let isInRing: Bool

  init(_ bond: MolecularGraph.Bond) {
    kind = bond.kind
    stereo = bond.stereo
    isConjugated = bond.isConjugated
    isInRing = bond.isInRing
  }
}

extension GraphBatch {
  /// The graphs of molecules, one after another, with the features of `AtomColumns` and
  /// `BondColumns`.
  public init(_ graphs: some Sequence<MolecularGraph>) {
    var builder = GraphBatchBuilder()
    for graph in graphs { builder.append(graph) }
    self = builder.batch
  }
}

extension SparseRows {
  /// Rows of features, values and all.
  init(columns: Int, _ rows: [FeatureRow]) {
    var offsets: [Int32] = [0]
    for row in rows { offsets.append((offsets.last ?? 0) + Int32(row.columns.count)) }
    self.init(
      columns: columns, offsets: offsets, indices: rows.flatMap(\.columns),
      values: rows.flatMap(\.values))
  }
}
