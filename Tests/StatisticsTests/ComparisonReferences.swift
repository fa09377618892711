import Foundation

/// The values of other programs: see `Tests/References/comparison.py`.
struct ComparisonReferences: Decodable {
  struct Table: Decodable {
    var kind: String
    var scores: [[Double]]
    var f, p, epsilon: Double
    var corrected: Double?
    var tukey: [Pair]
    var friedman: Ranked?
    var w, wp, cohen, paired: Double
  }
  struct Pair: Decodable { var difference, reach, p: Double }
  struct Ranked: Decodable {
    var chi, p: Double
    var nemenyi: [Double]
  }
  struct Sample: Decodable {
    var sample: [Double]
    var w, p: Double
  }
  struct Range: Decodable {
    var q: Double
    var k: Int
    var v: Double?
    var cdf: Double?
    var share: Double?
  }
  struct F: Decodable { var x, a, b, sf: Double }
  struct T: Decodable { var x, v, p: Double }
  struct Chi: Decodable { var x, v, sf: Double }
  struct Beta: Decodable { var share, a, b, x: Double }
  struct Hits: Decodable {
    var hits, tried, count: Int
    var lower, upper: Double
  }
  var tables: [Table]
  var shapiro: [Sample]
  var range, unbounded, point: [Range]
  var f: [F]
  var t: [T]
  var chi: [Chi]
  var beta: [Beta]
  var hits: [Hits]

  static func read() throws -> ComparisonReferences {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "References/comparison.json")
    return try JSONDecoder().decode(ComparisonReferences.self, from: Data(contentsOf: file))
  }
}
