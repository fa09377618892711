import Entities
import Hospitals
import TestSupport

/// Refused rows, kept for a look.
final class RefusalList {
  private(set) var rows: [(file: String, record: RefusedRecord)] = []
  func add(_ file: String, _ record: RefusedRecord) { rows.append((file, record)) }
  var codes: [String] { rows.map(\.record.reason.code) }
}

/// A quarter of FDA's files, made up.
struct MadeUpQuarter {
  var name = "22Q3"
  var isOld = false
  /// Report, case, day, sex.
  var cases: [[String]]
  /// Report, role, product, ingredient.
  var drugs: [[String]]
  /// Report, term.
  var reactions: [[String]]

  func write(to scratch: ScratchFolder) throws {
    let id = isOld ? "ISR" : "primaryid"
    let end = isOld ? "$" : ""
    func lines(_ header: [String], _ rows: [[String]]) -> String {
      header.joined(separator: "$") + "\n"
        + rows.map { $0.joined(separator: "$") + end + "\n" }.joined()
    }
    try scratch.write(
      lines([id, isOld ? "CASE" : "caseid", "FDA_DT", isOld ? "GNDR_COD" : "sex"], cases),
      to: "DEMO\(name).txt")
    let drugHeader = [id, "role_cod", "drugname"] + (isOld ? [] : ["prod_ai"])
    try scratch.write(
      lines(drugHeader, drugs.map { Array($0.prefix(drugHeader.count)) }), to: "DRUG\(name).txt")
    try scratch.write(lines([id, "pt"], reactions), to: "REAC\(name).txt")
  }
}
