import Statistics

/// A split that keeps all molecules of one scaffold together, so that test molecules have ring
/// systems that the model never saw.
///
/// Molecules without rings share the empty scaffold and stay together as well.
public struct ScaffoldSplit: Codable, Hashable, Sendable {
  /// The published ways, which give very different test rows.
  public enum Variant: String, Codable, Hashable, Sendable, CaseIterable {
    /// DeepChem's `ScaffoldSplitter`: largest scaffolds first, so the test rows are the rarest. It
    /// has no seed.
    case deepChem
    /// Chemprop's `scaffold_balanced`: scaffolds larger than half a test part go first, the others
    /// follow by chance.
    case balanced
    /// The same in Therapeutics Data Commons, which cuts the sizes of the parts to whole numbers
    /// first and, without test rows, puts what is left into the validation rows.
    case balancedTDC
  }

  /// The way.
  public let variant: Variant
  /// How large the parts should be; whole scaffolds can miss it.
  public let fractions: SplitFractions
  /// The seed of the order; no matter for ``Variant/deepChem``.
  public let seed: UInt64

  /// Creates a way to split.
  public init(_ variant: Variant, fractions: SplitFractions = .usual, seed: UInt64 = 0) {
    self.variant = variant
    self.fractions = fractions
    self.seed = seed
  }

  /// Divides rows by their scaffolds; each part's rows ascend.
  /// - Parameter scaffolds: the scaffold of each row as canonical SMILES, empty without rings.
  public func split(scaffolds: [String]) -> Split {
    let groups = ScaffoldGroups.inOrderOfAppearance(scaffolds)
    let split =
      switch variant {
      case .deepChem: deepChem(groups, count: scaffolds.count)
      case .balanced: balanced(groups, sizes: exactSizes(scaffolds.count))
      case .balancedTDC: balanced(groups, sizes: wholeSizes(scaffolds.count))
      }
    return Split(
      train: split.train.sorted(), validation: split.validation.sorted(), test: split.test.sorted())
  }

  private func deepChem(_ groups: [[Int]], count: Int) -> Split {
    let trainEnd = fractions.train * Double(count)
    let validationEnd = (fractions.train + fractions.validation) * Double(count)
    var split = Split(train: [], test: [])
    // Descending by size, then by first row: a later row first, as Python's reversed sort has it.
    for group in groups.sorted(by: { ($0.count, $0[0]) > ($1.count, $1[0]) }) {
      if Double(split.train.count + group.count) <= trainEnd {
        split.train += group
      } else if Double(split.train.count + split.validation.count + group.count) <= validationEnd {
        split.validation += group
      } else {
        split.test += group
      }
    }
    return split
  }

  private struct Sizes { let train, validation, test: Double }

  private func exactSizes(_ count: Int) -> Sizes {
    let n = Double(count)
    return Sizes(
      train: fractions.train * n, validation: fractions.validation * n, test: fractions.test * n)
  }

  private func wholeSizes(_ count: Int) -> Sizes {
    let train = (fractions.train * Double(count)).rounded(.down)
    let validation = (fractions.validation * Double(count)).rounded(.down)
    return Sizes(train: train, validation: validation, test: Double(count) - train - validation)
  }

  private func balanced(_ groups: [[Int]], sizes: Sizes) -> Split {
    func isBig(_ group: [Int]) -> Bool {
      Double(group.count) > sizes.validation / 2 || Double(group.count) > sizes.test / 2
    }
    var big = groups.filter(isBig)
    var small = groups.filter { !isBig($0) }
    var random = PythonRandom(seed: seed)
    random.shuffle(&big)
    random.shuffle(&small)
    let restToValidation = variant == .balancedTDC && fractions.test == 0
    var split = Split(train: [], test: [])
    for group in big + small {
      if Double(split.train.count + group.count) <= sizes.train {
        split.train += group
      } else if restToValidation
        || Double(split.validation.count + group.count) <= sizes.validation
      {
        split.validation += group
      } else {
        split.test += group
      }
    }
    return split
  }
}

/// Rows with the same scaffold.
enum ScaffoldGroups {
  /// The groups in the order in which their scaffolds first appear; rows ascend.
  static func inOrderOfAppearance(_ scaffolds: [String]) -> [[Int]] {
    var places: [String: Int] = [:]
    var groups: [[Int]] = []
    for (row, scaffold) in scaffolds.enumerated() {
      if let place = places[scaffold] {
        groups[place].append(row)
      } else {
        places[scaffold] = groups.count
        groups.append([row])
      }
    }
    return groups
  }
}
