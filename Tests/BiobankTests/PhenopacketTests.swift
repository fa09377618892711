import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Phenopackets")
struct PhenopacketTests {
  private func packets(_ text: String, allowed: Set<String>? = nil) throws -> Phenopackets {
    let scratch = try ScratchFolder()
    return try Phenopackets(path: scratch.write(text, to: "p.json"), allowed: allowed)
  }

  static let example = """
    {"id": "x", "subject": {"id": "A", "sex": "FEMALE"},
     "phenotypicFeatures": [
       {"type": {"id": "HP:1", "label": "one"}}, {"type": {"id": "HP:2"}, "excluded": true}],
     "diseases": [{"term": {"id": "X:9", "label": "Other"}, "excluded": true}],
     "interpretations": [{"id": "i", "progressStatus": "SOLVED", "diagnosis": {
       "disease": {"id": "X:1", "label": "Ex"},
       "genomicInterpretations": [
         {"interpretationStatus": "CAUSATIVE", "variantInterpretation": {"variationDescriptor": {
           "geneContext": {"valueId": "HGNC:1", "symbol": "G"},
           "expressions": [{"syntax": "hgvs.g", "value": "NC_1:g.5A>G"},
                           {"syntax": "hgvs.c", "value": "NM_1.1:c.9del"}],
           "allelicState": {"id": "GENO:0000136", "label": "homozygous"}}}},
         {"interpretationStatus": "CANDIDATE", "variantInterpretation": {
           "acmgPathogenicityClassification": "LIKELY_PATHOGENIC",
           "variationDescriptor": {"geneContext": {"symbol": "H"},
             "vcfRecord": {"genomeAssembly": "hg38", "chrom": "chr1", "pos": "77", "ref": "A",
                           "alt": "G"}}}},
         {"interpretationStatus": "REJECTED", "variantInterpretation": {
           "acmgPathogenicityClassification": "PATHOGENIC",
           "variationDescriptor": {"geneContext": {"symbol": "H"}}}},
         {"interpretationStatus": "CAUSATIVE", "variantInterpretation": {
           "variationDescriptor": {"geneContext": {"symbol": "K"}}}},
         {"interpretationStatus": "CAUSATIVE"}]}}],
     "metaData": {"phenopacketSchemaVersion": "2.0",
       "externalReferences": [{"id": "DOI:1"}, {"id": "PMID:7"}]}}
    """

