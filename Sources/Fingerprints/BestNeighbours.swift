/// The best few neighbours seen so far: a heap with the worst of them on top.
struct BestNeighbours {
  let capacity: Int
  private var heap: [Neighbour] = []

  init(capacity: Int) {
    self.capacity = capacity
    heap.reserveCapacity(min(capacity, 4096))
  }

  /// The similarity below which no row can enter; 0 while there is room.
  var bound: Double { heap.count < capacity ? 0 : heap.first?.similarity ?? .infinity }

  /// The neighbours in the order of results.
  var sorted: [Neighbour] { heap.sorted { $0.precedes($1) } }

  /// Keeps the neighbour if it is among the best.
  ///
  /// - Complexity: O(log capacity)
  mutating func insert(_ neighbour: Neighbour) {
    if heap.count < capacity {
      heap.append(neighbour)
      siftUp()
    } else if let worst = heap.first, neighbour.precedes(worst) {
      heap[0] = neighbour
      siftDown()
    }
  }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[parent].precedes(heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var worst = parent
      let (left, right) = (2 * parent + 1, 2 * parent + 2)
      if left < heap.count, heap[worst].precedes(heap[left]) { worst = left }
      if right < heap.count, heap[worst].precedes(heap[right]) { worst = right }
      if worst == parent { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }
}
