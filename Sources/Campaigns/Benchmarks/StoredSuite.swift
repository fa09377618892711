import Evaluation
import PropertyModels

/// A suite as far as a comparison needs it.
///
/// Not the models' settings, nor what later versions add to a task: a baseline of an older version
/// can still be compared with.
struct StoredSuite: Decodable {
  struct Model: Decodable { let name: String }

  struct Task: Decodable {
    let name, unit: String
    let kind: LearningTask.Kind
    let scale: LearningTask.Scale
  }

  struct Dataset: Decodable {
    let name, value: String
    let file: BenchmarkDataset.File
    let testFile: BenchmarkDataset.File?
    let smiles, id: String?
    let task: Task
    let metric: ComparisonMetric
    let hit: HitRule?
    let margin: Double?
    let split: BenchmarkSplit
    let shares: [Double]

    var dataset: BenchmarkDataset {
      BenchmarkDataset(
        name: name, file: file, testFile: testFile, smiles: smiles, value: value, id: id,
        task: LearningTask(name: task.name, unit: task.unit, kind: task.kind, scale: task.scale),
        metric: metric, hit: hit, margin: margin, split: split, shares: shares)
    }
  }

  let name, about: String
  let models: [Model]
  let datasets: [Dataset]
}
