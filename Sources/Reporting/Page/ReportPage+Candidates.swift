import Entities
import Screening

extension ReportPage {
  /// The table of all hits, with its tools.
  var candidates: Markup {
    """
    <section id="candidates" aria-labelledby="candidates-title">
    <h2 id="candidates-title">Candidates</h2>
    <p class="sub">\(legend)</p>
    <form class="tools" hidden role="search">
    <label class="find">Filter <input type="search" id="filter" autocomplete="off" \
    spellcheck="false" placeholder="id, SMILES, alert, scaffold, reason"></label>
    <label><input type="checkbox" id="domain"> only in domain</label>
    <label><input type="checkbox" id="clean"> no alerts</label>
    <output id="shown" aria-live="polite"></output>
    </form>
    <table id="hits" role="table" aria-labelledby="candidates-title">
    <thead role="rowgroup"><tr role="row">\(HitColumn.allCases.map(heading))</tr></thead>
    <tbody role="rowgroup">
    \(report.hits.map(row))</tbody>
    </table>
    </section>
    """
  }

  private var legend: Markup {
    let colours: Markup =
      drawings.areColoured
      ? """
       Atoms on <span class="key up2">blue</span> raise the predicted value, atoms on \
      <span class="key down2">orange</span> lower it.
      """ : ""
    return """
      The bar shows the predicted value in its 90 % interval, on one scale for all \
      compounds.\(colours)
      """
  }

  private func heading(_ column: HitColumn) -> Markup {
    let title = column.title(report.endpoint)
    guard column.isSortable else {
      return "<th role=\"columnheader\" scope=\"col\" class=\"\(column.rawValue)\">\(title)</th>"
    }
    let order: Markup = column == .rank ? " aria-sort=\"ascending\"" : ""
    let kind = column.isNumeric ? "number" : "text"
    let hint: Markup = column.hint.map { " title=\"\($0)\"" } ?? ""
    return """
      <th role="columnheader" scope="col" class="\(column.rawValue)" data-kind="\(kind)"\(order)>\
      <button type="button"\(hint)>\(title)</button></th>
      """
  }

  private func row(_ hit: Hit) -> Markup {
    "<tr role=\"row\">\(HitColumn.allCases.map { cell($0, hit) })</tr>\n"
  }

  private func cell(_ column: HitColumn, _ hit: Hit) -> Markup {
    let key: Markup = column.sortKey(hit).map { " data-v=\"\($0)\"" } ?? ""
    return """
      <td role="cell" class="\(column.rawValue)"\(key)>\(content(column, hit))</td>
      """
  }

  /// An alert's name, which may break after an underscore.
  private func alert(_ name: String) -> Markup {
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    return "<span class=\"alert\">\(parts.map { "\($0)" }.joined(by: "_<wbr>"))</span>"
  }

  private func content(_ column: HitColumn, _ hit: Hit) -> Markup {
    switch column {
    case .rank: "\(hit.rank)"
    case .structure: "<div class=\"structure\">\(drawings.markup(hit))</div>"
    case .compound:
      """
      <span class="id">\(hit.id)</span><code>\(hit.smiles)</code>\
      <button type="button" class="copy" hidden>copy SMILES</button>
      """
    case .prediction:
      """
      <b>\(shown(hit.prediction.value))</b> <span class="range">\(range(hit.prediction))</span>\
      \(bar.markup(hit.prediction))
      """
    case .nearest:
      """
      <b>\(shown(hit.nearest.similarity))</b> to <span class="id">\(hit.nearest.id)</span>, \
      measured \(shown(hit.nearest.value))
      """
    case .domain:
      hit.inDomain ? "yes" : "<span class=\"out\">no</span>"
    case .alerts:
      hit.alerts.isEmpty
        ? "<span class=\"none\">none</span>"
        : hit.alerts.map(alert).joined(by: " ")
    case .scaffold:
      hit.scaffold.isEmpty
        ? "<span class=\"none\">acyclic</span>" : "<code>\(hit.scaffold)</code>"
    case .reason: "\(hit.reason)"
    default:
      column.property.map { property in
        let value = property.value(of: hit.properties)
        return "\(NumberText.shown(value, decimals: property.decimals))"
      } ?? .empty
    }
  }
}
