import Foundation

/// Takes values out of tables of YAML and gathers what is wrong with them.
struct PlanReader {
  var faults: [String] = []

  mutating func allow(_ table: [String: Any], _ keys: [String], of what: String) {
    for key in table.keys.sorted() where !keys.contains(key) {
      faults.append("\(what) has a key `\(key)`\(Suggestion.among(keys, for: key))")
    }
  }

  mutating func text(_ table: [String: Any], _ key: String) -> String? {
    guard let value = table[key] else { return nil }
    if let text = value as? String, !text.isEmpty { return text }
    if let number = value as? Int { return "\(number)" }
    faults.append("`\(key)` is no text")
    return nil
  }

  mutating func number(_ table: [String: Any], _ key: String) -> Int? {
    guard let value = table[key] else { return nil }
    if let number = value as? Int { return number }
    faults.append("`\(key)` is no whole number")
    return nil
  }

  mutating func instant(_ table: [String: Any], _ key: String) -> Date? {
    guard let value = table[key] else { return nil }
    if let date = value as? Date { return date }
    if let text = value as? String, let date = try? Date(text, strategy: .iso8601) { return date }
    faults.append("`\(key)` is no instant such as 2026-11-26T06:00:00Z")
    return nil
  }

  /// A list of words, or one line of them; numbers are taken as they were written.
  mutating func words(_ table: [String: Any], _ key: String, of what: String) -> [String] {
    if let line = table[key] as? String, let words = Self.split(line), !words.isEmpty {
      return words
    }
    if let number = table[key] as? Int { return ["\(number)"] }
    guard let list = table[key] as? [Any], !list.isEmpty else {
      faults.append(
        "\(what): `\(key)` is a list of words, such as [train, table.csv, -o, my.model]")
      return []
    }
    return list.compactMap { item in
      switch item {
      case let text as String: return text
      case let flag as Bool: return flag ? "true" : "false"
      case let number as Int: return "\(number)"
      case let number as Double: return "\(number)"
      default:
        faults.append("\(what): `\(key)` holds something that is no word")
        return nil
      }
    }
  }

  /// The words of a line, where what stands in quotes is one; nil where a quote is not closed.
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return quote == nil ? words : nil
  }
}
