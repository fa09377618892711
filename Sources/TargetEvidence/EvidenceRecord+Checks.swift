public import Entities
import Provenance

extension EvidenceRecord {
  /// What is wrong with the record: nothing, or a sentence for each fault.
  ///
  /// The schema is checked at the door, so that no ranking meets a score without a rule.
  public var faults: [String] {
    var faults: [String] = []
    func need(_ isHeld: Bool, _ fault: String) { if !isHeld { faults.append(fault) } }
    need((0...1).contains(score), "its score \(score) is not from 0 to 1")
    need(!scoreRule.isEmpty, "its score has no rule")
    need(!source.datasource.isEmpty, "it has no data source")
    need(!source.datatype.isEmpty, "it has no data type")
    need(Self.isName(target.symbol), "its target has no symbol")
    need(disease.id.contains(":"), "its disease \(disease.id) has no ontology")
    need(!disease.name.isEmpty, "its disease has no name")
    need(!statistic.method.isEmpty && !statistic.statistic.isEmpty, "its statistic has no name")
    for (name, value) in [
      ("p", statistic.pValue), ("calibrated_p", statistic.calibratedPValue),
      ("posterior", statistic.posterior),
    ] {
      need(value.map { (0...1).contains($0) } ?? true, "its \(name) is not from 0 to 1")
    }
    need(statistic.beta.map(\.isFinite) ?? true, "its beta is not finite")
    need(statistic.standardError.map { $0 > 0 && $0.isFinite } ?? true, "its se is not above 0")
    need(statistic.beta == nil || statistic.effectScale != nil, "its beta has no scale")
    for (name, value) in [
      ("n", statistic.count), ("cases", statistic.cases),
      ("carriers", statistic.carriers),
    ] {
      need(value.map { $0 >= 0 } ?? true, "its \(name) is below 0")
    }
    need(protection.isMinimumCellHeld, "it tells of fewer people than may be told")
    let isPersonal = [.nationalBio, .hospitals, .publicSample].contains(source.platform)
    need(
      !isPersonal || reality != .real || protection.consentSnapshot != nil,
      "it is about people and names no snapshot of consents")
    need(
      source.platform != .literature || !source.citations.isEmpty,
      "it is from the literature and cites nothing")
    return faults
  }

  /// The record's identity: the digest of its columns.
  public var id: String {
    guard let line = try? EvidenceFile.line(of: self) else { return "" }
    return Digest(of: line).hex
  }

  /// Symbols become names of folders and models, so none may lead out of one.
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100 && !text.hasPrefix(".")
      && !text.unicodeScalars.contains {
        $0.properties.isWhitespace || $0.value < 32 || ",/\\".unicodeScalars.contains($0)
      }
  }
}
