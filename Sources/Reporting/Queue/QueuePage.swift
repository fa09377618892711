/// The first page: what is under way, what came of it, and where results are.
struct QueuePage {
  let view: QueueView

  func markup() -> Markup {
    """
    \(PageShell.head(title: "Osong", style: QueueStyle.text))
    <body>
    <header><p class="kicker">Osong</p><h1>Queue</h1>
    <p class="counts">\(counts)</p></header>
    <main>
    <section aria-labelledby="jobs"><h2 id="jobs">\(heading)</h2>\(table)\(older)</section>
    \(links("Nights", view.nights))
    \(links("Results", view.results))
    \(links("Models", view.models))
    </main>
    </body>
    </html>

    """
  }

  private var counts: Markup {
    if view.counts.isEmpty { return "The queue is empty." }
    let all: Markup = view.state == nil ? "" : "<a href=\"/\">all</a> "
    return all
      + view.counts.map { state, jobs -> Markup in
        """
        <a class="state \(state)" href="/?state=\(state)"><b>\(NumberText.grouped(jobs))</b> \(state)</a>
        """
      }.joined(by: " ")
  }

  private var heading: Markup {
    let user: Markup = view.user.map { " of \($0)" } ?? ""
    return view.state.map { "Jobs, \($0)\(user)" } ?? "Jobs\(user)"
  }

  private var table: Markup {
    if view.jobs.isEmpty { return "<p class=\"sub\">None.</p>" }
    return """
      <div class="scroll"><table class="queue"><thead><tr><th class="n">job</th><th>state</th>\
      <th>what</th><th>for</th><th>created</th><th>outcome</th></tr></thead><tbody>
      \(view.jobs.map(row))</tbody></table></div>
      """
  }

  private func row(_ job: JobView) -> Markup {
    """
    <tr><td class="n"><a href="/jobs/\(Int(job.id))">\(Int(job.id))</a></td>\
    <td><span class="state \(job.state)">\(job.state)</span>\(QueueStyle.bar(job))</td>\
    <td>\(job.title)</td><td>\(job.user)</td><td><small>\(job.created)</small></td>\
    <td class="outcome">\(String((job.outcome ?? "").prefix(160)))</td></tr>

    """
  }

  private var older: Markup {
    view.older.map { "<p class=\"sub\"><a rel=\"next\" href=\"\($0)\">older jobs</a></p>" } ?? ""
  }

  private func links(_ title: String, _ links: [ViewLink]) -> Markup {
    if links.isEmpty { return .empty }
    let items = links.map { link -> Markup in
      "<li><a href=\"\(link.address)\">\(link.text)</a> <small>\(link.note)</small></li>"
    }
    return "<section><h2>\(title)</h2><ul class=\"links\">\(items)</ul></section>"
  }
}

/// One job: how far it is, and what it says.
struct JobPage {
  let view: JobDetailView

  func markup() -> Markup {
    let job = view.job
    let isOpen = view.events != nil
    return """
      \(PageShell.head(
        title: "Job \(job.id)", style: QueueStyle.text, script: isOpen ? Self.script : "",
        connects: isOpen))
      <body>
      <header><p class="kicker"><a href="/">Queue</a></p><h1>Job \(Int(job.id)): \(job.title)</h1>
      <p class="lede"><span class="state \(job.state)" id="state">\(job.state)</span> \
      \(job.outcome ?? "")</p></header>
      <main><section>
      \(isOpen ? progress : "")
      <table class="queue"><tbody>\(facts)</tbody></table></section>
      <section><h2>What it said</h2>
      <pre id="log">\(view.lines.joined(separator: "\n"))</pre></section>
      </main>
      \(isOpen ? "<script>\(Markup(trusted: Self.script))</script>" as Markup : "")
      </body>
      </html>

      """
  }

  private var progress: Markup {
    let share = NumberText.plain(view.job.progress, decimals: 3)
    return """
      <p><progress id="progress" max="1" value="\(share)" data-events="\(view.events ?? "")">\
      \(NumberText.percent(view.job.progress))</progress> <small id="stage">read the page again to \
      see how far it is</small></p>
      """
  }

