/// Names of columns that are put beside others.
public enum FreeNames {
  /// The names, with a number where one is taken: an input that was predicted before keeps its
  /// columns.
  public static func of(_ names: [String], beside others: [String]) -> [String] {
    var taken = Set(others)
    return names.map { name in
      var free = name
      var number = 2
      while taken.contains(free) {
        free = "\(name)_\(number)"
        number += 1
      }
      taken.insert(free)
      return free
    }
  }
}
