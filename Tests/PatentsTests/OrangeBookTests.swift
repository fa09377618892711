import Entities
import Foundation
import TestSupport
import Testing

@testable import Patents

@Suite struct OrangeBookTests {
  private let patents = """
    Appl_Type~Appl_No~Product_No~Patent_No~Patent_Expire_Date_Text~Drug_Substance_Flag
    N~020610~001~7625884~Aug 24, 2026~
    N~020610~001~7625884*PED~Feb 24, 2027~
    N~021000~001~7625884~Jan 1, 2020~
    N~018613~001~RE38115~Feb 30, 2027~Y
    N~018613~001~~Feb 1, 2027~Y
    N~018613
    """

  @Test func `of several products the latest expiry counts, with that for children`() throws {
    let read = try ReadCorpus(patents)
    #expect(read.layout == .orangeBookPatents && read.isAccounted)
    #expect(read.counts.rows == 6 && read.counts.taken == 4)
    let number = try #require(PatentNumber("US7625884"))
    #expect(read.orangeBook.facts(number).expiry?.description == "2027-02-24")
    let reissue = try #require(PatentNumber("USRE38115"))
    #expect(read.orangeBook.listings[reissue] != nil)
    #expect(read.orangeBook.facts(reissue).expiry == nil && read.marks == [.impossibleDate: 1])
  }

  @Test func `lines of any end and length are parted alike`() throws {
    let rows = patents.split(separator: "\n")
    let plain = try ReadCorpus(patents).orangeBook
    #expect(try ReadCorpus(rows.joined(separator: "\r\n")).orangeBook == plain)
    let long = patents + "\n" + String(repeating: "x", count: 1 << 21) + "\n"
    let read = try ReadCorpus(long)
    #expect(read.orangeBook == plain && read.refused.last?.reason == .notText && read.isAccounted)
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(
        atPath: SharedData.path("datasets/patent_orange_book/patent_2026.txt.gz")),
      "no reference data"))
  func `the real book's rows are all taken`() throws {
    let folder = SharedData.folder.appending(path: "datasets/patent_orange_book")
    for (name, rows) in [("patent_2026.txt.gz", 21_112), ("patent_2019.txt.gz", 14_191)] {
      let read = try ReadCorpus(file: folder.appending(path: name).path)
      #expect(read.counts.rows == rows && read.counts.taken == rows, "\(read.refused.prefix(3))")
      #expect(read.marks.isEmpty)
    }
    let read = try ReadCorpus(file: folder.appending(path: "exclusivity_2026.txt").path)
    #expect(read.counts.taken == 2_110 && read.orangeBook.exclusivities["N017031"] != nil)
  }
}
