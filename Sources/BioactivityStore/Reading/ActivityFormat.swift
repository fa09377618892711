/// How a table of activities is laid out.
public enum ActivityFormat: Hashable, Codable, Sendable {
  /// The table `osong data get bindingdb` makes: a column for each endpoint, in nmol/L.
  case bindingDB
  /// An export of ChEMBL's activities, as its web page or its interface writes them.
  ///
  /// Such tables name targets by ChEMBL's own identifiers; without a column of accessions one
  /// accession is given for all rows, which must then be of one ChEMBL target.
  case chembl(target: String?)
  /// Any table whose columns are named.
  case table(ActivityTableColumns)

  /// A text that is the same for the same way of reading.
  var key: String {
    switch self {
    case .bindingDB: "bindingdb"
    case .chembl(let target): "chembl target=\(target ?? "")"
    case .table(let columns): "table \(columns.key)"
    }
  }
}

/// Which columns of a table hold what.
public struct ActivityTableColumns: Hashable, Codable, Sendable {
  /// Where a property of all rows stands.
  public enum Place: Hashable, Codable, Sendable {
    /// In a column, by its name.
    case column(String)
    /// Nowhere: it is the same for all rows.
    case fixed(String)

    var key: String {
      switch self {
      case .column(let name): "column:\(name)"
      case .fixed(let value): "fixed:\(value)"
      }
    }
  }

  /// The column of the structure.
  public var smiles: String
  /// The column of the number.
  public var value: String
  /// The unit, as `ConcentrationUnit` reads it.
  public var unit: Place
  /// The column of the relation; nil where the number carries its sign.
  public var relation: String?
  /// The type: Ki, IC50, Kd, EC50, or these after a `p` for −log₁₀(mol/L).
  public var type: Place
  /// The accession, or a symbol of `hgnc.csv`.
  public var target: Place
  /// The column of the publication; nil for none.
  public var reference: String?

  /// Names columns.
  public init(
    smiles: String = "smiles", value: String, unit: Place = .fixed("nM"), relation: String? = nil,
    type: Place, target: Place, reference: String? = nil
  ) {
    self.smiles = smiles
    self.value = value
    self.unit = unit
    self.relation = relation
    self.type = type
    self.target = target
    self.reference = reference
  }

  var key: String {
    "smiles=\(smiles) value=\(value) unit=\(unit.key) relation=\(relation ?? "") type=\(type.key) "
      + "target=\(target.key) reference=\(reference ?? "")"
  }
}
