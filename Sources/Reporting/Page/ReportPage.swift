import Entities
import Screening

/// The report as one HTML page that needs nothing but itself.
struct ReportPage {
  let report: ScreenReport
  let drawings: HitDrawings
  let bar: IntervalBar

  init(_ report: ScreenReport) {
    self.report = report
    drawings = HitDrawings(report)
    bar = IntervalBar(over: report.hits.map(\.prediction))
  }

  /// A value of the endpoint, as every place of the page shows it.
  func shown(_ value: Double) -> String { NumberText.shown(value, decimals: 2) }

  private var head: Markup {
    PageShell.head(title: report.title, style: PageStyle.text, script: PageScript.text)
  }

  func markup() -> Markup {
    """
    \(head)
    <body>
    <a class="skip" href="#candidates">Skip to the candidates</a>
    \(header)
    <main>
    \(summary)
    \(candidates)
    \(assessment)
    \(library)
    \(planAndRefusals)
    \(provenance)
    </main>
    <script>\(Markup(trusted: PageScript.text))</script>
    </body>
    </html>

    """
  }
}

extension ScreenReport {
  /// The report as one self-contained HTML page.
  ///
  /// The page loads nothing, runs one small script of its own for sorting and filtering, and reads
  /// as well without it. Every text of the report is escaped.
  /// - Complexity: O(hits × structure size); about 8 KB per hit.
  public func html() -> String { ReportPage(self).markup().html }
}
