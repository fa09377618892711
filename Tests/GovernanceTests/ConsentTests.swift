import Foundation
import Provenance
import TestSupport
import Testing

@testable import Governance

/// Twelve purposes, each as honest as it can be about itself.
private enum Purposes {
  static func make(_ aim: Purpose.Aim, _ change: (inout Purpose) -> Void = { _ in }) -> Purpose {
    var purpose = Purpose(aim: aim, day: "2026-11-25")
    purpose.isForProfit = false
    purpose.isCommercial = false
    purpose.country = "KR"
    change(&purpose)
    return purpose
  }

  static let all: [String: Purpose] = [
    "health, not for profit": make(.health),
    "health, commercial": make(.health) {
      $0.isForProfit = true
      $0.isCommercial = true
    },
    "health, with every promise": make(.health) {
      $0.willPublish = true
      $0.isCollaboration = true
      $0.hasEthicsApproval = true
      $0.willReturnResults = true
      $0.isGenetic = true
    },
    "cancer": make(.disease) { $0.diseases = ["MONDO:0004992"] },
    "diabetes": make(.disease) { $0.diseases = ["MONDO:0005015"] },
    "genetics of cancer": make(.disease) {
      $0.diseases = ["MONDO:0004992"]
      $0.isGenetic = true
    },
    "sociology": make(.general),
    "ancestry": make(.ancestry),
    "methods": make(.methods),
    "care": make(.care),
    "a named study": make(.health) {
      ($0.user, $0.project, $0.institution) = ("kim", "screen-1", "Osong")
      $0.researchTypes = ["drug discovery"]
    },
    "abroad": make(.health) { $0.country = "US" },
  ]
}

@Suite("Consent")
struct ConsentTests {
  /// Which purposes a code allows beside HMB (or, for a permission, alone), by the definitions in
  /// the ontology; what is not listed is denied.
  private static let allowed: [DataUseCode: Set<String>] = {
    let health: Set<String> = [
      "health, not for profit", "health, commercial", "health, with every promise", "cancer",
      "diabetes", "genetics of cancer", "a named study", "abroad",
    ]
    let nonProfit = health.subtracting(["health, commercial"])
    return [
      .permission: [], .modifier: [],
      .noRestriction: Set(Purposes.all.keys),
      .generalResearch: Set(Purposes.all.keys).subtracting(["care"]),
      .healthResearch: health,
      .diseaseSpecific: ["cancer", "genetics of cancer"],
      .ancestryOnly: ["ancestry"],
      .clinicalCare: ["care"],
      .researchSpecific: ["a named study"],
      .noMethods: health, .noAncestry: health,
      .geneticOnly: ["health, with every promise", "genetics of cancer"],
      .nonProfitNonCommercial: nonProfit, .nonProfitOnly: nonProfit, .nonCommercialOnly: nonProfit,
      .publicationRequired: ["health, with every promise"],
      .collaborationRequired: ["health, with every promise"],
      .ethicsApprovalRequired: ["health, with every promise"],
      .returnRequired: ["health, with every promise"],
      .geographicRestriction: health.subtracting(["abroad"]),
      .publicationMoratorium: health, .timeLimit: health,
      .userSpecific: ["a named study"], .projectSpecific: ["a named study"],
      .institutionSpecific: ["a named study"],
    ]
  }()

  private static let details: [DataUseCode: [String]] = [
    .diseaseSpecific: ["MONDO:0004992"], .researchSpecific: ["drug discovery"],
    .geographicRestriction: ["KR", "JP"], .publicationMoratorium: ["2026-01-01"],
    .timeLimit: ["2027-12-31"], .userSpecific: ["kim"], .projectSpecific: ["screen-1"],
    .institutionSpecific: ["Osong"],
  ]
  private static let permissions: Set<DataUseCode> = [
    .permission, .noRestriction, .generalResearch, .healthResearch, .diseaseSpecific,
    .ancestryOnly, .clinicalCare,
  ]

