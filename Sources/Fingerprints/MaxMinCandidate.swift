/// A row that may still be picked.
struct MaxMinCandidate: Sendable {
  let row: UInt32
  /// How many picks, in their order, it was compared with.
  var compared: UInt32 = 0
  /// The similarity to the nearest of these; that to the nearest of all can only be higher.
  var bound = -1.0

  init(row: Int) { self.row = UInt32(row) }

  /// Whether it is farther as far as is known, or as far and lower.
  func precedes(_ other: MaxMinCandidate) -> Bool {
    bound == other.bound ? row < other.row : bound < other.bound
  }
}

/// A heap of four children a place, of which every place precedes its children.
struct MaxMinHeap: Sendable {
  private var places: [MaxMinCandidate] = []

  var first: MaxMinCandidate? { places.first }
  /// The candidate that would be first without the first.
  var second: MaxMinCandidate? { firstChild(of: 0).map { places[$0] } }

  /// Takes candidates in.
  mutating func add(_ candidates: some Sequence<MaxMinCandidate>) {
    places += candidates
    for place in (0..<(places.count + 2) / 4).reversed() { siftDown(place) }
  }

  /// Puts another candidate in the place of the first.
  mutating func replaceFirst(by candidate: MaxMinCandidate) {
    places[0] = candidate
    siftDown(0)
  }

  /// Takes the first out.
  mutating func removeFirst() {
    let last = places.removeLast()
    if !places.isEmpty { replaceFirst(by: last) }
  }

  private func firstChild(of place: Int) -> Int? {
    let children = 4 * place + 1..<max(min(4 * place + 5, places.count), 4 * place + 1)
    return children.min { places[$0].precedes(places[$1]) }
  }

  private mutating func siftDown(_ start: Int) {
    let sinking = places[start]
    var place = start
    while let child = firstChild(of: place), places[child].precedes(sinking) {
      places[place] = places[child]
      place = child
    }
    places[place] = sinking
  }
}
