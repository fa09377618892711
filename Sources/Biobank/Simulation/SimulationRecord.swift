internal import Foundation
public import Provenance

/// What stands beside the genotypes of made-up people, as `PREFIX.simulated.json`: that they are made
/// up, and after whom.
///
/// No effect stands in it; the truth is a file that only the one who asked for it knows.
public struct SimulationRecord: Codable, Hashable, Sendable {
  /// The seed.
  public let seed: UInt64
  /// The publications whose numbers were followed.
  public let citations: [String]
  /// Whether all effects of genes are 0.
  public let isNull: Bool
  /// The digest of the table of genes.
  public let table: Digest
  /// The digest of `PREFIX.bed`, to which the record belongs.
  public let genotypes: Digest
  /// The digest of the genotypes that were copied from; nil for none.
  public let backbone: Digest?
  /// How many people.
  public let people: Int

  private enum CodingKeys: String, CodingKey {
    case seed, citations, table, genotypes, backbone, people
    case isNull = "null"
  }

  /// Where the record of genotypes stands.
  public static func path(besides prefix: String) -> String { prefix + ".simulated.json" }

  /// The record beside genotypes; nil where none stands there.
  ///
  /// - Parameter digest: of `PREFIX.bed`; a record of other genotypes is refused, since it would make
  ///   made-up people of real ones or the reverse.
  public static func read(
    besides prefix: String, of digest: Digest
  ) throws(BiobankError) -> SimulationRecord? {
    let path = path(besides: prefix)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let record: SimulationRecord
    do { record = try StableJSON.decode(SimulationRecord.self, at: URL(filePath: path)) } catch {
      throw .table(path, "is no record of a simulation")
    }
    guard record.genotypes == digest else {
      throw .table(path, "is the record of other genotypes than those it stands beside")
    }
    return record
  }
}
