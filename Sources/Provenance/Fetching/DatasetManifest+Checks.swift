import Foundation

extension DatasetManifest {
  /// What is wrong with the manifest, or nil: names that would leave their folder, options in the
  /// place of packages, addresses without transport security.
  var fault: String? {
    if !Self.isPlainName(name) { return "the name \(name) is not a plain name" }
    if files.isEmpty { return "no file is named" }
    if Set(files.map(\.name)).count != files.count { return "a file is named twice" }
    for file in files {
      if !Self.isPlainName(file.name) { return "the file name \(file.name) is not a plain name" }
      if file.bytes < 0 || file.rows < 0 { return "\(file.name) has a negative size" }
      if let conversion = file.conversion {
        if case .web = source { return "\(file.name) is converted, which only wheels know" }
        if conversion.columns.isEmpty { return "\(file.name) is converted to no column" }
      }
    }
    switch source {
    case .wheel(let wheel):
      for text in [wheel.package, wheel.version, wheel.file] where !Self.isPlainName(text) {
        return "the wheel's \(text) is not a plain name"
      }
    case .web:
      for file in files where !Self.isSafeAddress(file.member ?? "") {
        return "\(file.name) has no https address"
      }
    }
    return nil
  }

  // Letters, digits and `._+-`, not beginning with a dot or dash: no folder, no option, no shell.
  private static func isPlainName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, text.utf8.count <= 200 else { return false }
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    let starts = Set(letters.unicodeScalars)
    let allowed = starts.union("._+-".unicodeScalars)
    return starts.contains(first) && text.unicodeScalars.allSatisfy(allowed.contains)
  }

  // Plain http is for a server on this machine, which is how the tests play a broken network.
  private static func isSafeAddress(_ text: String) -> Bool {
    guard let address = URL(string: text), let host = address.host(), !host.isEmpty else {
      return false
    }
    return address.scheme == "https" || (address.scheme == "http" && host == "127.0.0.1")
  }
}
