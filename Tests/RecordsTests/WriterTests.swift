import Entities
import Foundation
import Testing

@testable import Records

@Suite struct WriterTests {
  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("", ""),
    ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), (" x ", " x "),
    ("\u{FEFF}x", "\"\u{FEFF}x\""), ("µ", "µ"), ("a\0b", "\"a\u{FFFD}b\""),
  ])
  func `a field is quoted where it must be`(field: String, written: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.csv").path()
      let writer = try DelimitedWriter(to: .file(path), header: ["x", "y"])
      try writer.write([field, "1"])
      try writer.finish()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "x,y\n\(written),1\n")
    }
  }

  @Test func `a file appears under its name only when it is finished`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.csv").path()
      try Data("old".utf8).write(to: URL(filePath: path))
      do {
        let writer = try DelimitedWriter(to: .file(path), header: ["x"])
        try writer.write(["1"])
        try writer.flush()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path())
      #expect(left == ["a.csv"], "an unfinished file is removed")
      let writer = try DelimitedWriter(to: .file(path), header: ["x"])
      try writer.finish()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "x\n")
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is an error, at once or at the end`() throws {
    let small = try DelimitedWriter(to: .file("/dev/full"), header: ["x"])
    let error = #expect(throws: WriteError.self) { try small.finish() }
    #expect(error?.description == "/dev/full: cannot be written: No space left on device")
    let large = try DelimitedWriter(to: .file("/dev/full"), header: ["x"])
    #expect(throws: WriteError.self) {
      for _ in 0..<10 { try large.write([String(repeating: "x", count: 10_000)]) }
    }
    // The error stays: what was lost cannot be finished.
    #expect(throws: WriteError.self) { try large.finish() }
  }

  @Test func `a file in an absent folder is an error`() {
    #expect(throws: WriteError.self) { try OutputFile(.file("/absent/folder/a.csv")) }
    #expect(throws: WriteError.self) { try OutputFile(.file("a\0b")) }
  }

  @Test func `no text can break an SDF`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.sdf").path()
      let block = "old\n  by hand\n\n  0  0  0     0  0            999 V2000\nM  END\n> <x>\n1\n\n"
      let hostile = [
        "$$$$", "a\n\nb", "x\r\n$$$$\r\n", "> <z>", "", "µ \0", "M  END\n$$$$", " \n\n",
      ]
      let writer = try SDFWriter(to: .file(path))
      for text in hostile {
        let properties = [(name: "<\(text)>", value: text), (name: "last", value: "end")]
        try writer.write(molBlock: block, title: text, properties: properties)
      }
      try writer.write(molBlock: "$$$$\n$$$$\r\n> <y>\n  0", properties: [])
      try writer.finish()

      let reader = try CompoundReader(.file(path))
      let records = try reader.all()
      #expect(records.count == hostile.count + 1)
      let last = try #require(reader.header.firstIndex(of: "last"))
      for record in records.dropLast() {
        #expect(record.fields[last] == "end")
        let block = try #require(record.molBlock)
        #expect(block.hasSuffix("V2000\nM  END\n"))
      }
      #expect(records.last?.molBlock == " $$$$\n $$$$\n > <y>\n  0\nM  END\n")
    }
  }

  @Test func `titles and properties come back from an SDF`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.sdf").path()
      let block = "\n  by hand\r\n\r\n  0  0  0     0  0            999 V2000\r\nM  END"
      let writer = try SDFWriter(to: .file(path))
      try writer.write(
        molBlock: block, title: "first", properties: [("pKi", "7.5"), ("reason", "near A, B")])
      try writer.write(molBlock: block, properties: [("reason", "")])
      try writer.finish()
      let reader = try CompoundReader(.file(path))
      #expect(reader.header == ["pKi", "reason"])
      let records = try reader.all()
      #expect(records.map(\.id) == ["first", "row-2"])
      #expect(records.map(\.fields) == [["7.5", "near A, B"], ["", ""]])
    }
  }
}
