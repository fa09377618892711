public import Parallelism

/// A family that learns one task at a time, from the compounds that have a label for it.
public protocol SingleTaskFamily: ModelFamily where Fitted == TaskByTask<Single> {
  /// A trained model of one task.
  associatedtype Single: FittedTask

  /// Trains on one task.
  func fit(task examples: TaskExamples, in context: TrainingContext) throws -> Single

  /// Reads a model of one task; nothing in the files is trusted.
  func read(task: LearningTask, _ files: ModelFiles) throws -> Single
}

/// A trained model of one task.
public protocol FittedTask: Sendable {
  /// What it says of compounds.
  func output(for compounds: CompoundTable, using pool: WorkerPool) throws -> TaskOutput

  /// Everything needed to read it again, besides its family's settings.
  func files() throws -> ModelFiles
}

/// Models of several tasks, each trained apart.
public struct TaskByTask<Single: FittedTask>: FittedModel {
  /// The models, in the order of the tasks.
  public let tasks: [Single]

  /// What each says of compounds.
  public func outputs(
    for compounds: CompoundTable, using pool: WorkerPool
  ) throws -> [TaskOutput] {
    try tasks.map { try $0.output(for: compounds, using: pool) }
  }

  /// The files of each, under the task's number.
  public func files() throws -> ModelFiles {
    var files = ModelFiles()
    for (number, task) in tasks.enumerated() {
      files.add(try task.files(), under: "task-\(number)")
    }
    return files
  }
}

extension SingleTaskFamily {
  /// Trains one model for each task.
  public func fit(_ set: TrainingSet, in context: TrainingContext) throws -> TaskByTask<Single> {
    let count = Double(set.tasks.count)
    return TaskByTask(
      tasks: try set.tasks.indices.map { number in
        try context.check()
        let share = Double(number) / count...Double(number + 1) / count
        return try fit(
          task: try set.task(number), in: context.piece(number, share: share))
      })
  }

  /// Reads the model of each task.
  public func read(_ files: ModelFiles, tasks: [LearningTask]) throws -> TaskByTask<Single> {
    TaskByTask(
      tasks: try tasks.enumerated().map { number, task in
        try read(task: task, files.part("task-\(number)"))
      })
  }
}
