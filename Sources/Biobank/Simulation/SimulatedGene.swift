internal import Foundation
internal import Records

/// A gene whose rare loss of function changes the simulated trait.
public struct SimulatedGene: Hashable, Sendable {
  /// The gene's symbol.
  public let symbol: String
  /// Where it begins, GRCh38.
  public let chromosome: String, position: Int
  /// One person in so many carries a variant.
  public let carriersOneIn: Double
  /// What a carrier's trait changes by, in the trait's units.
  public let effect: Double
  /// The publications of share and effect.
  public let citations: [String]

  /// A gene that does nothing.
  static func null(_ number: Int, chromosome: Int, carriersOneIn: Double) -> SimulatedGene {
    let name = "0000\(number)".suffix(4)
    return SimulatedGene(
      symbol: "NULL\(name)", chromosome: "\(chromosome)", position: 1_000_000 + number * 10_000,
      carriersOneIn: carriersOneIn, effect: 0, citations: [])
  }

  /// Reads a table of genes: gene, chromosome, position, carriers_one_in, effect, citations (by `;`).
  public static func reading(_ path: String) throws(BiobankError) -> [SimulatedGene] {
    let names = ["gene", "chromosome", "position", "carriers_one_in", "effect", "citations"]
    var genes: [SimulatedGene] = []
    do {
      let table = try TableReader(.file(path))
      let places = names.compactMap { table.header.firstIndex(of: $0) }
      guard places.count == names.count else {
        let missing = names.filter { !table.header.contains($0) }
        throw BiobankError.table(path, "has no column \(missing.joined(separator: ", "))")
      }
      while let row = try table.next() {
        guard case .row(let row) = row else {
          throw BiobankError.table(path, "row \(genes.count + 1) cannot be read")
        }
        let fields = places.map { row.fields[$0] }
        guard !fields[0].isEmpty, let position = Int(fields[2]), let share = Double(fields[3]),
          share >= 2, share.isFinite, let effect = Double(fields[4]), effect.isFinite
        else {
          throw BiobankError.table(
            path, "\(fields[0]): needs a position, one carrier in at least 2, and an effect")
        }
        genes.append(
          SimulatedGene(
            symbol: fields[0], chromosome: fields[1], position: position, carriersOneIn: share,
            effect: effect, citations: fields[5].split(separator: ";").map(String.init)))
      }
    } catch let error as BiobankError {
      throw error
    } catch { throw .table(path, "\(error)") }
    guard !genes.isEmpty else { throw .table(path, "has no gene") }
    return genes
  }
}
