import Foundation
import Provenance

/// One element of an array job, by a name that is known before the cluster has seen it.
///
/// It is written down before the array is handed over: a coordinator that dies in between leaves no
/// element that the next one would not recognise.
struct SlurmElement: Hashable {
  let name: String, index: Int

  init(name: String, index: Int) {
    self.name = name
    self.index = index
  }

  /// Reads what was written down; nil where there is nothing.
  init?(in file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let index = Int(words[1]) else { return nil }
    self.init(name: String(words[0]), index: index)
  }

  func write(to file: URL) throws {
    _ = try AtomicFile.write("\(name) \(index)\n", to: file)
  }
}
