public import Governance

extension DiseaseMap.Coverage {
  /// The header of the table of codes.
  public static let header = ["code", "records", "people", "diseases", "state"]

  /// The table of codes; codes of few records stand together in the last row.
  ///
  /// Their sum is told with the others', so it holds at least the minimum too: the rarest of the
  /// frequent codes join them where it takes that.
  public func table(rule: MinimumCell = MinimumCell()) -> [[String]] {
    var shown = codes.filter { $0.records >= rule.minimum }
    var rare = codes.filter { $0.records < rule.minimum }
    shown.sort { $0.records != $1.records ? $0.records > $1.records : $0.code < $1.code }
    func records(_ codes: [Code]) -> Int { codes.reduce(0) { $0 + $1.records } }
    while !rare.isEmpty, records(rare) < rule.minimum || rare.count < 2, let last = shown.popLast()
    {
      rare.append(last)
    }
    let kept = Set(shown)
    var rows = codes.filter(kept.contains).map { code in
      [
        code.code, "\(code.records)", "\(code.weight)", code.diseases.joined(separator: "|"),
        code.diseases.isEmpty ? "unmapped" : code.diseases.count > 1 ? "ambiguous" : "mapped",
      ]
    }
    if !rare.isEmpty, records(rare) >= rule.minimum {
      let people = rare.reduce(0) { $0 + $1.weight }
      rows.append(
        ["(\(rare.count) rare codes)", "\(records(rare))", "\(people)", "", "kept back"])
    }
    return rows
  }
}
