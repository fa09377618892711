public import Molecules
public import Parallelism

extension CalibratedModel {
  /// What is said of each structure, or why nothing can be.
  ///
  /// One structure without a feature does not spoil the others: the rows are then asked one by one,
  /// which changes no answer.
  public func outcomes(
    for compounds: CompoundTable, using pool: WorkerPool = WorkerPool(threads: 1)
  ) throws -> [Result<CompoundPrediction, MoleculeError>] {
    try compounds.each(using: pool) { try predictions(for: $0, using: pool) }
  }

  /// The best estimate of one task for each structure, in its unit; nil where it has no features.
  ///
  /// The fast path of a screen: neighbours are not looked for. For a class it is the calibrated
  /// probability, as in a prediction.
  public func values(
    ofTask task: Int, for compounds: CompoundTable,
    using pool: WorkerPool = WorkerPool(threads: 1)
  ) throws -> [Double?] {
    try compounds.each(using: pool) { part in
      let output = try model.outputs(for: part, using: pool)[task]
      return output.values.enumerated().map { row, value in
        calibrations[task].prediction(
          value: value, deviation: output.deviations?[row], distance: 0,
          scaling: model.scalings[task]
        ).value
      }
    }.map { try? $0.get() }
  }

  /// What each atom adds to the estimate of a task, in its unit, in the order of the atoms.
  ///
  /// Each atom in turn becomes a dummy atom; its contribution is what the estimate loses
  /// (Sheridan 2019). Contributions do not sum to the estimate: they rank, they do not add up.
  /// - Complexity: one featurisation and prediction an atom
  public func atomContributions(
    of structure: borrowing Structure, task: Int = 0
  ) throws -> [Double] {
    var smiles = [try structure.canonicalSMILES]
    for atom in 0..<structure.atomCount {
      smiles.append(try structure.masking(atom: atom).canonicalSMILES)
    }
    let values = try values(ofTask: task, for: CompoundTable(smiles: smiles))
    guard let whole = values[0] else { return [] }
    return values.dropFirst().map { $0.map { whole - $0 } ?? 0 }
  }
}

extension CompoundTable {
  /// Asks for all rows at once, and one by one where a structure does not have a feature.
  func each<Answer>(
    using pool: WorkerPool, _ ask: (CompoundTable) throws -> [Answer]
  ) throws -> [Result<Answer, MoleculeError>] {
    do { return try ask(self).map { .success($0) } } catch FittingError.structure(_, let error) {
      if count == 1 { return [.failure(error)] }
    }
    return try (0..<count).flatMap { row in
      // Apart from the others, or the same feature would fail for the same reason.
      try CompoundTable(smiles: [smiles(row)]).each(using: pool, ask)
    }
  }
}
