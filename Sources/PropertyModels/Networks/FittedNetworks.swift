import Foundation
import NeuralNetworks
public import Parallelism
import Tensors

/// The networks that learnt the tasks of one kind.
struct NetworkGroup<Network: Sendable>: Sendable {
  let kind: LearningTask.Kind
  /// The numbers of the tasks, in the order of the networks' outputs.
  let tasks: [Int]
  let networks: [Network]

  /// The kinds among tasks, in a fixed order.
  static func kinds(of tasks: [LearningTask]) -> [LearningTask.Kind] {
    [.regression, .classification].filter { kind in tasks.contains { $0.kind == kind } }
  }

  static func prefix(_ kind: LearningTask.Kind, _ member: Int) -> String {
    "\(kind.rawValue).\(member)."
  }
}

/// Trained networks whose mean answers.
public struct FittedNetworks<Family: NetworkFamily>: FittedModel {
  static var file: String { "networks.safetensors" }
  let family: Family
  let scaling: DenseScaling
  let groups: [NetworkGroup<Family.Network>]
  let taskCount: Int
  /// The networks of each group, ready to be asked.
  private let ready: [[Family.Ready]]

  init(
    family: Family, scaling: DenseScaling, groups: [NetworkGroup<Family.Network>], taskCount: Int
  ) {
    self.family = family
    self.scaling = scaling
    self.groups = groups
    self.taskCount = taskCount
    ready = groups.map { $0.networks.map { family.ready($0) } }
  }

  /// The mean over the members, and with several of them how far they are apart.
  public func outputs(
    for compounds: CompoundTable, using pool: WorkerPool
  ) throws -> [TaskOutput] {
    let inputs = try family.inputs(
      of: compounds, dense: try scaling.tensor(of: compounds, using: pool), using: pool)
    var outputs = [TaskOutput](repeating: TaskOutput(values: []), count: taskCount)
    for (group, ready) in zip(groups, ready) {
      let tensors = ready.map { family.outputs(of: $0, for: inputs, using: pool) }
      for (column, task) in group.tasks.enumerated() {
        let members = (0..<compounds.count).map { row in
          EnsembleOutput(
            tensors.map { tensor in
              let x = Double(tensor[row, column])
              return group.kind == .classification ? 1 / (1 + exp(-x)) : x
            })
        }
        outputs[task] = TaskOutput(
          values: members.map(\.mean),
          deviations: group.networks.count > 1 ? members.map(\.spread) : nil)
      }
    }
    return outputs
  }

  /// All weights in one file.
  public func files() throws -> ModelFiles {
    var tensors = scaling.tensors
    for group in groups {
      for (member, network) in group.networks.enumerated() {
        let prefix = NetworkGroup<Family.Network>.prefix(group.kind, member)
        tensors.merge(network.parameters.named(prefix: prefix)) { $1 }
      }
    }
    var files = ModelFiles()
    files.add(tensors, as: Self.file)
    return files
  }
}
