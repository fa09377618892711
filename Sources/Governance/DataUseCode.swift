/// A term of the Data Use Ontology of GA4GH: what a person, or a committee for them, allows.
///
/// Lawson et al., The Data Use Ontology to streamline responsible access to human biomedical
/// datasets, Cell Genomics 2021. The raw value is the number of `DUO:…`.
public enum DataUseCode: Int, CaseIterable, Codable, Sendable {
  /// The class of permissions; says nothing of its own.
  case permission = 1
  /// NRES: no restriction.
  case noRestriction = 4
  /// HMB: health, medical and biomedical research.
  case healthResearch = 6
  /// DS: research on named diseases.
  case diseaseSpecific = 7
  /// POA: only research on origins and ancestry of populations.
  case ancestryOnly = 11
  /// RS: only named kinds of research.
  case researchSpecific = 12
  /// NMDS: no development of general methods.
  case noMethods = 15
  /// GSO: genetic studies only.
  case geneticOnly = 16
  /// The class of modifiers; says nothing of its own.
  case modifier = 17
  /// NPUNCU: not-for-profit organisations, and no commercial use.
  case nonProfitNonCommercial = 18
  /// PUB: results must be published.
  case publicationRequired = 19
  /// COL: together with the data's owners.
  case collaborationRequired = 20
  /// IRB: with the approval of an ethics committee.
  case ethicsApprovalRequired = 21
  /// GS: only in named countries.
  case geographicRestriction = 22
  /// MOR: no publication before a date.
  case publicationMoratorium = 24
  /// TS: no use after a date.
  case timeLimit = 25
  /// US: only named users.
  case userSpecific = 26
  /// PS: only named projects.
  case projectSpecific = 27
  /// IS: only named institutions.
  case institutionSpecific = 28
  /// RTN: derived data go back to the database.
  case returnRequired = 29
  /// GRU: general research.
  case generalResearch = 42
  /// CC: clinical care.
  case clinicalCare = 43
  /// NPOA: no research on origins or ancestry.
  case noAncestry = 44
  /// NPU: not-for-profit organisations only.
  case nonProfitOnly = 45
  /// NCU: no commercial use.
  case nonCommercialOnly = 46

  /// The term as the ontology writes it: `DUO:0000042`.
  public var id: String {
    let digits = String(rawValue)
    return "DUO:" + String(repeating: "0", count: 7 - digits.count) + digits
  }

  /// The code of a term; nil for one that this version does not know.
  public init?(id: String) {
    guard id.hasPrefix("DUO:"), id.utf8.count == 11, let number = Int(id.dropFirst(4)),
      let code = DataUseCode(rawValue: number)
    else { return nil }
    self = code
  }
}
