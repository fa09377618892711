internal import FoundationEssentials
public import Tensors

/// Why a checkpoint cannot be gone on with.
public enum CheckpointError: Error, Hashable, Sendable {
  /// Its tensors are not those of the network.
  case tensors(SafetensorsError)
  /// Its notes are missing or cannot be read.
  case unreadableNotes
  /// It was made with another plan.
  case otherPlan
}

/// The part of a state that is not tensors.
private struct Notes: Codable {
  let plan: TrainingPlan
  let steps: Int
  let history: [EpochReport]
}

extension TrainerState {
  /// The state as a file's content; the caller writes it, atomically.
  public func checkpoint(of plan: TrainingPlan) throws -> Safetensors {
    var tensors = parameters.named(prefix: "weights/")
    for (name, moments) in zip(parameters.names, optimizer.moments) {
      tensors["first/\(name)"] = moments.first
      tensors["second/\(name)"] = moments.second
    }
    if let best { tensors.merge(best.named(prefix: "best/")) { old, _ in old } }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let notes = try encoder.encode(
      Notes(plan: plan, steps: optimizer.steps, history: history))
    return Safetensors(
      tensors: tensors, metadata: ["training": String(decoding: notes, as: UTF8.self)])
  }

  /// Reads a state back for a network with the parameters given.
  public init(
    reading file: Safetensors, for parameters: Parameters, plan: TrainingPlan
  ) throws(CheckpointError) {
    guard let text = file.metadata["training"],
      let notes = try? JSONDecoder().decode(Notes.self, from: Data(text.utf8))
    else { throw .unreadableNotes }
    guard notes.plan == plan else { throw .otherPlan }
    do {
      self.init(try parameters.reading(from: file, prefix: "weights/"))
      let first = try parameters.reading(from: file, prefix: "first/")
      let second = try parameters.reading(from: file, prefix: "second/")
      optimizer = Optimizer(
        moments: zip(first.tensors, second.tensors).map { AdamMoments(first: $0, second: $1) },
        steps: notes.steps)
      if notes.history.contains(where: { $0.validationLoss != nil }) {
        best = try parameters.reading(from: file, prefix: "best/")
      }
    } catch { throw .tensors(error) }
    history = notes.history
  }
}
