internal import Foundation
public import Provenance
internal import Records

/// The consents of a cohort, as its file tells them.
///
/// Columns `participant`, `codes` (terms separated by `;`) and, where it is there, `withdrawn` (1 or
/// a day); capitals do not matter, and another column about withdrawing refuses the file. A person with two rows has withdrawn if one of them says so, and allows what both allow.
public struct ConsentRegister: Sendable {
  /// By participant.
  public let consents: [String: [Consent]]
  /// The digest of the file.
  public let digest: Digest

  /// A register of consents known already.
  public init(_ consents: [Consent], digest: Digest) {
    self.consents = Dictionary(grouping: consents, by: \.participant)
    self.digest = digest
  }

  /// Reads a file; without it nothing may be read, so a cohort that has no file refuses.
  public init(path: String) throws(GovernanceError) {
    do {
      let table = try TableReader(.file(path))
      let header = table.header.map { $0.lowercased() }
      guard let person = header.firstIndex(of: "participant"),
        let codes = header.firstIndex(of: "codes")
      else {
        throw GovernanceError.consentFile("\(path) needs the columns participant and codes")
      }
      let withdrawn = header.firstIndex(of: "withdrawn")
      // A withdrawal under another name would be read as a consent.
      guard !header.contains(where: { $0 != "withdrawn" && $0.contains("withdr") }) else {
        throw GovernanceError.consentFile(
          "\(path) tells withdrawals in another column than `withdrawn`")
      }
      var consents: [Consent] = []
      while let row = try table.next() {
        guard case .row(let row) = row else {
          // A row that cannot be read may be a withdrawal.
          throw GovernanceError.consentFile("\(path) has a row that cannot be read")
        }
        let mark = withdrawn.map { row.fields[$0] } ?? ""
        consents.append(
          Consent(
            participant: row.fields[person],
            terms: row.fields[codes].split(separator: ";").map { term in
              Consent.Term(text: String(term.drop { $0 == " " }))
            },
            isWithdrawn: !["", "0", "no", "NA"].contains(mark)))
      }
      self.init(consents, digest: try Digest(ofFileAt: URL(filePath: path)))
    } catch let error as GovernanceError {
      throw error
    } catch {
      throw .consentFile("\(error)")
    }
  }

  /// Decides for one person; one without a row is denied.
  public func decide(_ participant: String, _ purpose: Purpose) -> ConsentRule.Decision {
    guard let rows = consents[participant] else { return .denied(["no consent is on file"]) }
    let reasons = rows.flatMap { row -> [String] in
      if case .denied(let reasons) = ConsentRule.decide(row, purpose) { reasons } else { [] }
    }
    return reasons.isEmpty ? .allowed : .denied(reasons)
  }
}
