internal import Foundation

/// Which variants are tested together: regenie's three files, unchanged.
///
/// `annotations` (variant, set, annotation), `sets` (set, chromosome, position, variants separated by
/// commas), `masks` (mask, annotations separated by commas).
public struct VariantSets: Sendable {
  /// A set under a mask.
  public struct Mask: Hashable, Sendable {
    /// The set's name: a gene.
    public let set: String
    /// The mask's name.
    public let mask: String
    /// Chromosome and position, as the set tells them.
    public let chromosome: String, position: Int
    /// The variants of the set whose annotation the mask has.
    public let variants: [String]
  }

  /// The sets under each mask, in the order of their files; those without a variant are left out.
  public let masks: [Mask]

  /// Reads the three files.
  public init(annotations: String, sets: String, masks: String) throws(BiobankError) {
    var kinds: [String: [String: String]] = [:]
    for row in try Self.rows(annotations, atLeast: 3) {
      kinds[row[1], default: [:]][row[0]] = row[2]
    }
    var wanted: [(String, Set<String>)] = []
    for row in try Self.rows(masks, atLeast: 2) {
      wanted.append((row[0], Set(row[1].split(separator: ",").map(String.init))))
    }
    var found: [Mask] = []
    for row in try Self.rows(sets, atLeast: 4) {
      guard let position = Int(row[2]) else {
        throw .table(sets, "\(row[0]): \(row[2]) is no position")
      }
      let members = row[3].split(separator: ",").map(String.init)
      for (mask, annotations) in wanted {
        let variants = members.filter { member in
          kinds[row[0]]?[member].map(annotations.contains) ?? false
        }
        if variants.isEmpty { continue }
        found.append(
          Mask(
            set: row[0], mask: mask, chromosome: row[1], position: position, variants: variants))
      }
    }
    self.masks = found
  }

  static func rows(_ path: String, atLeast count: Int) throws(BiobankError) -> [[String]] {
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw .table(path, "cannot be read")
    }
    var rows: [[String]] = []
    for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let fields = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard fields.count >= count else {
        throw .table(
          path, "line \(number + 1) has \(fields.count) fields, at least \(count) are needed")
      }
      rows.append(fields)
    }
    return rows
  }
}