  @Test("Each of 25 codes allows of twelve purposes those that its definition names, and no other")
  func table() {
    #expect(DataUseCode.allCases.count == 25)
    #expect(Purposes.all.count == 12)
    for code in DataUseCode.allCases {
      let term = Consent.Term(code, Self.details[code] ?? [])
      let terms = Self.permissions.contains(code) ? [term] : [Consent.Term(.healthResearch), term]
      let consent = Consent(participant: "1", terms: terms)
      for (name, purpose) in Purposes.all {
        let isAllowed = ConsentRule.decide(consent, purpose).isAllowed
        #expect(
          isAllowed == Self.allowed[code]?.contains(name), "\(code.id) \(code) for \(name)")
      }
    }
  }

  @Test("A modifier without a permission allows nothing, whatever the purpose")
  func modifierAlone() {
    for code in DataUseCode.allCases where !Self.permissions.contains(code) {
      let consent = Consent(
        participant: "1", terms: [Consent.Term(code, Self.details[code] ?? [])])
      for purpose in Purposes.all.values {
        #expect(!ConsentRule.decide(consent, purpose).isAllowed)
      }
    }
  }

  @Test(
    "A code that is not known denies beside any permission",
    arguments: ["DUO:9999999", "DUO:42", "", "GRU", "DUO:0000022[KR", "DUO:0000042 "])
  func unknown(text: String) {
    let consent = Consent(
      participant: "1", terms: [Consent.Term(.noRestriction), Consent.Term(text: text)])
    #expect(!ConsentRule.decide(consent, Purposes.make(.health)).isAllowed)
  }

  @Test("A limit whose details are missing is never kept")
  func missingDetails() {
    for code in Self.details.keys {
      let consent = Consent(
        participant: "1", terms: [Consent.Term(.noRestriction), Consent.Term(code)])
      for purpose in Purposes.all.values where code != .diseaseSpecific {
        #expect(!ConsentRule.decide(consent, purpose).isAllowed, "\(code)")
      }
    }
  }

  @Test("Time limits end after their day, and moratoria with it")
  func days() {
    func decide(_ code: DataUseCode, _ day: String, _ purpose: Purpose) -> Bool {
      ConsentRule.decide(
        Consent(
          participant: "1", terms: [Consent.Term(.noRestriction), Consent.Term(code, [day])]),
        purpose
      ).isAllowed
    }
    let purpose = Purposes.make(.health)
    #expect(decide(.timeLimit, "2026-11-25", purpose))
    #expect(!decide(.timeLimit, "2026-11-24", purpose))
    #expect(!decide(.timeLimit, "soon", purpose))
    #expect(decide(.publicationMoratorium, "2026-11-25", purpose))
    #expect(!decide(.publicationMoratorium, "2026-11-26", purpose))
    for nonsense in ["", "0", "zzz", "2026-1-1"] {
      var vague = purpose
      vague.day = nonsense
      vague.publicationDay = nonsense
      #expect(!decide(.timeLimit, "2027-12-31", vague), "a use at \(nonsense)")
      #expect(!decide(.publicationMoratorium, "2026-01-01", vague), "published at \(nonsense)")
    }
  }

  @Test("A file is read; who has no row, or took the consent back, is denied")
  func file() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.write(
      "participant,codes,withdrawn\nA,DUO:0000042,\nB,DUO:0000042;DUO:0000022[KR|JP],\n"
        + "C,DUO:0000042,2026-05-01\nD,DUO:0000042,\nD,DUO:0000006,1\n", to: "consent.csv")
    let register = try ConsentRegister(path: path)
    let purpose = Purposes.make(.health)
    let snapshot = ConsentSnapshot(of: register, for: purpose, people: ["E", "D", "C", "B", "A"])
    #expect(snapshot.allowed == ["A", "B"])
    #expect(snapshot.refusals == ["consent was withdrawn": 2, "no consent is on file": 1])
    let abroad = ConsentSnapshot(
      of: register, for: Purposes.make(.health) { $0.country = "US" },
      people: ["A", "B"])
    #expect(abroad.allowed == ["A"])
    #expect(snapshot.id != abroad.id)
  }

  @Test("A cohort without its consent file, or with one that cannot be read, is refused")
  func missingFile() throws {
    let scratch = try ScratchFolder()
    #expect(throws: GovernanceError.self) {
      try ConsentRegister(path: scratch.path("none.csv"))
    }
    let ragged = try scratch.write("participant,codes\nA\nB,DUO:0000042\n", to: "ragged.csv")
    #expect(throws: GovernanceError.self) { try ConsentRegister(path: ragged) }
    let renamed = try scratch.write(
      "participant,codes,withdrawal date\nA,DUO:0000042,2026-01-01\n", to: "renamed.csv")
    #expect(throws: GovernanceError.self) { try ConsentRegister(path: renamed) }
    let capitals = try scratch.write(
      "Participant,Codes,Withdrawn\nA,DUO:0000042,1\n", to: "capitals.csv")
    let register = try ConsentRegister(path: capitals)
    #expect(!register.decide("A", Purposes.make(.health)).isAllowed)
    let other = try scratch.write("person,codes\nA,DUO:0000042\n", to: "other.csv")
    #expect(throws: GovernanceError.self) { try ConsentRegister(path: other) }
  }

  @Test("A snapshot of the same people for the same purpose has the same id, and names who left")
  func snapshots() {
    func register(_ people: [String]) -> ConsentRegister {
      ConsentRegister(
        people.map { Consent(participant: $0, terms: [Consent.Term(.generalResearch)]) },
        digest: Digest(of: "test"))
    }
    let purpose = Purposes.make(.health)
    let people = ["A", "B", "C"]
    let before = ConsentSnapshot(of: register(people), for: purpose, people: people)
    let again = ConsentSnapshot(of: register(people), for: purpose, people: people.reversed())
    let after = ConsentSnapshot(of: register(["A", "C"]), for: purpose, people: people)
    #expect(before.id == again.id)
    #expect(before.id != after.id)
    #expect(after.withdrawn(since: before) == ["B"])
    // Sets have another order in each run; the id of a fixed purpose must not.
    let diseases = Purposes.make(.disease) {
      $0.diseases = ["MONDO:3", "MONDO:1", "MONDO:2", "MONDO:5", "MONDO:4"]
    }
    let fixed = ConsentSnapshot(of: register([]), for: diseases, people: people)
    #expect(fixed.id.short == "7c1d521c5918")
  }
}
