import Foundation
import Statistics
import TestSupport
import Testing

@testable import Biobank

/// A file that is written over again and again without waiting for the disk.
struct RewrittenFile {
  let path: String
  private let handle: FileHandle

  init(_ scratch: ScratchFolder, _ name: String) throws {
    path = try scratch.write("", to: name)
    handle = try FileHandle(forWritingTo: URL(filePath: path))
  }

  func write(_ bytes: [UInt8]) throws {
    try handle.seek(toOffset: 0)
    try handle.write(contentsOf: Data(bytes))
    try handle.truncate(atOffset: UInt64(bytes.count))
  }
}

/// Strangers' files, changed at random: whatever comes of them, nothing crashes.
@Suite("Changed files")
struct MutationTests {
  /// The bytes with one to eight changes: bytes set, swapped for ones that mean something, taken
  /// away, doubled, or all that follows cut off.
  static func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    let meaningful = Array("\t\n\r,;:/|.<>=#\"{}[]0129-+eE \u{0}".utf8) + [0xFF, 0x80]
    var changed = bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !changed.isEmpty {
      let place = Int.random(in: changed.indices, using: &random)
      let stop = min(changed.count, place + Int.random(in: 1...40, using: &random))
      switch Int.random(in: 0..<16, using: &random) {
      case 0..<5: changed[place] = UInt8.random(in: 0...255, using: &random)
      case 5..<10: changed[place] = meaningful.randomElement(using: &random) ?? 0
      case 10..<12: changed.removeSubrange(place..<stop)
      case 12..<15: changed.insert(contentsOf: changed[place..<stop], at: place)
      default: changed.removeSubrange(place...)
      }
    }
    return changed
  }

  static let calls: [UInt8] = {
    var text =
      VariantFileTests.header
      + "##FORMAT=<ID=PL,Number=G,Type=Integer,Description=\"x\">\n"
      + VariantFileTests.columns + "A B C\n"
    for number in 1...6 {
      text += "1 \(number) v\(number) A G,<DEL> 3.5 PASS X=1;Y GT:GQ:DS:PL 0/1:20:1,0:1,2,3 "
      text += "1|2:9:0.1,2:0,0,1 .:.:.:.\n"
    }
    return Array(VariantFileTests.tabbed(text).utf8)
  }()

  private func readAll(_ path: String) -> Int {
    var options = VariantFile.Options()
    options.minimumQuality = 10
    options.limits = VariantLimits(header: 1 << 20, record: 1 << 20)
    var count = 0
    do {
      var file = try VariantFile(path: path, options: options)
      while let row = try file.next() {
        if case .variant(let variant) = row { count += variant.genotypes.count }
      }
    } catch {}
    return count
  }

  @Test("2,000 changed files of variant calls") func variants() throws {
    let scratch = try ScratchFolder()
    var random = SplitMix64(seed: 1)
    var read = 0
    let file = try RewrittenFile(scratch, "x.vcf")
    for _ in 0..<2_000 {
      try file.write(Self.mutated(Self.calls, &random))
      if readAll(file.path) > 0 { read += 1 }
    }
    // Most still hold variants: the changes reach the records, not only the door.
    #expect(read > 1_000)
  }

  @Test("2,000 changed phenopackets") func phenopackets() throws {
    let scratch = try ScratchFolder()
    var random = SplitMix64(seed: 2)
    let lines = (0..<2_000).flatMap { _ in
      Self.mutated(Array(PhenopacketTests.example.utf8), &random).map { $0 == 10 ? 32 : $0 } + [10]
    }
    let path = try scratch.write(Data(lines), to: "x.jsonl")
    let read = try Phenopackets(path: path, allowed: nil)
    #expect(read.refused.values.reduce(0, +) >= 1_000)
  }

  @Test("2,000 changed sets of PLINK's files") func plink() throws {
    let scratch = try ScratchFolder()
    var random = SplitMix64(seed: 3)
    let files: [(RewrittenFile, [UInt8])] = [
      (
        try RewrittenFile(scratch, "x.bed"),
        [0x6C, 0x1B, 1, 0b01_11_10_00, 0b00, 0b11_11_11_11, 0b11]
      ),
      (
        try RewrittenFile(scratch, "x.bim"),
        Array("1\ta\t0\t10\tA\tG\n1\tb\t0\t20\tC\tT\n".utf8)
      ),
      (
        try RewrittenFile(scratch, "x.fam"),
        Array((1...5).map { "F\($0) P\($0) 0 0 \($0 % 3) -9\n" }.joined().utf8)
      ),
    ]
    var opened = 0
    for number in 0..<2_000 {
      for (place, (file, bytes)) in files.enumerated() {
        try file.write(place == number % 3 ? Self.mutated(bytes, &random) : bytes)
      }
      guard let set = try? PlinkFiles(prefix: scratch.path("x")) else { continue }
      opened += 1
      for place in set.variants.indices {
        #expect(set.dosages(place).count == set.people.count)
        _ = set.counts(place)
      }
      _ = set.missingByPerson
    }
    #expect(opened > 50)
  }
}
