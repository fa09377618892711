internal import Foundation
public import Provenance
internal import Records

/// A gene whose rare variants change the trait of made-up people, or do nothing.
public struct SimulatedGene: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Where it begins; the chromosome is an autosome's number.
  public let chromosome: Int, position: Int
  /// One person in so many carries a variant of it; at least 2.
  public let carriersOneIn: Double
  /// What each copy adds to the trait, in the trait's unit.
  public let effect: Double
  /// Who published the two numbers.
  public let citations: [String]

  /// Describes a gene.
  public init(
    name: String, chromosome: Int, position: Int, carriersOneIn: Double, effect: Double,
    citations: [String] = []
  ) {
    precondition(carriersOneIn >= 2, "at most one in two people is a carrier")
    self.name = name
    self.chromosome = chromosome
    self.position = position
    self.carriersOneIn = carriersOneIn
    self.effect = effect
    self.citations = citations
  }
}

/// The published numbers that a simulation follows.
public struct SimulationTable: Hashable, Sendable {
  /// The genes, in the order of the file.
  public let genes: [SimulatedGene]
  /// The digest of the file.
  public let digest: Digest

  /// The columns, all needed and no others known.
  public static let columns = [
    "gene", "chromosome", "position", "carriers_one_in", "effect", "citation",
  ]

  /// Publications, each once, in the order of the genes.
  public var citations: [String] {
    var seen = Set<String>()
    return genes.flatMap(\.citations).filter { seen.insert($0).inserted }
  }

  /// Reads a table of ``columns``; citations are separated by semicolons.
  public init(path: String) throws(BiobankError) {
    do {
      digest = try Digest(ofFileAt: URL(filePath: path))
      let table = try TableReader(.file(path))
      guard Set(table.header) == Set(Self.columns), table.header.count == Self.columns.count else {
        throw BiobankError.table(
          path,
          "has the columns \(table.header.joined(separator: ", ")); needed are "
            + Self.columns.joined(separator: ", "))
      }
      var found: [SimulatedGene] = []
      while let row = try table.next() {
        guard case .row(let row) = row else {
          throw BiobankError.table(path, "a row is not \(Self.columns.count) fields")
        }
        let fields = Dictionary(uniqueKeysWithValues: zip(table.header, row.fields))
        found.append(try Self.gene(fields, "\(path): line \(row.line)"))
      }
      guard Set(found.map(\.name)).count == found.count else {
        throw BiobankError.table(path, "a gene stands twice")
      }
      genes = found
    } catch let error as BiobankError {
      throw error
    } catch { throw .table(path, "\(error)") }
  }

  private static func gene(
    _ fields: [String: String], _ place: String
  ) throws(BiobankError) -> SimulatedGene {
    func text(_ name: String) -> String { fields[name] ?? "" }
    let name = text("gene")
    guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "," }) else {
      throw .table(place, "\(name) is no name of a gene")
    }
    guard let chromosome = Int(text("chromosome")), (1...22).contains(chromosome) else {
      throw .table(place, "\(text("chromosome")) is no autosome")
    }
    guard let position = Int(text("position")), (1...1_000_000_000).contains(position) else {
      throw .table(place, "\(text("position")) is no position")
    }
    guard let oneIn = Double(text("carriers_one_in")), oneIn >= 2, oneIn.isFinite else {
      throw .table(place, "carriers_one_in is at least 2, not \(text("carriers_one_in"))")
    }
    guard let effect = Double(text("effect")), effect.isFinite else {
      throw .table(place, "\(text("effect")) is no effect")
    }
    let citations = text("citation").split(separator: ";").map(String.init)
    guard !citations.isEmpty else { throw .table(place, "\(name) has no citation") }
    return SimulatedGene(
      name: name, chromosome: chromosome, position: position, carriersOneIn: oneIn,
      effect: effect, citations: citations)
  }
}
