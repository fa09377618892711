/// The page's script: sorting, filtering and copying.
///
/// Without it the page reads the same.
enum PageScript {
  /// The whole script.
  static let text = #"""

    (() => {
      "use strict";
      const table = document.getElementById("hits");
      const body = table.tBodies[0];
      const rows = [...body.rows];
      const heads = [...table.tHead.rows[0].cells];
      const tools = document.querySelector(".tools");
      const search = document.getElementById("filter");
      const inDomain = document.getElementById("domain");
      const clean = document.getElementById("clean");
      const shown = document.getElementById("shown");
      const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
      const names = new Intl.Collator("en", { numeric: true });

      // Missing values stand last in either direction; ties keep the order of the ranks.
      const sort = (index, descending) => {
        const isNumber = heads[index].dataset.kind === "number";
        const keys = new Map(rows.map(row => {
          const cell = row.cells[index];
          const text = cell.dataset.v ?? cell.textContent.trim();
          return [row, text === "" ? null : isNumber ? Number(text) : text];
        }));
        const compare = isNumber ? (a, b) => a - b : names.compare;
        const ordered = [...rows].sort((a, b) => {
          const x = keys.get(a), y = keys.get(b);
          if (x === null || y === null) return (x === null) - (y === null);
          return descending ? compare(y, x) : compare(x, y);
        });
        body.append(...ordered);
        heads.forEach(head => head.removeAttribute("aria-sort"));
        heads[index].setAttribute("aria-sort", descending ? "descending" : "ascending");
      };

      const filter = () => {
        const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
        let count = 0;
        for (const row of rows) {
          const keep = words.every(word => texts.get(row).includes(word))
            && (!inDomain.checked || row.querySelector("td.domain").dataset.v === "1")
            && (!clean.checked || row.querySelector("td.alerts").dataset.v === "0");
          row.hidden = !keep;
          if (keep) count += 1;
        }
        shown.textContent = `${count} of ${rows.length} shown`;
      };

      heads.forEach((head, index) => {
        head.querySelector("button")?.addEventListener("click", () => {
          sort(index, head.getAttribute("aria-sort") === "ascending");
        });
      });
      body.addEventListener("click", async event => {
        const button = event.target.closest("button.copy");
        if (!button) return;
        const code = button.parentElement.querySelector("code");
        try {
          await navigator.clipboard.writeText(code.textContent);
          button.textContent = "copied";
        } catch {
          getSelection().selectAllChildren(code);
          button.textContent = "selected";
        }
        setTimeout(() => { button.textContent = "copy SMILES"; }, 1500);
      });
      tools.addEventListener("submit", event => event.preventDefault());
      search.addEventListener("input", filter);
      inDomain.addEventListener("change", filter);
      clean.addEventListener("change", filter);
      document.querySelectorAll(".copy").forEach(button => { button.hidden = false; });
      tools.hidden = false;
      filter();
    })();

    """#
}
