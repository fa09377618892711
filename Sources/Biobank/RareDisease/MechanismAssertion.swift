public import Entities
internal import Records

/// What a publication showed of the way a gene's changes bring a disease.
public struct MechanismAssertion: Hashable, Sendable {
  /// The gene by HGNC.
  public let gene: String
  /// The disease's identifier.
  public let disease: String
  /// What the changes do to the product.
  public let direction: DirectionOnTarget
  /// The publication.
  public let citation: String
  /// What was done to see it.
  public let experiment: String

  /// Reads a table with the columns gene, disease_id, direction, citation, experiment.
  public static func read(_ path: String) throws(BiobankError) -> [MechanismAssertion] {
    do {
      let table = try TableReader(.file(path))
      let names = ["gene", "disease_id", "direction", "citation", "experiment"]
      let places = names.compactMap { table.header.firstIndex(of: $0) }
      guard places.count == names.count else {
        throw BiobankError.table(path, "needs the columns \(names.joined(separator: ", "))")
      }
      var found: [MechanismAssertion] = []
      while let row = try table.next() {
        guard case .row(let row) = row else {
          throw BiobankError.table(path, "has a row that cannot be read")
        }
        let fields = places.map { row.fields[$0] }
        guard let direction = DirectionOnTarget(rawValue: fields[2]), direction != .unknown else {
          throw BiobankError.table(path, "line \(row.line): \(fields[2]) is neither LoF nor GoF")
        }
        guard !fields[3].isEmpty else {
          throw BiobankError.table(path, "line \(row.line): an assertion without a citation")
        }
        found.append(
          MechanismAssertion(
            gene: fields[0], disease: fields[1], direction: direction, citation: fields[3],
            experiment: fields[4]))
      }
      return found
    } catch let error as BiobankError {
      throw error
    } catch { throw .table(path, "\(error)") }
  }
}
