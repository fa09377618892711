import Entities
import Featurization
import Molecules
import Records

/// Measured compounds of one assay, standardised; rows whose structure is refused are counted.
struct AssayTable {
  private(set) var smiles: [String] = []
  private(set) var values: [Double] = []
  private(set) var isTest: [Bool] = []
  /// The place of each row in the file, from 0.
  private(set) var places: [Int] = []
  private(set) var refused = 0

  init(reading path: String) throws {
    let table = try TableReader(.file(path))
    guard table.header == ["smiles", "value", "split"] else {
      throw Fault("\(path) has the columns \(table.header)")
    }
    let preparation = CompoundPreparation()
    var place = -1
    while let row = try table.next() {
      place += 1
      guard case .row(let row) = row, let value = Double(row.fields[1]),
        let standard = try? preparation.compound(from: .smiles(row.fields[0])).smiles
      else {
        refused += 1
        continue
      }
      smiles.append(standard)
      values.append(value)
      isTest.append(row.fields[2] == "test")
      places.append(place)
    }
  }
}
