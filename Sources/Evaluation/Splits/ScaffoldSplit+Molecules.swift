public import Molecules
public import Parallelism

extension ScaffoldSplit {
  /// The scaffold of each molecule, Murcko's without chirality, in order.
  ///
  /// Throws the error of the first row that cannot be read: refused rows are taken out before a
  /// split, for a row left out in silence would move the others.
  public static func scaffolds(
    of smiles: [String], pool: WorkerPool = WorkerPool(threads: 1)
  ) throws(MoleculeError) -> [String] {
    try pool.map(throwing: smiles.count) { (row) throws(MoleculeError) in
      try Structure(parsing: smiles[row]).scaffoldSMILES()
    }
  }

  /// Divides molecules by their scaffolds.
  public func split(
    smiles: [String], pool: WorkerPool = WorkerPool(threads: 1)
  ) throws(MoleculeError) -> Split {
    split(scaffolds: try ScaffoldSplit.scaffolds(of: smiles, pool: pool))
  }
}
