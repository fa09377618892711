internal import Entities

/// Takes one SDF record apart: title, mol block, properties.
struct SDFParser {
  private let bytes: [UInt8]
  private let range: Range<Int>

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  /// The record; refused when it is no text, blank, or neither closed nor ended by `M  END`.
  func parse(line: Int, isClosed: Bool) -> SDFScanner.Found {
    func refused(_ reason: Refusal) -> SDFScanner.Found {
      .init(line: line, byteCount: range.count, content: .refused(reason))
    }
    let span = bytes.span
    guard span.text(range) != nil else { return refused(.notText) }
    let lines = lineRanges()
    guard lines.contains(where: { !span.trimming($0).isEmpty }) else { return refused(.empty) }
    // The three header lines may say anything.
    let end = lines.dropFirst(3).firstIndex { starts($0, with: Self.endOfMolecule) }
    // Without its end the block goes on to the first property, which cannot be in the first lines.
    let blockLines =
      end.map { $0 + 1 }
      ?? lines.indices.dropFirst(4).first { starts(lines[$0], with: [ASCII.greaterThan]) }
      ?? lines.count
    var found = SDFScanner.Found(
      line: line, byteCount: range.count, title: lines.first.flatMap { span.text($0) } ?? "",
      content: .refused(.truncated))
    found.properties = properties(lines.dropFirst(blockLines))
    if end != nil || isClosed {
      found.content = .molBlock(joined(lines.prefix(blockLines)) + "\n")
    }
    return found
  }

  private static let endOfMolecule = Array("M  END".utf8)

  private func starts(_ line: Range<Int>, with mark: [UInt8]) -> Bool {
    line.count >= mark.count && bytes[line].starts(with: mark)
  }

  /// The lines without their ends.
  private func lineRanges() -> [Range<Int>] {
    let span = bytes.span
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      guard span[index].endsLine else {
        index += 1
        continue
      }
      lines.append(start..<index)
      let isPair =
        span[index] == ASCII.carriageReturn && index + 1 < range.upperBound
        && span[index + 1] == ASCII.lineFeed
      index += isPair ? 2 : 1
      start = index
    }
    if start < range.upperBound { lines.append(start..<range.upperBound) }
    return lines
  }

  private func joined(_ lines: ArraySlice<Range<Int>>) -> String {
    guard let first = lines.first, let last = lines.last else { return "" }
    let whole = first.lowerBound..<last.upperBound
    if !bytes[whole].contains(ASCII.carriageReturn) { return bytes.span.text(whole) ?? "" }
    return lines.map { bytes.span.text($0) ?? "" }.joined(separator: "\n")
  }

  /// The properties: a line `> … <name>`, then the value's lines up to an empty one.
  private func properties(_ lines: ArraySlice<Range<Int>>) -> [CompoundRecord.ExtraField] {
    var properties: [CompoundRecord.ExtraField] = []
    var index = lines.startIndex
    while index < lines.endIndex {
      let head = lines[index]
      index += 1
      guard starts(head, with: [ASCII.greaterThan]) else { continue }
      let first = index
      while index < lines.endIndex, !lines[index].isEmpty { index += 1 }
      properties.append(.init(name: name(head), value: joined(lines[first..<index])))
    }
    return properties
  }

  /// The name in a property's head line: what stands between `<` and the last `>`, else the rest.
  private func name(_ head: Range<Int>) -> String {
    let text = bytes[head].dropFirst()
    let open = text.firstIndex(of: ASCII.lessThan).map { $0 + 1 } ?? text.startIndex
    let rest = text[open...]
    let close = rest.lastIndex(of: ASCII.greaterThan) ?? rest.endIndex
    return (bytes.span.text(open..<close) ?? "").trimmed
  }
}
