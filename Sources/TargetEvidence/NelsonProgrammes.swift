internal import Records

/// Nelson's programmes of 2015 and the associations beside them, counted anew.
///
/// The unit is a pair of gene and indication by its exact MeSH term; supported is a pair that has an
/// association of its own, approved one that was approved in the United States or the European
/// Union (Nelson et al., The support of human genetic evidence for approved drug indications, Nat.
/// Genet. 2015, supplementary datasets 2 and 3).
public struct NelsonProgrammes: Sendable {
  private struct Pair: Hashable {
    let gene: String
    let indication: String
  }

  private var approved: [Pair: Bool] = [:]
  private var sources: [Pair: Set<String>] = [:]

  /// Reads the two tables.
  public init(associations: String, programmes: String) throws(EvidenceError) {
    for row in try Self.rows(of: programmes, ["Gene", "MSH", "lApprovedUS.EU"]) {
      let pair = Pair(gene: row[0], indication: row[1])
      approved[pair] = approved[pair] == true || row[2].uppercased() == "TRUE"
    }
    for row in try Self.rows(of: associations, ["Gene", "MSH", "Source"]) {
      sources[Pair(gene: row[0], indication: row[1]), default: []].insert(row[2])
    }
  }

  /// The names of the sources of associations.
  public var sourceNames: [String] { Set(sources.values.joined()).sorted() }

  /// How much more often supported pairs were approved.
  ///
  /// - Parameter source: only associations of this source; those of others are left out of both
  ///   sides. All by default.
  public func relativeSuccess(source: String? = nil) -> RelativeSuccess? {
    var counts = [[0, 0], [0, 0]]
    for (pair, isApproved) in approved {
      let found = sources[pair] ?? []
      if let source, !found.isEmpty, !found.contains(source) { continue }
      let group = found.isEmpty ? 1 : 0
      counts[group][1] += 1
      if isApproved { counts[group][0] += 1 }
    }
    return RelativeSuccess(
      supported: RelativeSuccess.Share(counts[0][0], of: counts[0][1]),
      unsupported: RelativeSuccess.Share(counts[1][0], of: counts[1][1]))
  }

  private static func rows(
    of path: String, _ names: [String]
  ) throws(EvidenceError) -> [[String]] {
    do {
      let table = try TableReader(.file(path), format: .tsv)
      let places = names.compactMap { table.header.firstIndex(of: $0) }
      guard places.count == names.count else {
        throw EvidenceError.table(path, "needs the columns \(names.joined(separator: ", "))")
      }
      var rows: [[String]] = []
      while let row = try table.next() {
        guard case .row(let row) = row else { continue }
        rows.append(places.map { row.fields[$0] })
      }
      return rows
    } catch let error as EvidenceError {
      throw error
    } catch { throw .table(path, "\(error)") }
  }
}
