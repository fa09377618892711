/// A symbol of the International or the Cooperative Patent Classification, such as `A61K31/4375`.
///
/// Section, class and subclass (`A61K`), then main group and subgroup. WIPO's Guide to the IPC
/// (2024), paragraph 37.
public struct ClassificationSymbol: Hashable, Sendable, Comparable {
  /// Section, class and subclass: `A61K`.
  public let subclass: String
  /// The main group; nil where the symbol ends with the subclass.
  public let mainGroup: Int?
  /// The digits of the subgroup; `00` for the main group itself.
  public let subgroup: String

  /// Reads `A61K31/4375`, `A61K 31/4375`, `A61K  31/4375` and a bare `A61K`; nil for no symbol.
  public init?(_ text: String) {
    let plain = Array(text.uppercased().utf8.prefix(33)).filter { $0 != 0x20 }
    guard text.utf8.count <= 32, plain.count >= 4, (0x41...0x5A).contains(plain[3]),
      (0x41...0x48).contains(plain[0]) || plain[0] == 0x59,
      plain[1...2].allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    subclass = String(decoding: plain[..<4], as: UTF8.self)
    let rest = String(decoding: plain[4...], as: UTF8.self)
    // Some tables leave a slash behind the subclass where they know no more.
    if rest.isEmpty || rest == "/" {
      mainGroup = nil
      subgroup = "00"
      return
    }
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    let areDigits = parts.allSatisfy { part in
      (1...6).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard parts.count == 2, areDigits, let group = Int(parts[0]), group > 0 else { return nil }
    mainGroup = group
    subgroup = String(parts[1])
  }

  /// Orders as the scheme's books do.
  public static func < (left: ClassificationSymbol, right: ClassificationSymbol) -> Bool {
    (left.subclass, left.mainGroup ?? 0, left.subgroup)
      < (right.subclass, right.mainGroup ?? 0, right.subgroup)
  }
}

extension ClassificationSymbol: CustomStringConvertible {
  /// The symbol without spaces: `A61K31/4375`.
  public var description: String {
    guard let mainGroup else { return subclass }
    return "\(subclass)\(mainGroup)/\(subgroup)"
  }
}
