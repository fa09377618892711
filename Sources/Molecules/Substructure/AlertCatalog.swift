/// A published list of substructures that medicinal chemists distrust, as RDKit carries it.
public struct AlertCatalog: Sendable {
  /// Pan-assay interference compounds, Baell & Holloway 2010: 480 patterns.
  public static let pains = AlertCatalog(.pains)

  /// Unwanted functionality, Brenk and colleagues 2008: 105 patterns.
  public static let brenk = AlertCatalog(.brenk)

  /// Reactive and unwanted groups of the NIH's libraries, Jadhav and colleagues 2010: 180 patterns.
  public static let nih = AlertCatalog(.nih)

  /// Which list this is.
  public let source: Source

  /// The names of all alerts, in the order of the list; some names occur more than once.
  public let names: [String]

  // Reading the patterns fails only without memory; the error then meets every use.
  private let handle: Result<AlertHandle, MoleculeError>

  /// The lists by name.
  public enum Source: String, Hashable, Codable, Sendable, CaseIterable {
    /// Pan-assay interference compounds.
    case pains
    /// Brenk's unwanted functionality.
    case brenk
    /// The NIH's reactive groups.
    case nih
  }

  /// The list named `source`; reading it costs some 100 ms the first time.
  public static func named(_ source: Source) -> AlertCatalog {
    switch source {
    case .pains: pains
    case .brenk: brenk
    case .nih: nih
    }
  }

  private init(_ source: Source) {
    self.source = source
    do throws(MoleculeError) {
      let handle = try AlertHandle(source)
      names = try handle.names()
      self.handle = .success(handle)
    } catch {
      names = []
      handle = .failure(error)
    }
  }

  func loaded() throws(MoleculeError) -> AlertHandle { try handle.get() }
}
