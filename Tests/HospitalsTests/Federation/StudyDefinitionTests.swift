import Foundation
import Hospitals
import Provenance
import Testing

@Suite struct StudyDefinitionTests {
  private func read(_ json: String) throws -> StudyDefinition {
    try StableJSON.decode(StudyDefinition.self, from: Data(json.utf8))
  }

  @Test func `the digest is of the values, not of the file's layout`() throws {
    let one = try read(
      #"{"name":"s","model":"logistic","outcome":"y","terms":["a",{"column":"b","standardise":true}]}"#
    )
    let other = try read(
      #"""
      {"terms": [{"column": "a"}, {"standardise": true, "column": "b"}],
       "outcome": "y", "model": "logistic", "name": "s"}
      """#)
    #expect(one == other)
    #expect(one.digest == other.digest)
    let changed = try read(
      #"{"name":"s","model":"logistic","outcome":"y","terms":["a",{"column":"b"}]}"#)
    #expect(one.digest != changed.digest)
  }

  @Test(arguments: [
    #"{"name":"s","model":"logistic","outcome":"y","terms":[]}"#,
    #"{"name":"s","model":"logistic","outcome":"y","terms":["y"]}"#,
    #"{"name":"s","model":"logistic","outcome":"y","terms":["a","a"]}"#,
    #"{"name":"s","model":"cox","outcome":"y","terms":["a"]}"#,
    #"{"name":"s","model":"linear","outcome":"y","time":"t","terms":["a"]}"#,
    #"{"name":"s","model":"linear","outcome":"y","exposure":"t","terms":["a"]}"#,
    #"{"name":"s","model":"probit","outcome":"y","terms":["a"]}"#,
    #"{"name":"s","model":"linear","outcome":"y","terms":["a"],"filter":"age > 80"}"#,
    #"{"name":"s","model":"linear","outcome":"y","terms":[{"column":"a","scale":0}]}"#,
    #"{"name":"s","model":"linear","outcome":"y","terms":[{"column":"a","scale":2,"standardise":true}]}"#,
    #"{"name":"","model":"linear","outcome":"y","terms":["a"]}"#,
  ]) func `a study that cannot be meant is refused`(_ json: String) {
    #expect(throws: (any Error).self) { try read(json) }
  }

  @Test func `names and coefficients have bounds`() {
    let long = String(repeating: "x", count: 65)
    #expect(throws: HospitalError.self) {
      try StudyDefinition(name: long, model: .linear, outcome: "y", terms: [.init("a")])
    }
    #expect(throws: HospitalError.self) {
      try StudyDefinition(
        name: "s", model: .linear, outcome: "y", terms: (0..<64).map { .init("x\($0)") })
    }
  }
}
