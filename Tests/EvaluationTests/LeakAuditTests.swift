import Evaluation
import Fingerprints
import Testing

@Suite("Leak audit") struct LeakAuditTests {
  static let split = Split(train: [0, 1], validation: [2], test: [3, 4])

  @Test func `the same molecule in two parts is found with both rows`() {
    let audit = LeakAudit(Self.split, identities: ["CCO", "CCN", "CCC", "CCN", "CCCl"])
    #expect(
      audit.duplicates == [
        .init(part: "test", row: 3, seenIn: "train", seenRow: 1, similarity: 1)
      ])
    #expect(!audit.isClean)
  }

  @Test func `the same molecule twice in one part is no leak`() {
    #expect(LeakAudit(Self.split, identities: ["A", "A", "B", "C", "C"]).isClean)
  }

  @Test func `a near relative is found at the threshold, not below`() {
    let prints = [[1, 2, 3, 4], [10, 11], [20, 21], [1, 2, 3], [30, 31]]
      .map { Fingerprint(bitCount: 64, setBits: $0) }
    let identities = ["A", "B", "C", "D", "E"]
    let audit = LeakAudit(
      Self.split, identities: identities, fingerprints: prints, threshold: 0.75)
    #expect(
      audit.nearDuplicates == [
        .init(part: "test", row: 3, seenIn: "train", seenRow: 0, similarity: 0.75)
      ])
    #expect(audit.duplicates.isEmpty)
    #expect(
      LeakAudit(Self.split, identities: identities, fingerprints: prints, threshold: 0.76).isClean)
  }

  @Test func `a duplicate is not told again as a near relative`() {
    let prints = (0..<5).map { Fingerprint(bitCount: 64, setBits: [$0 / 4]) }
    let audit = LeakAudit(
      Self.split, identities: ["A", "B", "A", "C", "D"], fingerprints: prints, threshold: 0.9)
    #expect(audit.duplicates.map(\.row) == [2])
    #expect(audit.nearDuplicates.map(\.row) == [3, 3])
  }
}
