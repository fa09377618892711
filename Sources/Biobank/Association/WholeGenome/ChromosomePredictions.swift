internal import Foundation
public import Provenance

/// Each person's trait as predicted without a chromosome, for every chromosome: regenie's `.loco` file.
///
/// A heading `FID_IID` with the people, then a line a chromosome. Log odds for cases and controls.
public struct ChromosomePredictions: Sendable {
  /// The chromosomes, in their order.
  public let chromosomes: [String]
  private let places: [String: Int]
  private let people: [String]
  private let values: [String: [Double]]

  init(people: [PlinkFiles.Person], chromosomes: [String], values: [String: [Double]]) {
    self.people = people.map(Self.name)
    self.chromosomes = chromosomes
    self.values = values
    places = Dictionary(self.people.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
  }

  /// Reads a file.
  public init(path: String) throws(BiobankError) {
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw .table(path, "cannot be read")
    }
    let lines = text.split(whereSeparator: \.isNewline)
    let rows = lines.map { line in line.split { $0 == " " || $0 == "\t" }.map(String.init) }
    guard let header = rows.first, header.first == "FID_IID", header.count > 1 else {
      throw .table(path, "begins with FID_IID and the people, and has something else")
    }
    var (names, found): ([String], [String: [Double]]) = ([], [:])
    for (number, row) in rows.enumerated().dropFirst() {
      guard row.count == header.count else {
        throw .table(path, "line \(number + 1) has \(row.count) fields, not \(header.count)")
      }
      // A person without the trait has NA; the scan leaves the person out.
      let values = row.dropFirst().map { $0 == "NA" ? .nan : Double($0) }
      guard values.allSatisfy({ $0 != nil }) else {
        throw .table(path, "line \(number + 1) has a value that is no number")
      }
      guard found.updateValue(values.compactMap { $0 }, forKey: row[0]) == nil else {
        throw .table(path, "line \(number + 1): chromosome \(row[0]) stands twice")
      }
      names.append(row[0])
    }
    people = Array(header.dropFirst())
    places = Dictionary(people.enumerated().map { ($1, $0) }, uniquingKeysWith: { one, _ in one })
    (chromosomes, values) = (names, found)
  }

  /// The values of these people without a chromosome.
  func offset(without chromosome: String, _ wanted: [PlinkFiles.Person]) throws(BiobankError)
    -> [Double]
  {
    guard let row = values[chromosome] else {
      throw .noEstimate("the predictions have no chromosome \(chromosome)")
    }
    var found: [Double] = []
    for person in wanted {
      guard let place = places[Self.name(person)], !row[place].isNaN else {
        throw .noEstimate(
          "the predictions lack people of the scan; predict with the same traits, covariates and "
            + "consents")
      }
      found.append(row[place])
    }
    return found
  }

  /// How many people have predictions and are not among these.
  ///
  /// What a prediction says of one person was learned from all of them.
  public func people(beside wanted: [PlinkFiles.Person]) -> Int {
    let names = Set(wanted.map(Self.name))
    return people.indices.count { place in
      !names.contains(people[place]) && values.values.contains { !$0[place].isNaN }
    }
  }

  /// Writes the file.
  public func write(to path: String) throws(FileError) {
    var file = try AtomicFile(at: URL(filePath: path))
    try file.write("FID_IID " + people.joined(separator: " ") + "\n")
    for chromosome in chromosomes {
      let row = (values[chromosome] ?? []).map { "\($0)" }.joined(separator: " ")
      try file.write("\(chromosome) \(row)\n")
    }
    try file.commit()
  }

  private static func name(_ person: PlinkFiles.Person) -> String {
    "\(person.family)_\(person.id)"
  }
}
