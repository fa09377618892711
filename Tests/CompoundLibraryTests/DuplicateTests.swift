import CompoundLibrary
import Foundation
import Molecules
import TestSupport
import Testing

@Suite struct DuplicateTests {
  let folder: ScratchFolder
  init() throws { folder = try ScratchFolder() }

  private func library(
    _ text: String, _ options: LibraryOptions = smallSegments(2)
  ) throws -> Library {
    try build(text: text, at: folder.url.appending(path: "l.olib"), options).library
  }

  @Test func `the earliest of equal structures and of equal identifiers is kept, over segments`()
    throws
  {
    let library = try library("OCC a\nCCN b\nCCO c\nCCCl a\nC(C)O d\nCCF e\n")
    #expect(library.ids == ["a", "b", "e"])
    #expect(
      try library.refusedLines == [
        "the given bytes,3,c,duplicate-structure,is the same structure as a",
        "the given bytes,4,a,duplicate-identifier,repeats the identifier of line 1",
        "the given bytes,5,d,duplicate-structure,is the same structure as a",
      ])
    #expect(library.counts.refused == ["duplicate-structure": 2, "duplicate-identifier": 1])
  }

  @Test func `a salt and its parent are one structure`() throws {
    let library = try library("CC(=O)O acid\nCC(=O)[O-].[Na+] salt\n")
    #expect(library.ids == ["acid"])
  }

  @Test func `a structure is not lost to a row that is refused for its identifier`() throws {
    // Line 2 repeats line 1's name, so line 3 is the earliest of its structure that can be kept.
    let library = try library("CCO a\nCCN a\nNCC c\n")
    #expect(library.ids == ["a", "c"])
    #expect(
      try library.refusedLines == [
        "the given bytes,2,a,duplicate-identifier,repeats the identifier of line 1"
      ])
  }

  @Test func `on request equal structures under other names are kept, equal names are not`() throws
  {
    let library = try library(
      "CCO a\nOCC b\nCCN a\n", smallSegments(2, keepsDuplicateStructures: true))
    #expect(library.ids == ["a", "b"])
  }

  @Test func `ten times the same compound is one`() throws {
    let text = (0..<10).map { "CCO m\($0)\n" }.joined()
    #expect(try library(text).ids == ["m0"])
  }
}
