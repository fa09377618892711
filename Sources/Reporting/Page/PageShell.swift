/// What all pages have: a head that allows nothing from elsewhere, and where the numbers come from.
enum PageShell {
  /// From the beginning of the page to the end of its head; an empty script means none.
  static func head(
    title: String, style: String, script: String = "", connects: Bool = false
  ) -> Markup {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" \
    content="\(ContentPolicy.text(style: style, script: script, connects: connects))">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(title)</title>
    <style>\(Markup(trusted: style))</style>
    </head>
    """
  }

  /// The names and values of what was read, with which code.
  static func provenance(_ facts: [(name: String, value: String)]) -> Markup {
    let rows = facts.map { fact -> Markup in
      "<tr><th scope=\"row\">\(fact.name)</th><td><code>\(fact.value)</code></td></tr>"
    }
    return """
      <section id="provenance" aria-labelledby="provenance-title">
      <h2 id="provenance-title">Provenance</h2>
      <table class="facts record"><tbody>\(rows)</tbody></table>
      </section>
      """
  }
}
