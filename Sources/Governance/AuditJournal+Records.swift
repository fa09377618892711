import Foundation

extension AuditJournal {
  /// All records, once every one of them is found sound; an altered journal tells nothing.
  public func records() throws(GovernanceError) -> [Record] {
    let records = try read().records
    if case .broken(let record, let reason) = Self.verify(records) {
      throw .journal("record \(record) of \(url.lastPathComponent) is broken: \(reason)")
    }
    return records
  }

  /// The last whole record, and where the next one begins.
  /// - Complexity: O(bytes of the last record)
  func tail() throws(GovernanceError) -> (last: Record?, length: UInt64) {
    guard FileManager.default.fileExists(atPath: url.path) else { return (nil, 0) }
    let newline = UInt8(ascii: "\n")
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let end = try handle.seekToEnd()
      var begin = end
      var bytes = Data()
      // Backwards until the last line end and the one before it are there.
      while begin > 0, bytes.count(where: { $0 == newline }) < 2 {
        let step = min(begin, 1 << 16)
        begin -= step
        try handle.seek(toOffset: begin)
        bytes = try (handle.read(upToCount: Int(step)) ?? Data()) + bytes
      }
      guard let last = bytes.lastIndex(of: newline) else { return (nil, 0) }
      let line = bytes[..<last].suffix(while: { $0 != newline })
      let length = begin + UInt64(bytes.distance(from: bytes.startIndex, to: last)) + 1
      return (try JSONDecoder().decode(Record.self, from: Data(line)), length)
    } catch is DecodingError {
      throw .journal("the last record of \(url.lastPathComponent) cannot be read")
    } catch {
      throw .journal("\(error)")
    }
  }
}

extension Data {
  /// The longest end of which every byte satisfies a condition.
  fileprivate func suffix(while condition: (UInt8) -> Bool) -> Data {
    let begin = lastIndex { !condition($0) }.map { index(after: $0) } ?? startIndex
    return self[begin...]
  }
}
