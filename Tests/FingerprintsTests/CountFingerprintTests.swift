import Fingerprints
import Testing

@Suite struct CountFingerprintTests {
  @Test func `pairs in any order become sorted entries with sums`() {
    let fingerprint = CountFingerprint([(9, 1), (2, 3), (9, 4), (7, 0)])
    #expect(fingerprint.entries.map(\.index) == [2, 9])
    #expect(fingerprint.entries.map(\.count) == [3, 5])
    #expect(fingerprint.total == 8)
  }

  @Test func `the greatest counts neither wrap nor trap`() {
    let greatest = CountFingerprint([(.max, .max), (.max, 1), (0, .max)])
    #expect(greatest.total == 2 * Int(UInt32.max))
    for metric in SearchTests.metrics {
      #expect(greatest.similarity(to: greatest, by: metric) == 1)
    }
  }

  @Test func `an empty count fingerprint is like nothing`() {
    let empty = CountFingerprint([])
    #expect(empty.similarity(to: empty) == 0)
    #expect(empty.similarity(to: CountFingerprint([(1, 1)])) == 0)
  }
}
