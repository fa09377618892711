import Featurization
public import Molecules
import Parallelism

extension PropertyModel {
  /// What each atom adds to the prediction, in the endpoint's unit, in the order of the atoms.
  ///
  /// Each atom in turn becomes a dummy atom; its contribution is what the prediction loses
  /// (Sheridan 2019). Contributions do not sum to the prediction: they rank, they do not add up.
  /// - Complexity: one featurisation and prediction an atom
  public func atomContributions(
    of structure: borrowing Structure
  ) throws(MoleculeError) -> [Double] {
    let recipe = description.settings.features
    var rows = [try recipe.row(of: structure)]
    for atom in 0..<structure.atomCount {
      rows.append(try recipe.row(of: structure.masking(atom: atom)))
    }
    let values = self.values(of: recipe.matrix(rows), using: WorkerPool(threads: 1))
    return values.dropFirst().map { Double(values[0] - $0) }
  }
}
