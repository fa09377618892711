/// A set of whole numbers that is small where they are dense, as running numbers are.
///
/// Pages of 65,536 numbers, a list while they are few and a bitmap then (Chambi et al.: Better bitmap
/// performance with Roaring bitmaps, Softw. Pract. Exp. 2016). 300 million running numbers take 40 MB.
struct IdentifierSet {
  private enum Page {
    case few([UInt16])
    case many([UInt64])
  }

  /// Bytes from which on numbers are so scattered that the set would fill the memory.
  static let mostBytes = 1 << 29

  private var bytes = 0
  private var places: [Int: Int] = [:]
  private var pages: [Page] = []
  private var lastPage = 0
  private var lastPlace = -1
  /// Whether the numbers were too scattered to hold them: then no answer is given.
  private(set) var isFull = false

  /// Adds a number; false where it was there.
  mutating func insert(_ number: Int) -> Bool {
    if isFull { return true }
    let low = UInt16(truncatingIfNeeded: number)
    guard let place = place(of: number >> 16) else {
      // A page with its list and its place in the dictionary.
      bytes += 128
      isFull = bytes > Self.mostBytes
      if isFull {
        places = [:]
        pages = []
        lastPlace = -1
        return true
      }
      places[number >> 16] = pages.count
      (lastPage, lastPlace) = (number >> 16, pages.count)
      pages.append(.few([low]))
      return true
    }
    return insert(low, at: place)
  }

  /// Whether the number is there, or may be.
  func contains(_ number: Int) -> Bool {
    if isFull { return true }
    guard let place = places[number >> 16] else { return false }
    let low = UInt16(truncatingIfNeeded: number)
    switch pages[place] {
    case .few(let numbers): return numbers.contains(low)
    case .many(let words): return words[Int(low >> 6)] & (1 << UInt64(low & 63)) != 0
    }
  }

  private mutating func place(of page: Int) -> Int? {
    if lastPlace >= 0, lastPage == page { return lastPlace }
    guard let place = places[page] else { return nil }
    (lastPage, lastPlace) = (page, place)
    return place
  }

  private mutating func insert(_ low: UInt16, at place: Int) -> Bool {
    switch pages[place] {
    case .few(var numbers):
      // Without this the list would be copied.
      pages[place] = .few([])
      let isNew = !numbers.contains(low)
      if isNew { numbers.append(low) }
      guard numbers.count > 64 else {
        pages[place] = .few(numbers)
        return isNew
      }
      bytes += 8_192
      var words = [UInt64](repeating: 0, count: 1_024)
      for number in numbers { words[Int(number >> 6)] |= 1 << UInt64(number & 63) }
      pages[place] = .many(words)
      return isNew
    case .many(var words):
      pages[place] = .few([])
      let bit: UInt64 = 1 << UInt64(low & 63)
      let isNew = words[Int(low >> 6)] & bit == 0
      words[Int(low >> 6)] |= bit
      pages[place] = .many(words)
      return isNew
    }
  }
}
