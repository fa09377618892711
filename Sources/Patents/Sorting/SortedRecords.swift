import Provenance

/// Sorted records one after another, merged from the buffers they were written in.
public final class SortedRecords {
  enum Source {
    case memory([KeyedRecord])
    case file(RunReader)
  }

  private var sources: [Source]
  private var places: [Int]
  /// The next record of each source that has one, as a heap: the smallest first.
  private var heap: [(record: KeyedRecord, source: Int)] = []
  private var isPrimed = false
  private let ignoredTail: Int
  private var ahead: KeyedRecord?
  private var last: KeyedRecord?

  init(_ sources: [Source], ignoredTail: Int) {
    self.sources = sources
    self.ignoredTail = ignoredTail
    places = [Int](repeating: 0, count: sources.count)
  }

  /// The next record; nil at the end.
  public func next() throws -> KeyedRecord? {
    if let record = ahead {
      ahead = nil
      return record
    }
    while let record = try merged() {
      if let last, isRepeat(last, record) { continue }
      last = record
      return record
    }
    return nil
  }

  /// All records of the next key, in order; nil at the end.
  public func nextGroup() throws -> [KeyedRecord]? {
    guard let first = try next() else { return nil }
    var group = [first]
    while let record = try next() {
      guard record.key == first.key else {
        ahead = record
        break
      }
      group.append(record)
    }
    return group
  }

  private func isRepeat(_ one: KeyedRecord, _ other: KeyedRecord) -> Bool {
    one.key == other.key && one.payload.count == other.payload.count
      && one.payload.dropLast(ignoredTail) == other.payload.dropLast(ignoredTail)
  }

  private func merged() throws -> KeyedRecord? {
    if !isPrimed {
      isPrimed = true
      for source in sources.indices {
        if let record = try read(source) {
          heap.append((record, source))
          siftUp(heap.count - 1)
        }
      }
    }
    guard let first = heap.first else { return nil }
    if let record = try read(first.source) {
      heap[0] = (record, first.source)
    } else {
      heap[0] = heap[heap.count - 1]
      heap.removeLast()
    }
    if !heap.isEmpty { siftDown() }
    return first.record
  }

  private func read(_ source: Int) throws -> KeyedRecord? {
    switch sources[source] {
    case .memory(let records):
      guard places[source] < records.count else { return nil }
      places[source] += 1
      return records[places[source] - 1]
    case .file(let reader): return try reader.next()
    }
  }

  private func siftUp(_ place: Int) {
    var place = place
    while place > 0 {
      let parent = (place - 1) / 2
      guard KeyedRecord.isOrdered(heap[place].record, heap[parent].record) else { return }
      heap.swapAt(place, parent)
      place = parent
    }
  }

  private func siftDown() {
    var place = 0
    while true {
      var smallest = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if KeyedRecord.isOrdered(heap[child].record, heap[smallest].record) { smallest = child }
      }
      if smallest == place { return }
      heap.swapAt(place, smallest)
      place = smallest
    }
  }
}
