import Entities
import Molecules
public import Records
public import Screening

/// The hits as a table: `hits.csv`.
///
/// Numbers are written with a point and a fixed count of decimals, finer than any of them is sure;
/// a number that does not exist is an empty field.
public enum HitTable {
  /// The column names.
  ///
  /// The endpoint's name, such as `pKi`, says the unit of its four columns and of
  /// `nn_value`; MW is in g/mol, TPSA in Å², all others have none.
  public static func header(endpoint: String) -> [String] {
    ["rank", "id", "smiles"] + predictionColumns(endpoint: endpoint)
      + CompoundProperty.allCases.map(\.name) + ["alerts", "scaffold", "reason"]
  }

  /// The fields of one hit, in the order of the header.
  ///
  /// Alerts are separated by `|`; a `|` inside an alert's name becomes `/`.
  public static func row(_ hit: Hit) -> [String] {
    [String(hit.rank), hit.id, hit.smiles] + predictionFields(hit)
      + propertyFields(hit) + [alerts(hit), hit.scaffold, hit.reason]
  }

  /// Writes all hits, in their order; the table appears only when it is whole.
  public static func write(
    _ hits: [Hit], endpoint: String, to destination: OutputDestination
  ) throws(WriteError) {
    let writer = try DelimitedWriter(to: destination, header: header(endpoint: endpoint))
    for hit in hits { try writer.write(row(hit)) }
    try writer.finish()
  }

  static func predictionColumns(endpoint: String) -> [String] {
    ["", "_unc", "_lo", "_hi"].map { endpoint + $0 }
      + ["nn_id", "nn_smiles", "nn_sim", "nn_value", "in_domain"]
  }

  static func predictionFields(_ hit: Hit) -> [String] {
    let prediction = hit.prediction
    return [prediction.value, prediction.uncertainty, prediction.lower, prediction.upper].map(fine)
      + [hit.nearest.id, hit.nearest.smiles, fine(hit.nearest.similarity), fine(hit.nearest.value)]
      + [hit.inDomain ? "true" : "false"]
  }

  static func propertyFields(_ hit: Hit) -> [String] {
    CompoundProperty.allCases.map { property in
      let value = property.value(of: hit.properties)
      return NumberText.plain(value, decimals: property.isCount ? 0 : 3)
    }
  }

  static func alerts(_ hit: Hit) -> String {
    hit.alerts.map { String($0.map { $0 == "|" ? "/" : $0 }) }.joined(separator: "|")
  }

  private static func fine(_ value: Double) -> String { NumberText.plain(value, decimals: 4) }
}
