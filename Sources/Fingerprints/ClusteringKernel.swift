internal import CFingerprints

// Where clustering meets its kernels. The pointers never leave the calls; every precondition is on
// numbers this room has made itself.

/// The kernels of clustering with Swift's types around them; a row is so many cache lines.
struct ClusteringKernel: Sendable {
  let kind: KernelKind
  let lines: Int

  func popcount(_ row: [CacheLine]) -> Int {
    precondition(row.count == lines)
    return unsafe row.withWords { row in unsafe Int(clustering_popcount(kind.code, row, lines)) }
  }

  /// The sum of the counters at the positions of a row; the counters of one row are the row.
  func sum(_ planes: [CacheLine], at row: [CacheLine]) -> Int {
    precondition(planes.count.isMultiple(of: lines) && row.count == lines)
    return unsafe planes.withWords { words in
      unsafe row.withWords { row in
        unsafe Int(clustering_sum(kind.code, words, planes.count / lines, lines, row))
      }
    }
  }

  /// Adds a row and sets the places whose counter is at least `least`; returns their number.
  func add(
    _ row: [CacheLine], to planes: inout [CacheLine], least: Int,
    majority: inout [CacheLine], at place: Int
  ) -> Int {
    precondition(planes.count.isMultiple(of: lines) && row.count == lines)
    precondition(place >= 0 && (place + 1) * lines <= majority.count)
    let count = planes.count / lines
    return unsafe row.withWords { row in
      unsafe planes.withMutableWords { planes in
        unsafe majority.withMutableWords { majority in
          unsafe Int(
            clustering_add(
              kind.code, planes, count, lines, row, UInt64(least), majority + place * lines * 8))
        }
      }
    }
  }

  /// Adds counters that have no more planes.
  func add(_ others: [CacheLine], to planes: inout [CacheLine]) {
    precondition(planes.count.isMultiple(of: lines) && others.count.isMultiple(of: lines))
    precondition(others.count <= planes.count)
    let count = planes.count / lines
    unsafe others.withWords { words in
      unsafe planes.withMutableWords { planes in
        unsafe clustering_add_counters(
          kind.code, planes, count, lines, words, others.count / lines)
      }
    }
  }

  /// The places whose counter is at least `least`.
  func majority(of planes: [CacheLine], least: Int) -> [CacheLine] {
    precondition(planes.count.isMultiple(of: lines))
    var majority = [CacheLine](repeating: .zero, count: lines)
    unsafe planes.withWords { words in
      unsafe majority.withMutableWords { majority in
        _ = unsafe clustering_majority(
          kind.code, words, planes.count / lines, lines, UInt64(least), majority)
      }
    }
    return majority
  }

  /// The first, of the rows at some places, of those most similar to the query by Tanimoto's
  /// coefficient, and how many bits they share.
  func nearest(
    to query: [CacheLine], popcount: Int, in rows: [CacheLine], popcounts: [UInt16],
    places: Range<Int>
  ) -> (place: Int, common: Int) {
    precondition(!places.isEmpty && places.lowerBound >= 0 && places.upperBound <= popcounts.count)
    precondition(rows.count == popcounts.count * lines && query.count == lines)
    var common: UInt16 = 0
    let nearest = unsafe query.withWords { query in
      unsafe rows.withWords { rows in
        unsafe popcounts.withUnsafeBufferPointer { popcounts in
          guard let rows = unsafe rows, let popcounts = popcounts.baseAddress else {
            return 0
          }
          let start = places.lowerBound
          return unsafe Int(
            clustering_nearest(
              kind.code, query, UInt32(popcount), rows + start * lines * 8, popcounts + start,
              lines, places.count, &common))
        }
      }
    }
    return (places.lowerBound + nearest, Int(common))
  }

  /// Writes how many bits the query shares with the rows at some places.
  func common(
    of query: [CacheLine], with rows: [CacheLine], places: Range<Int>, counts: inout [UInt16]
  ) {
    precondition(places.lowerBound >= 0 && places.upperBound * lines <= rows.count)
    precondition(query.count == lines && places.count <= counts.count)
    unsafe query.withWords { query in
      unsafe rows.withWords { rows in
        if let rows = unsafe rows {
          unsafe fingerprint_intersections(
            kind.code, query, rows + places.lowerBound * lines * 8, lines * 8, places.count,
            &counts)
        }
      }
    }
  }

  /// Words filled up with zeros to whole lines.
  func lines(of words: [UInt64]) -> [CacheLine] {
    (0..<lines).map { line in
      var packed = CacheLine.zero
      for (place, word) in words.dropFirst(line * 8).prefix(8).enumerated() {
        packed[place] = word
      }
      return packed
    }
  }

  /// How many bits the query shares with each of the rows.
  func common(of query: [CacheLine], with rows: [CacheLine]) -> [UInt16] {
    precondition(rows.count.isMultiple(of: lines) && query.count == lines)
    let count = rows.count / lines
    return unsafe [UInt16](unsafeUninitializedCapacity: count) { counts, initialized in
      if let start = counts.baseAddress {
        unsafe query.withWords { query in
          unsafe rows.withWords { rows in
            unsafe fingerprint_intersections(kind.code, query, rows, lines * 8, count, start)
          }
        }
      }
      initialized = count
    }
  }
}

extension FingerprintRows {
  /// Copies one row, filled up with zeros to whole lines.
  func copy(row: Int, to lines: inout [CacheLine]) {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    precondition(lines.count * 8 >= wordCount)
    unsafe storage.withPointers { words, _ in
      unsafe lines.withMutableWords { target in
        unsafe target.update(from: words + row * wordCount, count: wordCount)
      }
    }
  }
}

extension [CacheLine] {
  fileprivate func withWords<Result>(_ body: (UnsafePointer<UInt64>?) -> Result) -> Result {
    unsafe withUnsafeBytes {
      unsafe body($0.baseAddress?.assumingMemoryBound(to: UInt64.self))
    }
  }

  fileprivate mutating func withMutableWords<Result>(
    _ body: (UnsafeMutablePointer<UInt64>) -> Result
  ) -> Result {
    precondition(!isEmpty)
    return unsafe withUnsafeMutableBytes {
      unsafe body($0.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self))
    }
  }
}
