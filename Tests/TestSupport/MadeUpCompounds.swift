/// Small molecules put together from parts: as many as a test needs, without a data set.
public enum MadeUpCompounds {
  // No head is a tail read backwards, or symmetric middles would give one molecule twice.
  private static let heads = [
    "F", "Cl", "Br", "N#C", "CS", "CC(C)", "COC(=O)", "CCOC(=O)", "CC(C)S", "FC(F)(F)O", "CC#C",
    "O=[N+]([O-])",
  ]
  private static let middles = [
    "c1ccc(cc1)", "c1cccc(c1)", "C1CCN(CC1)", "c1ncc(cn1)", "c1cc(on1)", "C1CCC(CC1)",
    "c1csc(n1)", "c1ccc2[nH]cc(c2c1)",
  ]
  private static let tails = [
    "C", "CC", "OC", "CO", "C(=O)N", "C(=O)NC", "CN", "CCN", "S(=O)(=O)N", "C(=O)c1ccccc1",
    "CC(=O)O", "C(F)(F)F", "CN1CCOCC1", "C(=O)NCc1ccccc1", "CCC#N", "C(C)(C)O",
  ]

  /// How many there are, all different.
  public static let count = heads.count * middles.count * tails.count

  /// The molecule with this number, as SMILES.
  public static func smiles(_ number: Int) -> String {
    let head = heads[number % heads.count]
    let middle = middles[number / heads.count % middles.count]
    let tail = tails[number / heads.count / middles.count % tails.count]
    return head + middle + tail
  }

  /// Lines `SMILES name`, with numbers spread so that neighbours differ.
  public static func lines(_ count: Int, from first: Int = 0) -> String {
    (first..<first + count).map { "\(smiles($0 * 7 % Self.count)) M\($0)\n" }.joined()
  }
}
