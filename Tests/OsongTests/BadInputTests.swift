import Foundation
import TestSupport
import Testing

/// One unusable or half-usable file, and what must become of it.
struct BadInput: Sendable, CustomTestStringConvertible {
  let title: String
  /// The ending decides the format.
  let file: String
  let bytes: Data
  /// Identifiers that are kept, in order; nil where the whole file is refused.
  let kept: [String]?
  /// What `refused.csv`, or the one line of the error, must say.
  let says: [String]
  /// How many records there are; those of a prediction.
  var records = 0

  var testDescription: String { title }

  init(
    _ title: String, _ file: String, _ bytes: Data, kept: [String]?, records: Int = 0,
    says: [String] = []
  ) {
    (self.title, self.file, self.bytes) = (title, file, bytes)
    (self.kept, self.says, self.records) = (kept, says, records)
  }

  init(
    _ title: String, _ file: String, _ text: String, kept: [String]?, records: Int = 0,
    says: [String] = []
  ) {
    self.init(title, file, Data(text.utf8), kept: kept, records: records, says: says)
  }

  private static func block(_ name: String, _ atoms: [String]) -> String {
    let counts = "  \(atoms.count)  0  0  0  0  0  0  0  0  0999 V2000\n"
    let lines = atoms.map { "    0.0000    0.0000    0.0000 \($0)   0  0  0  0  0  0\n" }
    return "\(name)\n  test\n\n\(counts)\(lines.joined())M  END\n"
  }

  /// The list of issue 2, made on the spot.
  static let all: [BadInput] = [
    BadInput("an empty file", "a.smi", "", kept: nil, says: ["the file is empty"]),
    BadInput("an empty table", "a.csv", "", kept: nil, says: ["the file is empty"]),
    BadInput("an empty SDF", "a.sdf", "", kept: nil, says: ["the file is empty"]),
    BadInput("only a header", "a.csv", "smiles,id\n", kept: nil, says: ["header and no record"]),
    BadInput(
      "a wrong column", "a.csv", "structure,name\nCCO,a\n", kept: nil,
      says: ["no column smiles", "structure, name"]),
    BadInput(
      "Windows line ends", "a.csv", "smiles,id\r\nCCO,a\r\nCCN,b\r\n", kept: ["a", "b"],
      records: 2),
    BadInput(
      "a byte order mark", "a.csv", "\u{FEFF}smiles,id\nCCO,a\n", kept: ["a"], records: 1),
    BadInput(
      "duplicate identifiers", "a.csv", "smiles,id\nCCO,a\nCCN,a\nCCC,b\n", kept: ["a", "b"],
      records: 3, says: ["3,a,duplicate-identifier,repeats the identifier of line 2"]),
    BadInput(
      "a line of 10 MB", "a.smi",
      "CCO a\n" + String(repeating: "C", count: 10 << 20) + " x\nCCN b\n",
      kept: ["a", "b"], records: 3, says: ["a.smi,2,", "too-long"]),
    BadInput(
      "a field of 10 MB", "a.csv",
      "smiles,id\nCCO,a\n" + String(repeating: "C", count: 10 << 20) + ",x\nCCN,b\n",
      kept: ["a", "b"], records: 3, says: ["a.csv,3,", "too-long"]),
    BadInput(
      "NUL bytes", "a.smi", "CCO a\nC\u{0}C x\nCCN b\n", kept: ["a", "b"], records: 3,
      says: ["a.smi,2,", "not-text"]),
    BadInput("nothing but NUL bytes", "a.csv", Data(count: 5_000), kept: nil, says: ["a.csv"]),
    BadInput(
      "an SDF without its end mark", "a.sdf",
      block("a", ["C"]) + "$$$$\n" + block("b", ["N"]), kept: ["a", "b"], records: 2),
    BadInput(
      "an SDF cut inside a block", "a.sdf",
      block("a", ["C"]) + "$$$$\n" + block("b", ["C", "N"]).prefix(70), kept: ["a"], records: 2,
      says: ["a.sdf,8,b,truncated"]),
    BadInput(
      "broken SMILES", "a.csv", "smiles,id\nC1CC,x\nCCO,a\n),y\nc1cccc1,z\nnonsense,w\n",
      kept: ["a"], records: 5,
      says: ["a.csv,2,x,unreadable", "a.csv,4,y", "a.csv,5,z", "a.csv,6,w"]
    ),
    BadInput(
      "a molecule of no atoms", "a.sdf",
      block("x", []) + "$$$$\n" + block("a", ["C"]) + "$$$$\n", kept: ["a"], records: 2,
      says: ["a.sdf,1,x,empty"]),
    BadInput(
      "an empty structure", "a.csv", "smiles,id\n,x\nCCO,a\n", kept: ["a"], records: 2,
      says: ["a.csv,2,x,missing-value"]),
    BadInput(
      "a peptide of 1,000 atoms", "a.smi",
      String(repeating: "N[C@@H](C)C(=O)", count: 200) + "O peptide\nCCO a\n",
      kept: ["peptide", "a"], records: 2),
    BadInput(
      "an inorganic salt", "a.csv", "smiles,id\n[Na+].[Cl-],salt\nCCO,a\n", kept: ["salt", "a"],
      records: 2),
    BadInput(
      "a mixture", "a.csv", "smiles,id\nCCO.c1ccccc1.O,mix\n", kept: ["mix"], records: 1),
    BadInput(
      "an isotope", "a.csv", "smiles,id\n[13CH4],heavy\nC,light\n", kept: ["heavy", "light"],
      records: 2),
    BadInput(
      "an unusual valence", "a.csv",
      "smiles,id\nCC(C)(C)(C)C,five\nFS(F)(F)(F)(F)F,six\n[CH5],bare\n", kept: ["six"], records: 3,
      says: ["a.csv,2,five,unreadable", "valence"]),
    BadInput(
      "ragged rows", "a.csv", "smiles,id\nCCO,a\nCCN\nCCC,c,extra\nCCCl,d\n", kept: ["a", "d"],
      records: 4, says: ["a.csv,3,,wrong-field-count", "a.csv,4,,wrong-field-count"]),
    BadInput(
      "bytes that are not UTF-8", "a.smi",
      Data("CCO a\nCC".utf8) + Data([0xFF, 0xFE]) + Data(" x\nCCN b\n".utf8), kept: ["a", "b"],
      records: 3, says: ["a.smi,2,", "not-text"]),
    BadInput(
      "UTF-16", "a.csv",
      Data([0xFF, 0xFE]) + Data("smiles,id\nCCO,a\n".utf8.flatMap { [$0, 0] }), kept: nil,
      says: ["looks like UTF-16"]),
    BadInput("text that ends in gz", "a.smi.gz", "CCO a\n", kept: nil, says: ["not gzip"]),
  ]
}

