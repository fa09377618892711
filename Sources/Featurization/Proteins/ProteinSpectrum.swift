/// How often each word of three residues stands in a protein: its spectrum (Leslie, Eskin & Noble 2002).
///
/// Words overlap. A count is damped to its square root, so that a repeat does not outweigh the rest of
/// the chain, and the whole has length 1.
public struct ProteinSpectrum: Hashable, Sendable {
  /// The words, ascending, each by its number.
  private let words: [Int32]
  private let weights: [Float]

  /// Counts the words of a chain.
  /// - Complexity: O(n log n) for n residues
  public init(of sequence: ProteinSequence) {
    let codes = sequence.codes.map { Int32($0) }
    var all: [Int32] = []
    all.reserveCapacity(codes.count)
    for start in 0..<codes.count - 2 {
      all.append((codes[start] * 26 + codes[start + 1]) * 26 + codes[start + 2])
    }
    all.sort()
    var (words, counts) = ([Int32](), [Float]())
    for word in all {
      if words.last == word {
        counts[counts.count - 1] += 1
      } else {
        words.append(word)
        counts.append(1)
      }
    }
    // The squares of the damped counts are the counts.
    let length = Float(all.count).squareRoot()
    self.words = words
    weights = counts.map { $0.squareRoot() / length }
  }

  /// The cosine of two spectra, 0 for no word in common to 1 for the same words.
  /// - Complexity: O(words of both)
  public func similarity(to other: ProteinSpectrum) -> Float {
    var (sum, left, right) = (Float(0), 0, 0)
    while left < words.count, right < other.words.count {
      if words[left] == other.words[right] {
        sum += weights[left] * other.weights[right]
        left += 1
        right += 1
      } else if words[left] < other.words[right] {
        left += 1
      } else {
        right += 1
      }
    }
    return sum
  }
}
