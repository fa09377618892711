/// Rows put together again from their columns.
enum PackedRows {
  /// So many are made at once: two words of each line.
  static let count = 128
}

extension ColumnIndex {
  /// The rows, in the order in which the index holds them, some thousands at a time.
  func packedRows(
    kernel: KernelKind, where isIncluded: (@Sendable (_ row: Int) -> Bool)?
  ) -> some Sequence<[(row: Int, fingerprint: Fingerprint)]> {
    pages.lazy.flatMap { page in
      stride(from: 0, to: page.blockCount, by: 4).lazy.map { first in
        var packed: [(row: Int, fingerprint: Fingerprint)] = []
        for block in first..<min(first + 4, page.blockCount) {
          for part in 0..<ColumnPage.rowsInBlock / PackedRows.count {
            packed += Kernel(kind: kernel).rows(
              of: page, in: segments[page.segment], block: block, part: part)
          }
        }
        return packed.filter { isIncluded?($0.row) ?? true }
      }
    }
  }
}
