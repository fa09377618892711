import Featurization
import Testing

@Suite struct ProteinSpectrumTests {
  private func spectrum(_ letters: String) throws -> ProteinSpectrum {
    ProteinSpectrum(of: try ProteinSequence(letters))
  }

  @Test func `a chain is like itself, and unlike one without a word in common`() throws {
    let kinase = try spectrum("MKKFFDSRREQGGSGLGSGSSGGGG")
    #expect(abs(kinase.similarity(to: kinase) - 1) < 1e-6)
    #expect(kinase.similarity(to: try spectrum("WWWWHHHH")) == 0)
  }

  @Test func `the similarity is the cosine of the damped counts`() throws {
    // AAA three times and AAC once against AAA once and AAC once.
    let (one, other) = (try spectrum("AAAAAC"), try spectrum("AAAC"))
    let expected = (3.0.squareRoot() + 1) / (4.0.squareRoot() * 2.0.squareRoot())
    #expect(abs(Double(one.similarity(to: other)) - expected) < 1e-6)
    #expect(one.similarity(to: other) == other.similarity(to: one))
  }

  @Test func `lines, small letters and the star at the end are passed over`() throws {
    #expect(try ProteinSequence("mkk\nffd*") == ProteinSequence("MKKFFD"))
  }

  @Test(arguments: [
    ("", ProteinSequence.Fault.tooShort), ("MK", .tooShort), ("MK1K", .unknownLetter("1")),
  ])
  func `a text that is no chain is refused with a reason`(
    text: String, fault: ProteinSequence.Fault
  ) {
    #expect(throws: fault) { try ProteinSequence(text) }
  }

  @Test func `a chain without end is refused before it is kept`() {
    let text = String(repeating: "A", count: ProteinSequence.longest + 1)
    #expect(throws: ProteinSequence.Fault.tooLong(text.count)) { try ProteinSequence(text) }
  }
}