  private var facts: Markup {
    let job = view.job
    let rows: [(String, String?)] = [
      ("command", (["osong"] + job.command).joined(separator: " ")), ("for", job.user),
      ("created", job.created), ("begun", job.begun), ("ended", job.finished),
      ("attempt", "\(job.attempt)"), ("worker", job.worker),
    ]
    return rows.compactMap { name, value in
      value.map { "<tr><th scope=\"row\">\(name)</th><td><code>\($0)</code></td></tr>" as Markup }
    }.joined(by: "")
  }

  /// Follows the events of the job; each is one line of JSON.
  private static let script = """
    (function () {
      var bar = document.getElementById("progress"), stage = document.getElementById("stage");
      var source = new EventSource(bar.dataset.events);
      source.onmessage = function (event) {
        var job = JSON.parse(event.data);
        bar.value = job.progress;
        stage.textContent = Math.round(100 * job.progress) + " %";
        document.getElementById("state").textContent = job.state;
        if (["succeeded", "failed", "cancelled"].indexOf(job.state) >= 0) {
          source.close();
          location.reload();
        }
      };
    })();
    """
}

/// All nights of a store.
struct NightsPage {
  let view: NightsView

  func markup() -> Markup {
    """
    \(PageShell.head(title: "Nights of \(view.name)", style: QueueStyle.text))
    <body>
    <header><p class="kicker"><a href="/">Queue</a></p><h1>Nights of \(view.name)</h1></header>
    <main><section><div class="scroll"><table class="queue"><thead><tr><th class="n">night</th>\
    <th>day</th><th class="n">new</th><th class="n">known</th><th>lists</th></tr></thead><tbody>
    \(view.nights.map(row))</tbody></table></div>\
    \(view.older.map { "<p class=\"sub\"><a rel=\"next\" href=\"\($0)\">older nights</a></p>" } ?? "")
    </section></main>
    </body>
    </html>

    """
  }

  private func row(_ night: NightsView.Night) -> Markup {
    let lists = night.lists.map { list -> Markup in
      let links = list.links.map { "<a href=\"\($0.address)\">\($0.text)</a>" as Markup }
      return "<li>\(list.name): \(links.joined(by: ", "))</li>"
    }
    return """
      <tr><td class="n">\(night.number)</td><td>\(night.day)</td>\
      <td class="n">\(NumberText.grouped(night.newRows))</td>\
      <td class="n">\(NumberText.grouped(night.knownRows))</td><td><ul>\(lists)</ul></td></tr>

      """
  }
}

/// The style that the pages of the queue share.
enum QueueStyle {
  static let text =
    PageStyle.text + """
      .scroll { overflow-x: auto; }
      .queue { border-collapse: collapse; font-size: 13.5px; }
      .queue th, .queue td { text-align: left; padding: 5px 18px 5px 0; vertical-align: top;
        border-bottom: 1px solid var(--line); font-weight: 400; }
      .queue thead th { font-weight: 600; font-size: 12.5px; }
      .queue .n { text-align: right; white-space: nowrap; }
      .queue .outcome { max-width: 60ch; overflow-wrap: anywhere; }
      .queue ul, .links { list-style: none; padding: 0; }
      .counts { margin-top: 10px; }
      .state { white-space: nowrap; text-decoration: none; border-radius: 9px; padding: 1px 9px;
        font-size: 12.5px; border: 1.5px solid var(--line); color: var(--ink); }
      .state.running { border-color: var(--accent); color: var(--accent); }
      .state.failed { border-color: var(--serious); color: var(--serious); }
      svg.done { display: inline-block; width: 80px; height: 6px; margin-left: 8px; }
      svg.done .rail { stroke: var(--line); stroke-width: 6; }
      svg.done .fill { stroke: var(--accent); stroke-width: 6; }
      progress { width: 320px; max-width: 100%; accent-color: var(--accent); }
      pre { background: var(--wash); padding: 12px 14px; overflow-x: auto; font-size: 12.5px;
        line-height: 1.45; }

      """

  /// How far a running job is; nothing for others.
  static func bar(_ job: JobView) -> Markup {
    guard job.state == "running" else { return .empty }
    let width = NumberText.plain(80 * min(1, max(0, job.progress)), decimals: 1)
    return """
      <svg class="done" viewBox="0 0 80 6" role="img" aria-label="\(NumberText.percent(job.progress))">\
      <path class="rail" d="M0 3h80"/><path class="fill" d="M0 3h\(width)"/></svg>
      """
  }
}

extension Markup {
  static func + (left: Markup, right: Markup) -> Markup {
    var sum = left
    sum.append(right)
    return sum
  }
}
