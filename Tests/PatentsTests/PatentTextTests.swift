import Foundation
import TestSupport
import Testing

@testable import Patents

@Suite struct PatentTextTests {
  @Test(
    "a date is a day of the calendar, however the office writes it",
    arguments: [
      ("2014-05-12", "2014-05-12"), ("20140512", "2014-05-12"), ("2014/05/12", "2014-05-12"),
      ("Aug 24, 2026", "2026-08-24"), ("Feb 1, 2027", "2027-02-01"),
      ("2014-05-12T00:00:00", "2014-05-12"), ("2014-05-12 00:00:00", "2014-05-12"),
      ("2000-02-29", "2000-02-29"), ("1790-07-31", "1790-07-31"),
    ])
  func dateIsRead(_ text: String, _ day: String) {
    #expect(PatentDateText(text).date?.description == day)
  }

  @Test(
    "a day that does not exist is impossible, and a mark for nothing is none",
    arguments: [
      ("2014-02-30", PatentDateText.impossible), ("1900-02-29", .impossible),
      ("2014-13-01", .impossible), ("0012-01-01", .impossible), ("soon", .impossible),
      ("+2014-1--1", .impossible), ("99999999999999999999", .impossible), ("", .none),
      ("9999-12-31", .none), ("NULL", .none),
    ])
  func dateIsRefused(_ text: String, _ found: PatentDateText) {
    #expect(PatentDateText(text) == found)
  }

  @Test func `days count as the system's calendar does`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for days in stride(from: -60_000, to: 60_000, by: 97) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      let date = try #require(
        PatentDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
      #expect(date.days == Int32(days))
      #expect(PatentDateText(date.description).date == date)
    }
  }

  @Test(
    "one document has one number, however it is written",
    arguments: [
      ("US-9693992-B2", "US9693992"), ("US9693992", "US9693992"), ("US 9,693,992 B2", "US9693992"),
      ("WO-2014059185-A1", "WO2014059185"), ("EP0123456B1", "EP123456"),
      ("US-RE38115-E", "USRE38115"), ("us20140123456a1", "US20140123456"),
    ])
  func numberIsRead(_ text: String, _ number: String) {
    #expect(PatentNumber(text)?.text == number)
  }

  @Test func `a bare number is one of the office at hand`() {
    #expect(PatentNumber("9693992", office: "US")?.text == "US9693992")
    #expect(PatentNumber("RE38115", office: "US")?.text == "USRE38115")
    #expect(PatentNumber("EP123456", office: "US")?.text == "EP123456")
    for text in ["9693992", "", "US", "claims", "US-12-B2-C3-9", "10.1016/j.bmcl.2003.07.001"] {
      #expect(PatentNumber(text) == nil, "\(text)")
    }
  }

  @Test func `claims weigh more than the title, the abstract and the description`() {
    let all = PatentFields(rawValue: 0xFF)
    #expect(
      all.fields == [.claims, .title, .abstract, .description, .attachment, .image])
    #expect(PatentField(text: "2") == .claims)
    #expect(PatentField(text: "Claims") == .claims)
    #expect(PatentField(text: "9") == nil)
    #expect(PatentFields(rawValue: 0).weight == 0)
  }

  @Test func `a class symbol is one of the scheme`() {
    #expect(ClassificationSymbol("A61K  31/4375")?.description == "A61K31/4375")
    #expect(ClassificationSymbol("a61k")?.description == "A61K")
    #expect(ClassificationSymbol("A61K/")?.description == "A61K")
    for text in ["", "A61", "I61K31/00", "A61K31", "A61K/31", "A61K31/x", "A61K0/00"] {
      #expect(ClassificationSymbol(text) == nil, "\(text)")
    }
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(
        atPath: SharedData.path("datasets/patent_ipc/CRISPR_ipc.tsv.gz")),
      "no reference data"))
  func `every class of the CRISPR patents is a symbol`() throws {
    let lines = try SharedData.text("datasets/patent_ipc/CRISPR_ipc.tsv.gz")
      .split(separator: "\n").dropFirst()
    let bad = lines.filter { line in
      line.split(separator: "\t").last.flatMap { ClassificationSymbol(String($0)) } == nil
    }
    #expect(lines.count > 200_000)
    #expect(bad.isEmpty, "\(bad.prefix(5))")
  }
}
