extension ByteWindow {
  /// The offset of the first line end at or after `offset` and before `bound`, else `bound`.
  func lineEnd(from offset: Int, to bound: Int) -> Int {
    let span = bytes.span
    var index = start + offset
    let end = start + bound
    while index < end, span[index] > ASCII.carriageReturn || !span[index].endsLine { index += 1 }
    return index - start
  }

  /// Uses up `length` bytes and the line end after them, if there is one.
  ///
  /// The LF of a CRLF may not have been fetched yet; `settleLineEnd` takes it.
  mutating func dropLine(_ length: Int) {
    guard length < count else { return drop(count) }
    lastWasReturn = bytes[start + length] == ASCII.carriageReturn
    drop(length + 1)
  }

  /// Uses up the LF that belongs to the CR used up last.
  ///
  /// Call it before a line is read.
  mutating func settleLineEnd() throws(RecordError) {
    guard lastWasReturn else { return }
    if count == 0 { _ = try extend() }
    lastWasReturn = false
    if count > 0, bytes[start] == ASCII.lineFeed { drop(1) }
  }

  /// Uses up a line without holding it, and returns its length.
  ///
  /// Its first `offset` bytes are known to hold no end of it.
  mutating func skipLine(from offset: Int) throws(RecordError) -> Int {
    var length = offset
    drop(offset)
    while true {
      let skipped = lineEnd(from: 0, to: count)
      length += skipped
      let isEnd = skipped < count
      dropLine(skipped)
      if isEnd { return length }
      if !(try extend()) { return length }
    }
  }
}
