internal import Entities

/// The entries of a FASTA file: a head that begins with `>`, then lines of letters.
final class FASTAEntries {
  private let limit: Int
  private var lines: LineScanner
  /// The head that was read last, whose letters come next.
  private var head: (line: Int, text: Result<String, Refusal>)?
  private var hasBegun = false

  init(_ window: ByteWindow, limits: RecordLimits) {
    limit = limits.recordBytes
    lines = LineScanner(window, limit: limit)
  }

  func next() throws(RecordError) -> ReadSequence? {
    if !hasBegun {
      hasBegun = true
      _ = try letters()
    }
    guard let (line, text) = head else { return nil }
    let letters = try letters()
    let names = text.map { SequenceRecord.names(ofHead: $0) }
    func refused(_ reason: Refusal, _ names: [String] = []) -> ReadSequence {
      .refused(RefusedRecord(line: line, id: names.first ?? "", reason: reason))
    }
    switch (names, letters) {
    case (.failure(let reason), _): return refused(reason)
    case (.success(let names), _) where names.isEmpty: return refused(.missingValue(column: ">"))
    case (.success(let names), .failure(let reason)): return refused(reason, names)
    case (.success(let names), .success(let letters)):
      return .record(SequenceRecord(line: line, names: names, letters: letters))
    }
  }

  /// The lines up to the next head, which is kept, or to the end.
  private func letters() throws(RecordError) -> Result<String, Refusal> {
    var text = ""
    var fault: Refusal?
    head = nil
    while let found = try lines.next() {
      switch found {
      case .tooLong(let bytes): fault = .tooLong(bytes: bytes, limit: limit)
      case .range(let range):
        let isHead = !range.isEmpty && lines.bytes[range.lowerBound] == ASCII.greaterThan
        guard let line = lines.bytes.span.text(range) else {
          if isHead {
            head = (lines.line, .failure(.notText))
            return fault.map { .failure($0) } ?? .success(text)
          }
          fault = .notText
          continue
        }
        if isHead {
          head = (lines.line, .success(String(line.dropFirst())))
          return fault.map { .failure($0) } ?? .success(text)
        }
        guard text.utf8.count + line.utf8.count <= limit else {
          fault = .tooLong(bytes: text.utf8.count + line.utf8.count, limit: limit)
          continue
        }
        text += line
      }
    }
    return fault.map { .failure($0) } ?? .success(text)
  }
}
