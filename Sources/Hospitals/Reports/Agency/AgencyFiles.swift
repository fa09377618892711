import Foundation

/// The tables of FDA's quarterly files of adverse event reports, by the beginning of their names.
enum AgencyTable: String, CaseIterable {
  case cases = "DEMO"
  case drugs = "DRUG"
  case reactions = "REAC"
  case outcomes = "OUTC"
  case sources = "RPSR"
  case therapies = "THER"
  case indications = "INDI"

  /// Without these nothing can be counted.
  var isNeeded: Bool { self == .cases || self == .drugs || self == .reactions }
}

/// One quarter's files: AERS to 2012Q3, FAERS since.
struct AgencyQuarter {
  /// The end of the files' names, such as `17Q2`.
  let name: String
  let files: [AgencyTable: String]
  /// Lists of cases that the agency withdrew.
  let withdrawn: [String]

  /// The quarters below some folders, oldest first.
  static func all(in folders: [String]) throws -> [AgencyQuarter] {
    var found: [String: [AgencyTable: String]] = [:]
    var withdrawn: [String: [String]] = [:]
    for folder in folders {
      for path in try texts(below: folder) {
        let name = path.split(separator: "/").last.map { $0.uppercased() } ?? ""
        let quarter = Self.quarter(name)
        if name.contains("DELETE") {
          withdrawn[quarter, default: []].append(path)
        } else if let table = AgencyTable.allCases.first(where: { name.hasPrefix($0.rawValue) }) {
          if let other = found[quarter, default: [:]].updateValue(path, forKey: table) {
            throw HospitalError("\(other) and \(path) are the same table of one quarter")
          }
        }
      }
    }
    guard !found.isEmpty else {
      throw HospitalError(
        "\(folders.joined(separator: ", ")): no DEMO….txt, DRUG….txt and REAC….txt of FDA's "
          + "quarterly files; unpack the archive and name its folder")
    }
    return try found.sorted { order($0.key) < order($1.key) }.map { quarter, files in
      for table in AgencyTable.allCases where table.isNeeded && files[table] == nil {
        throw HospitalError("quarter \(quarter): there is no \(table.rawValue) file")
      }
      return AgencyQuarter(
        name: quarter, files: files, withdrawn: (withdrawn[quarter] ?? []).sorted())
    }
  }

  private static func texts(below folder: String) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else {
      throw HospitalError("\(folder): there is no such folder")
    }
    guard (try? FileManager.default.contentsOfDirectory(atPath: folder)) != nil else {
      throw HospitalError("\(folder): the agency's files are named by their folder, not one by one")
    }
    let names = FileManager.default.subpaths(atPath: folder) ?? []
    return names.sorted().map { "\(folder)/\($0)" }.filter {
      $0.lowercased().hasSuffix(".txt") || $0.lowercased().hasSuffix(".txt.gz")
    }
  }

  /// `17Q2` of `DEMO17Q2.TXT` and of `ADR17Q2DELETEDCASES.TXT`; what follows the first four letters
  /// where there is no such mark.
  private static func quarter(_ name: String) -> String {
    let text = Array(name)
    for place in text.indices.dropLast(3)
    where text[place].isNumber && text[place + 1].isNumber && text[place + 2] == "Q"
      && text[place + 3].isNumber
    {
      return String(text[place...place + 3])
    }
    return String(name.dropFirst(4).prefix { $0 != "." })
  }

  /// Years of two digits: AERS begins in 1997.
  private static func order(_ quarter: String) -> String {
    guard let year = Int(quarter.prefix(2)) else { return "3" + quarter }
    return (year >= 90 ? "1" : "2") + quarter
  }
}
