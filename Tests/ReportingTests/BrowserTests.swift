import Foundation
import Screening
import Testing

@testable import Reporting

/// The page in a real browser: it sorts by keyboard, filters, fits, and nothing goes wrong.
///
/// With `OSONG_SCREENSHOTS=FOLDER`, the page and pictures of it are left there to be looked at.
@Suite(
  .serialized, .enabled(if: Browser.executable != nil, "chromium is not on PATH"),
  .enabled(if: ReferenceData.isPresent, "the reference data is absent"))
struct BrowserTests {
  private static let pictures = ProcessInfo.processInfo.environment["OSONG_SCREENSHOTS"]
    .map { URL(fileURLWithPath: $0) }

  /// Made once: every test opens the same page.
  private static let sample = Result { try SampleReport.make(hits: 60) }

  /// Opens a page of 60 hits in a browser, and removes its file afterwards.
  private func withPage(_ test: (Browser, URL) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "osong-report-\(UUID().uuidString).html")
    try Data(Self.sample.get().html().utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try test(Browser(), file)
  }

  private func shoot(_ browser: Browser, _ name: String, from section: String? = nil) throws {
    guard let folder = Self.pictures else { return }
    if let section {
      try browser.evaluate("document.getElementById('\(section)').scrollIntoView()")
    }
    try browser.screenshot().write(to: folder.appending(path: "\(name).png"))
  }

  /// The sort keys of a column's cells, from the top.
  private func keys(_ browser: Browser, _ column: String) throws -> [Double] {
    try browser.evaluate(
      "[...document.querySelectorAll('#hits td.\(column)')].map(cell => cell.dataset.v).join(' ')"
    ).split(separator: " ").compactMap { Double($0) }
  }

  private func visible(_ browser: Browser) throws -> Int {
    Int(try browser.evaluate("document.querySelectorAll('#hits tbody tr:not([hidden])').length"))
      ?? -1
  }

  private func order(_ browser: Browser, _ column: String) throws -> String {
    try browser.evaluate(
      "document.querySelector('#hits th.\(column)').getAttribute('aria-sort')")
  }

  @Test(arguments: [(1440, 900), (390, 844)])
  func `the table sorts by keyboard in both directions`(_ width: Int, _ height: Int) throws {
    try withPage { browser, file in
      try browser.open(file, width: width, height: height)
      let ranks = try keys(browser, "rank")
      #expect(ranks == (1...60).map(Double.init))
      for column in ["mw", "prediction", "nearest", "qed", "alerts", "domain"] {
        try browser.evaluate("document.querySelector('#hits th.\(column) button').focus()")
        try browser.press("Enter", code: 13, text: "\r")
        let ascending = try keys(browser, column)
        #expect(ascending.count == 60)
        #expect(ascending == ascending.sorted(), "\(column)")
        #expect(try order(browser, column) == "ascending")
        try browser.press(" ", code: 32, text: " ")
        #expect(try keys(browser, column) == ascending.reversed(), "\(column)")
        #expect(try order(browser, column) == "descending")
        #expect(try browser.evaluate("document.querySelectorAll('th[aria-sort]').length") == "1")
      }
      // Ties stand in the order of their ranks, in either direction.
      let pairs = zip(try keys(browser, "domain"), try keys(browser, "rank"))
      for group in [0.0, 1.0] {
        let tied = pairs.filter { $0.0 == group }.map(\.1)
        #expect(tied == tied.sorted())
      }
      #expect(browser.complaints.isEmpty, "\(browser.complaints)")
    }
  }

  @Test func `the next Tab goes from one heading to the next`() throws {
    try withPage { browser, file in
      try browser.open(file, width: 1440, height: 900)
      try browser.evaluate("document.querySelector('#hits th.mw button').focus()")
      try browser.press("Tab", code: 9)
      #expect(try browser.evaluate("document.activeElement.closest('th').className") == "logp")
      #expect(
        try browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid")
    }
  }

