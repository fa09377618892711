public import Foundation
import Governance
public import Hospitals
import Provenance

/// A hospital's own file: what it answers from, whom, and by which rules.
///
/// Paths are from the file's folder.
public struct SiteConfiguration: Codable, Hashable, Sendable {
  /// A budget of privacy loss for tables with noise.
  public struct Budget: Codable, Hashable, Sendable {
    /// All that may be spent.
    public let total: Double
    /// The journal of what was.
    public let journal: String
  }

  /// The hospital's name.
  public let site: String
  /// Where it listens.
  public let listen: NetworkAddress
  /// The table: one row for a person.
  public let table: String
  /// The column that names the person, where a person may have two rows.
  public let person: String?
  /// The files of the studies it approved.
  public let studies: [String]
  /// Its certificate and the private key of it.
  public let certificate: String, privateKey: String
  /// The key that its answers are signed with.
  public let signingKey: String
  /// The journal of every question.
  public let journal: String
  /// Who may ask.
  public let coordinators: [PeerPins]
  /// The other hospitals of masked studies, with their masking keys.
  public let partners: [PeerPins]?
  /// The rules, where they differ.
  public let rules: SiteRules?
  /// The budget; without one no table with noise is told.
  public let budget: Budget?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case site, listen, table, person, studies, certificate
    case privateKey = "private-key"
    case signingKey = "signing-key"
    case journal, coordinators, partners, rules, budget
  }

  /// Reads a configuration; an unknown key is refused.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue), of: "a hospital's file")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    site = try fields.decode(String.self, forKey: .site)
    listen = try fields.decode(NetworkAddress.self, forKey: .listen)
    table = try fields.decode(String.self, forKey: .table)
    person = try fields.decodeIfPresent(String.self, forKey: .person)
    studies = try fields.decode([String].self, forKey: .studies)
    certificate = try fields.decode(String.self, forKey: .certificate)
    privateKey = try fields.decode(String.self, forKey: .privateKey)
    signingKey = try fields.decode(String.self, forKey: .signingKey)
    journal = try fields.decode(String.self, forKey: .journal)
    coordinators = try fields.decode([PeerPins].self, forKey: .coordinators)
    partners = try fields.decodeIfPresent([PeerPins].self, forKey: .partners)
    rules = try fields.decodeIfPresent(SiteRules.self, forKey: .rules)
    budget = try fields.decodeIfPresent(Budget.self, forKey: .budget)
    guard FederationLimits.isName(site), !studies.isEmpty, !coordinators.isEmpty else {
      throw NetworkError("a hospital has a name, a study and a coordinator")
    }
    guard Set(coordinators.map(\.certificate)).count == coordinators.count,
      Set(coordinators.map(\.name)).count == coordinators.count
    else { throw NetworkError("two coordinators have one name, or one certificate") }
  }
}

extension SiteConfiguration {
  /// The hospital's part in masked sums; nil where it names no partners.
  func masking(_ key: SigningKey) throws -> SiteMasking? {
    guard let partners else { return nil }
    let keys = Dictionary(partners.map { ($0.name, $0.masking ?? "") }) { first, _ in first }
    guard let own = key.maskingKey, keys.count == partners.count,
      let masking = SiteMasking(site: site, key: own, partners: keys)
    else {
      throw NetworkError(
        "masked sums need two partners or more, each named once and with its masking key")
    }
    return masking
  }
}

/// A hospital ready to serve.
public struct HospitalNode: Sendable {
  /// The server and where it listens.
  public let server: HospitalServer, address: NetworkAddress
  /// Each study, its persons, and why nothing of it would be told.
  public let standing: [(study: StudyDefinition, persons: Int, refusal: SiteRefusal?)]
  /// Rows of the table that could not be taken, by reason.
  public let refusedRows: [String: Int]
  /// By what coordinators pin this hospital.
  public let pins: PeerPins

  /// Reads table, keys and journal.
  ///
  /// - Parameters:
  ///   - folder: what the configuration's paths are from.
  ///   - study: reads a study's file.
  public init(
    _ configuration: SiteConfiguration, in folder: URL, patience: Duration = .seconds(30),
    study: (URL) throws -> StudyDefinition, report: @escaping @Sendable (String) -> Void
  ) throws {
    func url(_ path: String) -> URL { URL(filePath: path, relativeTo: folder).absoluteURL }
    let tls = try PinnedTLS(
      certificate: url(configuration.certificate), privateKey: url(configuration.privateKey),
      now: Date())
    let key = try SigningKey(fileAt: url(configuration.signingKey))
    let studies = try configuration.studies.map { try study(url($0)) }
    let table = try SiteTable(
      path: url(configuration.table).path, studies: studies, person: configuration.person)
    let journal = AuditJournal(at: url(configuration.journal))
    let ledger = SiteLedger(try journal.records().compactMap(SiteLedger.Entry.init))
    let masking = try configuration.masking(key)
    let site = HospitalSite(
      name: configuration.site, table: table, studies: studies,
      rules: configuration.rules ?? SiteRules(), ledger: ledger, masking: masking)
    let budget = configuration.budget.map {
      PrivacyBudget(total: $0.total, journal: url($0.journal))
    }
    let service = SiteService(
      site: site, key: key, coordinators: configuration.coordinators, journal: journal,
      budget: budget)
    server = HospitalServer(
      service, tls: tls, coordinators: configuration.coordinators, patience: patience,
      report: report)
    address = configuration.listen
    standing = site.standing
    refusedRows = table.refused
    pins = PeerPins(name: configuration.site, certificate: tls.pin, key: key.verifyingKey)
  }
}
