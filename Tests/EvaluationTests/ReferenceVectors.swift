import Foundation

/// The twenty vectors of `references/screening_metrics` with the values that scikit-learn, RDKit
/// and SciPy give them.
struct ReferenceVector: Decodable, Sendable {
  var name: String
  var scores: [Double] = []
  var labels: [Bool] = []
  var measured: [Double] = []
  var predicted: [Double] = []
  var expected: [String: Double] = [:]

  static let folder = "references/screening_metrics"
  static let isThere = SharedData.exists(folder)

  private static let script = """
    import csv, gzip, json, sys
    folder = json.load(open(sys.argv[1]))
    vectors = {}
    for row in csv.DictReader(gzip.open(folder + "/input.csv.gz", "rt")):
        v = vectors.setdefault(row["vector"], dict(
            name=row["vector"], scores=[], labels=[], measured=[], predicted=[]))
        v["scores"].append(float(row["score"]))
        v["labels"].append(row["label"] == "1")
        v["measured"].append(float(row["y_true"]))
        v["predicted"].append(float(row["y_pred"]))
    for entry in json.load(open(folder + "/expected.json"))["vectors"]:
        vectors[entry["vector"]]["expected"] = {
            k: v for k, v in entry.items() if isinstance(v, (int, float))}
    print(json.dumps(list(vectors.values())))
    """

  static func all() throws -> [ReferenceVector] {
    let data = try Python.run(script, SharedData.url(folder).path)
    return try JSONDecoder().decode([ReferenceVector].self, from: data)
  }
}
