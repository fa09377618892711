import Fingerprints

/// Where a row came from.
public struct RecordOrigin: Hashable, Sendable {
  /// The input, by its place among the library's inputs.
  public let input: Int
  /// The line at which the record began, counted from 1.
  public let line: Int
}

/// The origins of a segment's rows.
///
/// Rows come in runs of one input with lines that hardly ever go back. A run notes its first row,
/// its input (32 bits each) and the line it begins at (64 bits); a row notes the lines from there
/// on (32 bits).
struct RecordOrigins: Sendable {
  static let runBytes = 16

  let bytes: MappedBytes
  let lines: SegmentHeader.Extent
  let runs: SegmentHeader.Extent

  /// The origin of a row; of a damaged file some origin, never a crash.
  subscript(row: Int) -> RecordOrigin {
    var low = 0
    var high = runs.length / Self.runBytes
    guard high > 0 else { return RecordOrigin(input: 0, line: 0) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if bytes.number(UInt32.self, at: at(middle)) <= row { low = middle } else { high = middle }
    }
    let base = Int(truncatingIfNeeded: bytes.number(UInt64.self, at: at(low) + 8))
    let further = Int(bytes.number(UInt32.self, at: lines.offset + row * 4))
    return RecordOrigin(
      input: Int(bytes.number(UInt32.self, at: at(low) + 4)),
      line: base.addingReportingOverflow(further).partialValue)
  }

  private func at(_ run: Int) -> Int { runs.offset + run * Self.runBytes }
}

/// Origins on their way into a file.
struct EncodedOrigins {
  private(set) var lines: [UInt32] = []
  private var runs: [(row: Int, origin: RecordOrigin)] = []

  mutating func append(_ origin: RecordOrigin) {
    if let run = runs.last, run.origin.input == origin.input,
      let further = UInt32(exactly: origin.line - run.origin.line)
    {
      lines.append(further)
      return
    }
    runs.append((lines.count, origin))
    lines.append(0)
  }

  /// The numbers of the runs, each as two words: row and input, then the line.
  var runWords: [UInt64] {
    runs.flatMap { run in
      [UInt64(run.row) | UInt64(run.origin.input) << 32, UInt64(run.origin.line)]
    }
  }
}
