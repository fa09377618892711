import Foundation
import TestSupport

/// The 36 fields of the National Science Foundation's table, and what others computed of them.
struct PatentFields {
  /// Yearly counts 1998 to 2020 by field.
  let series: [(name: String, values: [Double])]
  /// Forecasts 2016 to 2020 from 1998 to 2015, by field and method.
  let forecasts: [String: [Double]]
  /// Mean absolute percentage errors by field and column.
  let errors: [String: Double]

  init() throws {
    func rows(_ name: String) throws -> [[String]] {
      try SharedData.text("references/patent_forecast/\(name)").split(whereSeparator: \.isNewline)
        .map { line in
          // Names with a comma stand in quotation marks.
          var fields: [String] = [""]
          var isQuoted = false
          for character in line {
            if character == "\"" {
              isQuoted.toggle()
            } else if character == ",", !isQuoted {
              fields.append("")
            } else {
              fields[fields.count - 1].append(character)
            }
          }
          return fields
        }
    }
    series = try rows("input.csv").dropFirst().filter { $0[0] != "All technical fields" }
      .map { ($0[0], $0.dropFirst().compactMap(Double.init)) }
    forecasts = Dictionary(
      uniqueKeysWithValues: try rows("expected_forecasts.csv").dropFirst().map {
        ("\($0[0])/\($0[1])", $0.dropFirst(2).compactMap(Double.init))
      })
    let table = try rows("expected_mape.csv")
    var errors: [String: Double] = [:]
    for row in table.dropFirst() {
      for (column, text) in zip(table[0], row).dropFirst() {
        errors["\(row[0])/\(column)"] = Double(text)
      }
    }
    self.errors = errors
  }

  /// The mean absolute percentage error of a forecast for 2016 to 2020.
  static func error(_ forecast: [Double], of values: [Double]) -> Double {
    100 * zip(forecast, values[18...]).reduce(0) { $0 + abs($1.0 - $1.1) / $1.1 }
      / Double(forecast.count)
  }
}
