import Testing

@testable import Reporting

struct MarkupTests {
  @Test(arguments: Samples.hostile)
  func `text in a literal can neither open a tag nor end an attribute`(_ text: String) {
    let html = ("<a title=\"\(text)\">\(text)</a>" as Markup).html
    let inside = html.dropFirst("<a title=\"".count).dropLast("</a>".count)
    #expect(!inside.contains("<"))
    #expect(inside.count { $0 == "\"" } == 1)
    #expect(inside.count { $0 == ">" } == 1)
    #expect(!inside.contains("'"))
  }

  @Test func `ampersands are escaped once`() {
    #expect(("\("a & b &amp; c")" as Markup).html == "a &amp; b &amp;amp; c")
  }

  @Test func `markup in a literal stays as it is`() {
    let part: Markup = "<b>\("x<y")</b>"
    #expect(("<i>\(part)\([part, part])</i>" as Markup).html.contains("<b>x&lt;y</b><b>x&lt;y</b>"))
  }

  @Test func `characters that HTML forbids are shown as replaced`() {
    #expect(Markup(escaping: "a\u{0}\u{8}b\tc\n").html == "a\u{FFFD}\u{FFFD}b\tc\n")
  }
}