  @Test("A packet is read field by field, and what is not taken is told")
  func example() throws {
    let read = try packets(Self.example)
    #expect(
      read.cases == [
        RareCase(
          id: "A", disease: "X:1", diseaseName: "Ex", publication: "PMID:7",
          changes: [
            RareCase.Change(
              gene: "G", name: "NM_1.1:c.9del", variantClass: .frameshift, isHomozygous: true),
            RareCase.Change(
              gene: "H", name: "chr1-77-A-G", variantClass: nil, isHomozygous: false),
          ], signs: ["HP:1"])
      ])
    #expect(
      read.refused == [
        "not held to be causal": 1, "a change without a name or a place": 1,
        "a change in no named gene": 1,
      ])
    #expect(read.digests.keys.sorted() == ["p.json"])
  }

  @Test("A packet without a diagnosis counts for the person's disease; two diagnoses are two cases")
  func diseases() throws {
    let one = #"{"subject":{"id":"A"},"diseases":[{"term":{"id":"X:1","label":"Ex"}}]}"#
    #expect(
      try packets(one).cases
        == [RareCase(id: "A", disease: "X:1", diseaseName: "Ex", publication: "")])
    let two = #"""
      {"subject":{"id":"A"},"interpretations":[{"diagnosis":{"disease":{"id":"X:1"}}},
       {"diagnosis":{"disease":{"id":"X:2"}}},{"diagnosis":{"disease":{"id":"X:1"}}}]}
      """#
    #expect(try packets(two).cases.map(\.disease) == ["X:1", "X:2"])
    #expect(try packets(#"{"subject":{"id":"A"}}"#).refused == ["no disease": 1])
  }

  @Test(
    "A packet that is none is counted with its reason",
    arguments: [
      ("", "no JSON"), ("{", "no JSON"), ("[1]", "a field is of another kind than the schema says"),
      ("{}", "no subject"), (#"{"proband":{}}"#, "no subject"),
      (#"{"subject":{"id":7}}"#, "a field is of another kind than the schema says"),
      (
        #"{"subject":{"id":"A"},"diseases":7}"#, "a field is of another kind than the schema says"
      ),
      (
        #"{"subject":{"id":"A"},"metaData":{"phenopacketSchemaVersion":"1.0.0"}}"#,
        "of version 1 of the schema"
      ),
      (String(repeating: "[", count: 1_000_000), "no JSON"),
      (
        #"{"subject":{"id":"A","x":"# + String(repeating: #"{"a":"#, count: 100_000) + "1"
          + String(repeating: "}", count: 100_000) + "}}", "no JSON"
      ),
      (String(repeating: " ", count: 17 << 20), "larger than 16 MiB"),
    ])
  func refused(text: String, reason: String) throws {
    let read = try packets(text)
    #expect(read.cases.isEmpty)
    #expect(read.refused == [reason: 1])
  }

  @Test("Nothing but the number of a person is looked at before consent is known")
  func consent() throws {
    // The rest of the packet would be refused for its kind.
    let text = #"{"subject":{"id":"B"},"diseases":"text"}"#
    #expect(try packets(text, allowed: ["A"]).refused == ["not allowed by consent": 1])
    #expect(try packets(Self.example, allowed: []).cases.isEmpty)
    #expect(try packets(Self.example, allowed: ["A"]).cases.count == 1)
  }

  @Test("A folder is read in the order of names, lines are packets, and a person counts once")
  func folder() throws {
    let scratch = try ScratchFolder()
    let line = Self.example.replacing("\n", with: " ")
    try scratch.write(line + "\n\n" + line.replacing("\"A\"", with: "\"B\"") + "\n", to: "a.jsonl")
    try scratch.write(Self.example, to: "b.json")
    try scratch.write("no packet", to: "notes.txt")
    let read = try Phenopackets(path: scratch.url.path, allowed: nil)
    #expect(read.cases.map(\.id) == ["A", "B"])
    #expect(read.refused["an individual twice"] == 1)
    #expect(read.digests.count == 1)
    #expect(throws: BiobankError.self) {
      try Phenopackets(path: scratch.path("notes.txt"), allowed: nil)
    }
    #expect(throws: BiobankError.self) {
      try Phenopackets(path: scratch.path("none"), allowed: nil)
    }
  }

  @Test(
    "Published cases come out the same from packets and from tables",
    .enabled(if: SharedData.isPresent))
  func sameAsTables() throws {
    let scratch = try ScratchFolder()
    let names = ["individuals", "variants", "phenotypes"]
    let rows = try names.map { name in
      try SharedData.text("datasets/phenopackets_rare_disease/\(name).csv.gz")
    }
    // Plain rows only: the converter of this test does not read quotes.
    let plain = rows.map { text in text.split(separator: "\n").filter { !$0.utf8.contains(34) } }
    let kept = Set(
      plain[0].dropFirst().enumerated().filter { $0.offset % 20 == 0 }.map { number($0.element) })
    let tables = plain.map { lines in
      ([lines[0]] + lines.dropFirst().filter { kept.contains(number($0)) })
        .joined(separator: "\n") + "\n"
    }
    let fromTables = try RareCaseTables(
      individuals: scratch.write(tables[0], to: "i.csv"),
      variants: scratch.write(tables[1], to: "v.csv"),
      phenotypes: scratch.write(tables[2], to: "p.csv"), allowed: nil)
    let changes = Dictionary(
      grouping: tables[1].split(separator: "\n").dropFirst().map { fields(String($0)) },
      by: { $0[0] })
    let signs = Dictionary(
      grouping: tables[2].split(separator: "\n").dropFirst().map { fields(String($0)) },
      by: { $0[0] })
    let lines = try fromTables.cases.map { person in
      try packet(person, changes[person.id] ?? [], signs[person.id] ?? [])
    }
    let fromPackets = try Phenopackets(
      path: scratch.write(lines.joined(separator: "\n"), to: "all.jsonl"), allowed: nil)
    #expect(fromTables.cases.count > 300)
    #expect(fromTables.cases.contains { !$0.changes.isEmpty })
    #expect(fromPackets.cases == fromTables.cases)
  }

  private func number(_ line: Substring) -> String {
    String(decoding: line.utf8.prefix { $0 != 44 }, as: UTF8.self)
  }

  private func fields(_ line: String) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// The packet of a person, from rows of variants (id, gene, hgvs_c, assembly, chrom, pos, ref, alt,
  /// zygosity, status) and signs (id, hpo_id, hpo_label, excluded).
  private func packet(_ person: RareCase, _ changes: [[String]], _ signs: [[String]]) throws
    -> String
  {
    let states = ["homozygous": "GENO:0000136", "heterozygous": "GENO:0000135"]
    let interpretations: [[String: Any]] = changes.map { row in
      [
        "interpretationStatus": row[9],
        "variantInterpretation": [
          "variationDescriptor": [
            "geneContext": ["symbol": row[1]],
            "expressions": [["syntax": "hgvs.c", "value": row[2]]],
            "vcfRecord": ["chrom": row[4], "pos": row[5], "ref": row[6], "alt": row[7]],
            "allelicState": ["id": states[row[8]] ?? "GENO:0000134"],
          ] as [String: Any]
        ],
      ]
    }
    let object: [String: Any] = [
      "subject": ["id": person.id],
      "phenotypicFeatures": signs.map {
        ["type": ["id": $0[1]], "excluded": $0[3] != "0"] as [String: Any]
      },
      "interpretations": [
        [
          "diagnosis": [
            "disease": ["id": person.disease, "label": person.diseaseName],
            "genomicInterpretations": interpretations,
          ] as [String: Any]
        ]
      ],
      "metaData": ["externalReferences": [["id": person.publication]]],
    ]
    return String(
      decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
  }
}
