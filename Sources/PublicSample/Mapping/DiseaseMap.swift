import Entities
import Foundation
import Records

/// Codes of a classification and the diseases of an ontology that a table says they are.
///
/// SSSOM (Matentzoglu et al., Database 2022: `subject_id`, `predicate_id`, `object_id`, comment lines
/// above) or two columns. A code is mapped only where the table names it: no parent is asked, no name
/// compared.
public struct DiseaseMap: Sendable {
  /// Diseases by plain code, each list sorted.
  public let diseases: [String: [String]]
  /// Rows that were used.
  public let used: Int
  /// Rows that say another relation than sameness, or that two are not the same.
  public let otherRelations: Int
  /// Rows that could not be read or name no code and disease.
  public let refused: SampleTable.Refused

  /// The relation that counts as the same where nothing else is said.
  public static let same: Set<String> = ["skos:exactMatch", "owl:equivalentClass", "exactMatch"]

  /// Reads a table.
  ///
  /// - Parameter predicates: the relations to follow.
  public init(path: String, predicates: Set<String> = same) throws(SampleError) {
    let data: Data
    do { data = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) } catch {
      throw SampleError("\(path) cannot be read")
    }
    var body = data[...]
    // SSSOM's metadata stand above the header, each line with a mark.
    while body.first == UInt8(ascii: "#") {
      body = body.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
    }
    let table: TableReader
    do { table = try SampleTable.open(.bytes(Array(body))) } catch {
      throw SampleError("\(path): \(error)")
    }
    let header = table.header
    let isSSSOM = header.contains("subject_id") && header.contains("object_id")
    guard isSSSOM || header.count == 2 else {
      throw SampleError(
        "\(path) is no mapping: it has neither the columns subject_id and object_id nor two columns"
      )
    }
    let places =
      isSSSOM
      ? try SampleTable.places(of: ["subject_id", "object_id"], in: header, source: path) : [0, 1]
    let predicate = header.firstIndex(of: "predicate_id")
    let modifier = header.firstIndex(of: "predicate_modifier")
    var found: [String: Set<String>] = [:]
    var refused = SampleTable.Refused()
    var (used, other) = (0, 0)
    while let read = try SampleTable.next(table) {
      guard case .row(let row) = read else {
        if case .refused(let record, _) = read { refused.add(record) }
        continue
      }
      let isOther = isSSSOM && predicate.map { !predicates.contains(row.fields[$0]) } ?? false
      if isOther || modifier.map({ !row.fields[$0].isEmpty }) ?? false {
        other += 1
        continue
      }
      let ends = places.map { row.fields[$0] }
      guard let disease = ends.first(where: Self.isDisease),
        let code = ends.first(where: { !Self.isDisease($0) }), !Self.code(code).isEmpty
      else {
        refused.add(
          .init(line: row.line, reason: .unreadable("it pairs no code with a MONDO or EFO disease"))
        )
        continue
      }
      found[Self.code(code), default: []].insert(disease)
      used += 1
    }
    guard used > 0 else { throw SampleError("\(path) maps nothing: no row could be used") }
    diseases = found.mapValues { $0.sorted() }
    self.used = used
    otherRelations = other
    self.refused = refused
  }

  private static func isDisease(_ id: String) -> Bool {
    ["MONDO:", "EFO:", "DOID:", "Orphanet:", "OMIM:"].contains { id.hasPrefix($0) }
  }

  /// `ICD10:E11.9` as `E119`.
  private static func code(_ id: String) -> String {
    CodeSet.plain(String(id.split(separator: ":").last ?? ""))
  }

  /// How much of a column of codes a map covers.
  public struct Coverage: Sendable {
    /// One code of the column.
    public struct Code: Hashable, Sendable {
      /// The code without dots.
      public let code: String
      /// Records with it.
      public let records: Int
      /// People they stand for.
      public let weight: Double
      /// What it is mapped to: one disease, several, or none.
      public let diseases: [String]
    }

    /// Codes, those with the most people first.
    public let codes: [Code]

    /// Codes that are mapped to one disease.
    public var mapped: [Code] { codes.filter { $0.diseases.count == 1 } }
    /// Codes that are mapped to several; which is meant is not guessed.
    public var ambiguous: [Code] { codes.filter { $0.diseases.count > 1 } }
    /// Codes that are not.
    public var unmapped: [Code] { codes.filter(\.diseases.isEmpty) }
    /// The share of the people's records that have one disease.
    public var weightShare: Double {
      let whole = codes.reduce(0) { $0 + $1.weight }
      return whole > 0 ? mapped.reduce(0) { $0 + $1.weight } / whole : 0
    }
  }

  /// Looks a column up.
  public func coverage(of codes: [String], weights: [Double]) -> Coverage {
    precondition(codes.count == weights.count, "a weight for every code")
    var counts: [String: (records: Int, weight: Double)] = [:]
    for (code, weight) in zip(codes, weights) {
      let plain = CodeSet.plain(code)
      guard !plain.isEmpty else { continue }
      let old = counts[plain] ?? (0, 0)
      counts[plain] = (old.records + 1, old.weight + weight)
    }
    return Coverage(
      codes: counts.map { code, count in
        Coverage.Code(
          code: code, records: count.records, weight: count.weight,
          diseases: diseases[code] ?? [])
      }.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.code < $1.code })
  }
}