@Suite struct BadInputTests {
  private let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  @Test("a library of a bad file", arguments: BadInput.all)
  func libraryOf(_ bad: BadInput) throws {
    let input = try scratch.write(bad.bytes, to: bad.file)
    let library = scratch.path("l.olib")
    let ending = try Program.run(["library", "build", library, input])
    try #require(ending.signal == nil && !ending.isLate, "\(ending.story)")
    guard let kept = bad.kept else {
      #expect(ending.code == 3, "\(ending.story)")
      #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
      for text in bad.says { #expect(ending.errors.contains(text), "\(ending.errors)") }
      #expect(try Program.run(["library", "info", library]).code == 3)
      return
    }
    #expect(ending.code == 0, "\(ending.story)")
    let exported = try Program.run(["library", "export", library]).output
    #expect(table(exported).dropFirst().map { $0[1] } == kept)
    let refused = try String(
      contentsOf: URL(filePath: library).appending(path: "refused.csv"), encoding: .utf8)
    for text in bad.says { #expect(refused.contains(text), "\(refused.prefix(500))") }
    #expect(table(refused).count - 1 == bad.records - kept.count)
  }

  @Test("predictions of a bad file", arguments: BadInput.all)
  func predictionsOf(_ bad: BadInput) throws {
    let model = try Fixture.made.get().model
    let input = try scratch.write(bad.bytes, to: bad.file)
    let output = scratch.path("out.csv")
    let ending = try Program.run(["predict", model, input, "-o", output])
    try #require(ending.signal == nil && !ending.isLate, "\(ending.story)")
    guard bad.kept != nil else {
      #expect(ending.code == 3, "\(ending.story)")
      #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
      #expect(!FileManager.default.fileExists(atPath: output))
      return
    }
    #expect(ending.code == 0, "\(ending.story)")
    let rows = table(try String(contentsOfFile: output, encoding: .utf8))
    #expect(rows.count == bad.records + 1)
    let header = rows[0]
    let value = try #require(header.firstIndex(of: "pKi"))
    let error = try #require(header.firstIndex(of: "error"))
    for row in rows.dropFirst() {
      try #require(row.count == header.count, "\(row.map { $0.prefix(30) })")
      // Either a number or a reason, never both and never neither.
      #expect((Double(row[value]) != nil) == row[error].isEmpty)
    }
  }

  @Test func `a truncated gzip file is an error, and no half result stands`() throws {
    let model = try Fixture.made.get().model
    let plain = try scratch.write(MadeUpCompounds.lines(1_500), to: "a.smi")
    try Program.run([], shell: "gzip -c \(plain) > \(plain).gz")
    let whole = try Data(contentsOf: URL(filePath: plain + ".gz"))
    try #require(whole.count > 5_000)
    for length in [20, whole.count / 2, whole.count - 1] {
      let input = try scratch.write(whole.prefix(length), to: "cut.smi.gz")
      let library = scratch.path("l\(length).olib")
      let output = scratch.path("out.csv")
      for arguments in [
        ["library", "build", library, input], ["predict", model, input, "-o", output],
      ] {
        let ending = try Program.run(arguments)
        #expect(ending.code == 3, "\(ending.story)")
        #expect(ending.errors.contains("end too early"), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count == 1)
      }
      #expect(try Program.run(["library", "info", library]).code == 3)
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func `a row that is refused shifts no other`() throws {
    let model = try Fixture.made.get().model
    let input = try scratch.write(
      "note,id,smiles\n1,a,CCO\n2,b,C1CC\n3,c,\n4\n5,e,CCN,more\n6,f,CCCl\n", to: "in.csv")
    let ending = try Program.run(["predict", model, input])
    let rows = table(ending.output)
    #expect(rows.map { $0[0] } == ["note", "1", "2", "3", "4", "5", "6"])
    #expect(rows.map { $0[1] } == ["id", "a", "b", "c", "", "e", "f"])
    #expect(rows.map { $0.last?.isEmpty } == [false, true, false, false, false, false, true])
  }
}