  @Test func `text and switches filter the hits and say how many are left`() throws {
    try withPage { browser, file in
      let report = try Self.sample.get()
      try browser.open(file, width: 1440, height: 900)
      try browser.evaluate("document.getElementById('filter').focus()")
      try browser.type("m0007")
      #expect(try visible(browser) == 1)
      #expect(
        try browser.evaluate("document.getElementById('shown').textContent") == "1 of 60 shown")
      try browser.evaluate("document.getElementById('filter').select()")
      try browser.type("amidine-like predicted")
      let inside = report.hits.count { $0.inDomain }
      #expect(try visible(browser) == inside)
      try browser.evaluate("document.getElementById('filter').select()")
      try browser.press("Delete", code: 46)
      #expect(try visible(browser) == 60)
      for (id, expected) in [
        ("domain", inside), ("clean", report.hits.count { $0.inDomain && $0.alerts.isEmpty }),
      ] {
        try browser.evaluate("document.getElementById('\(id)').focus()")
        try browser.press(" ", code: 32, text: " ")
        #expect(try visible(browser) == expected, "\(id)")
      }
      #expect(browser.complaints.isEmpty, "\(browser.complaints)")
    }
  }

  @Test func `nothing is wider than the window, and no cell lies over another`() throws {
    // Counts cells of a row that overlap, or that reach beyond the row's right edge.
    let faults = """
      [...document.querySelectorAll('#hits tbody tr')].slice(0, 5).flatMap(row => {
        const boxes = [...row.cells].map(cell => cell.getBoundingClientRect())
          .filter(box => box.width > 0);
        const edge = row.getBoundingClientRect().right + 1;
        return boxes.flatMap((a, i) => a.right > edge ? ['cut'] : boxes.slice(i + 1).filter(b =>
          a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1
          && b.top < a.bottom - 1));
      }).length
      """
    try withPage { browser, file in
      for width in [1920, 1440, 1341, 1340, 1280, 1024, 768, 700, 390, 320] {
        try browser.open(file, width: width, height: 800)
        let overhang = "document.documentElement.scrollWidth - innerWidth"
        #expect(Int(try browser.evaluate(overhang)) ?? 1 <= 0, "\(width) wide")
        #expect(try browser.evaluate(faults) == "0", "\(width) wide")
      }
      #expect(browser.complaints.isEmpty, "\(browser.complaints)")
    }
  }

  @Test func `each picture and each control has a name`() throws {
    try withPage { browser, file in
      try browser.open(file, width: 1440, height: 900)
      let nameless = """
        [...document.querySelectorAll('svg')].filter(svg =>
          !svg.getAttribute('aria-label') && svg.getAttribute('aria-hidden') !== 'true').length
        + [...document.querySelectorAll('button')].filter(b => !b.textContent.trim()).length
        + [...document.querySelectorAll('input')].filter(input => !input.labels.length).length
        """
      #expect(try browser.evaluate(nameless) == "0")
    }
  }

  @Test(.enabled(if: Self.pictures != nil, "OSONG_SCREENSHOTS is not set"))
  func `pictures are taken for people to look at`() throws {
    guard let folder = Self.pictures else { return }
    try withPage { browser, file in
      try Data(contentsOf: file).write(to: folder.appending(path: "report.html"))
      try browser.open(file, width: 1440, height: 900)
      try shoot(browser, "desktop")
      for section in ["candidates", "model", "library", "plan"] {
        try shoot(browser, "desktop-\(section)", from: section)
      }
      try browser.open(file, width: 1440, height: 900, dark: true)
      try shoot(browser, "dark")
      try shoot(browser, "dark-model", from: "model")
      try browser.open(file, width: 1024, height: 768)
      try shoot(browser, "tablet", from: "candidates")
      try browser.open(file, width: 390, height: 844)
      try shoot(browser, "phone")
      try shoot(browser, "phone-candidates", from: "candidates")
      try shoot(browser, "phone-model", from: "model")
      try shoot(browser, "phone-library", from: "library")
      try browser.pdf().write(to: folder.appending(path: "report.pdf"))
    }
  }
}
