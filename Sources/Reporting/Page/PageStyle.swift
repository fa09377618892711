/// The page's style sheet, in the parts it is made of.
enum PageStyle {
  /// The whole sheet.
  static let text = [tones, ground, summary, table, charts, records, small, paper].joined()

  // Light and dark paper. Hits are blue and the library grey everywhere; orange means doubt.
  static let tones = """

    :root { --paper: #fff; --ink: #1d2126; --soft: #5c6570; --line: #dfe3e8; --wash: #f5f7f9;
      --accent: #0a5ea8; --doubt: #a94a00; --serious: #a3160f; --lib: #c3cad2; --hover: #eef4fa;
      --up1: #d3e5f7; --up2: #a3cbf0; --up3: #6dacE6; --down1: #fae0cc; --down2: #f5c199;
      --down3: #ec9c5e; --O: #c8102e; --N: #1f4fd8; --S: #8a7400; --F: #0b7d7d; --X: #16803a;
      --B: #7f4c19; --I: #7a1fb5; --P: #b35900; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --paper: #14171b; --ink: #e4e7eb; --soft: #9aa4af; --line: #2e353d; --wash: #1b2026;
        --accent: #6db3f2; --doubt: #f0a35e; --serious: #ff8f87; --lib: #4a535d; --hover: #1e2831;
        --up1: #1b3450; --up2: #20507f; --up3: #2a6db0; --down1: #46301d; --down2: #704520;
        --down3: #9b5b22; --O: #ff7d7d; --N: #8fb0ff; --S: #d9c54a; --F: #55cccc; --X: #62c987;
        --B: #d39a62; --I: #cf9bff; --P: #ffab5e; }
    }

    """

  static let ground = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; max-width: 1480px; padding: 28px 32px 64px; background: var(--paper);
      color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
      "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
      font-variant-numeric: tabular-nums; }
    h1, h2, h3, h4 { line-height: 1.2; margin: 0; font-weight: 650; text-wrap: balance; }
    h1 { font-size: 30px; letter-spacing: -.015em; }
    h2 { font-size: 20px; letter-spacing: -.005em; }
    h3 { font-size: 15px; }
    h4 { font-size: 13px; font-weight: 600; }
    p, ul, ol, figure { margin: 0; padding: 0; }
    a { color: var(--accent); }
    code { font: 12px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono",
      monospace; overflow-wrap: anywhere; unicode-bidi: isolate; }
    small { font-size: 12px; font-weight: 400; color: var(--soft); }
    .kicker { color: var(--soft); font-size: 13px; margin-bottom: 6px; }
    .lede { max-width: 78ch; margin-top: 8px; color: var(--soft); }
    .lede strong { color: var(--ink); font-weight: 600; }
    .sub { color: var(--soft); font-size: 13.5px; margin: 4px 0 14px; max-width: 120ch; }
    nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 12px; font-size: 13.5px; }
    nav a { text-decoration: none; padding: 2px 0; }
    nav a:hover { text-decoration: underline; }
    main > section { margin-top: 52px; }
    .id { font-weight: 600; overflow-wrap: anywhere; unicode-bidi: isolate; }
    .out { color: var(--doubt); font-weight: 600; }
    .none { color: var(--soft); }
    .skip { position: absolute; left: -999px; }
    .skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 6px 10px; z-index: 9; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }

    """

  private static let summary = """
    .summary { display: grid; grid-template-columns: minmax(0, 1.55fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr; gap: 24px 44px; margin-top: 22px; padding-top: 22px;
      border-top: 1px solid var(--line); }
    .first { grid-row: 1 / 3; }
    .first ol { list-style: none; display: grid; gap: 14px;
      grid-template-columns: repeat(3, minmax(0, 1fr)); }
    .first li { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px;
      min-width: 0; }
    .cardhead { display: flex; gap: 8px; align-items: baseline; font-size: 13px; }
    .cardhead .rank { color: var(--soft); min-width: 1.2em; }
    .first .id { display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical;
      overflow: hidden; }
    .first .structure { height: 116px; margin: 2px 0; }
    .value b { font-size: 20px; font-weight: 650; }
    .range, .near { color: var(--soft); font-size: 12.5px; }
    .near { line-height: 1.35; margin-top: 4px; }
    .verdict figcaption { margin-top: 2px; }
    .verdict h2, .doubts h2 { margin-bottom: 10px; }
    .doubts ul { list-style: none; font-size: 14px; line-height: 1.42; }
    .doubts li { padding: 0 0 7px 20px; position: relative; overflow-wrap: anywhere; }
    .doubts li::before { content: ""; position: absolute; left: 2px; top: .4em; width: 8px;
      height: 8px; border-radius: 50%; border: 2px solid var(--soft); }
    .doubts .caution::before { border-color: var(--doubt); background: var(--doubt); }
    .doubts .serious { color: var(--serious); }
    .doubts .serious::before { border-color: var(--serious); background: var(--serious);
      border-radius: 0; }

    """

  private static let table = """
    .tools { display: flex; flex-wrap: wrap; gap: 8px 22px; align-items: center;
      font-size: 13.5px; margin-bottom: 10px; }
    .tools[hidden] { display: none; }
    .find input { font: inherit; width: 290px; max-width: 100%; padding: 4px 8px; margin-left: 6px;
      color: inherit; background: var(--wash); border: 1px solid var(--line); border-radius: 4px; }
    .tools output { margin-left: auto; color: var(--soft); }
    #hits { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.38; }
    #hits th { text-align: left; vertical-align: bottom; padding: 0; font-weight: 600;
      font-size: 12.5px; line-height: 1.2; position: sticky; top: 0; z-index: 1;
      background: var(--paper); box-shadow: inset 0 -1.5px var(--ink); }
    #hits th.structure { padding: 8px 5px; }
    #hits th button { all: unset; box-sizing: border-box; width: 100%; padding: 8px 5px;
      cursor: pointer; }
    #hits th button:hover { color: var(--accent); }
    #hits th button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
    #hits th button::after { content: "\\2191"; visibility: hidden; margin-left: 2px; }
    #hits th[aria-sort] button::after { visibility: visible; color: var(--accent); }
    #hits th[aria-sort="descending"] button::after { content: "\\2193"; }
    #hits td { padding: 8px 5px; vertical-align: top; border-bottom: 1px solid var(--line); }
    #hits tr[hidden] { display: none; }
    #hits tbody tr:hover { background: var(--hover); }
    #hits .rank, #hits .mw, #hits .logp, #hits .tpsa, #hits .hbd, #hits .hba, #hits .rotb,
    #hits .qed { text-align: right; white-space: nowrap; }
    #hits td.rank { color: var(--soft); }
    #hits td.structure { padding: 2px 4px; width: 164px; }
    .structure { content-visibility: auto; contain-intrinsic-size: 156px 112px; }
    #hits div.structure { width: 156px; height: 112px; }
    #hits td.compound { min-width: 110px; max-width: 150px; }
    #hits td code { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical;
      overflow: hidden; font-size: 11px; color: var(--soft); }
    #hits td.prediction { min-width: 132px; }
    #hits td.prediction b { font-size: 15px; }
    #hits td.nearest { min-width: 118px; max-width: 150px; }
    #hits td.nearest .id { font-weight: 400; }
    #hits td.alerts { max-width: 130px; overflow-wrap: anywhere; }
    #hits td.scaffold { max-width: 130px; min-width: 80px; }
    #hits td.reason { min-width: 124px; max-width: 260px; overflow-wrap: anywhere; }
    .alert { color: var(--doubt); display: block; }
    .copy { font: inherit; font-size: 11.5px; padding: 1px 7px; margin-top: 4px; cursor: pointer;
      color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 4px; }
    .copy:hover { border-color: var(--accent); }
    .copy[hidden] { display: none; }

    """

  private static let charts = """
    svg { display: block; width: 100%; height: auto; }
    .mol { width: 100%; height: 100%; fill: none; stroke-width: 2; }
    .mol path { stroke-linecap: round; stroke-linejoin: round; }
    .mol path[class^="f"] { stroke: none; }
    .sC { stroke: var(--ink); } .fC { fill: var(--ink); }
    .sO { stroke: var(--O); } .fO { fill: var(--O); } .sN { stroke: var(--N); }
    .fN { fill: var(--N); } .sS { stroke: var(--S); } .fS { fill: var(--S); }
    .sF { stroke: var(--F); } .fF { fill: var(--F); } .sX { stroke: var(--X); }
    .fX { fill: var(--X); } .sB { stroke: var(--B); } .fB { fill: var(--B); }
    .sI { stroke: var(--I); } .fI { fill: var(--I); } .sP { stroke: var(--P); }
    .fP { fill: var(--P); } .sH { stroke: var(--soft); } .fH { fill: var(--soft); }
    .up1 { fill: var(--up1); } .up2 { fill: var(--up2); } .up3 { fill: var(--up3); }
    .down1 { fill: var(--down1); } .down2 { fill: var(--down2); } .down3 { fill: var(--down3); }
    .bar { width: 120px; height: 14px; margin-top: 3px; }
    .bar path, .rail { fill: none; }
    .rail { stroke: var(--line); stroke-width: 1; }
    .bar .span { stroke: var(--accent); stroke-width: 5; opacity: .35; }
    .bar .point { stroke: var(--accent); stroke-width: 2.5; }
    .chart text { font-size: 12.5px; fill: var(--soft); }
    .chart .mid { text-anchor: middle; } .chart .end { text-anchor: end; }
    .chart .name { fill: var(--ink); }
    .axis, .tick { stroke: var(--soft); fill: none; }
    .grid { stroke: var(--line); fill: none; }
    .lib { fill: var(--lib); } .hit { fill: var(--accent); }
    .hitline { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
    .identity { stroke: var(--soft); fill: none; stroke-dasharray: 5 4; }
    .bars { fill: none; stroke-width: 1; opacity: .28; stroke: var(--accent); }
    .dots { fill: none; stroke-linecap: round; stroke-width: 5; stroke: var(--accent); }
    .bars.missed { stroke: var(--doubt); opacity: .55; } .dots.missed { stroke: var(--doubt); }
    .dots.big { stroke-width: 10; }
    .curve { fill: none; stroke: var(--accent); stroke-width: 2; }
    .chart g text { fill: var(--ink); font-size: 14px; }
    .whisker { stroke-width: 3; stroke-linecap: round; fill: none; }
    .knob { stroke-width: 11; stroke-linecap: round; fill: none; }
    .base .whisker, .base .knob { stroke: var(--soft); }
    .model .whisker, .model .knob { stroke: var(--accent); }
    .chart .model text { font-weight: 650; }
    .key { padding: 0 5px; border-radius: 3px; color: var(--ink); }
    .key.up2 { background: var(--up2); } .key.down2 { background: var(--down2); }
    .key.missed { color: var(--doubt); padding: 0; font-weight: 600; }
    .key.libkey { background: var(--lib); }
    .key.hitkey { background: var(--accent); color: var(--paper); }
    .key.linekey { border: 2px solid var(--accent); padding: 0 4px; }
    figcaption { color: var(--soft); font-size: 13px; line-height: 1.45; margin-top: 6px; }
    figcaption b { color: var(--ink); }

    """

  private static let records = """
    .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 28px 56px;
      margin-top: 26px; }
    .pair figure { max-width: 560px; }
    .pair h3, .scores h3 { margin-bottom: 8px; }
    .scores { max-width: 640px; margin-top: 18px; }
    #library > h3 { margin-top: 32px; }
    .many { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr));
      gap: 24px 32px; }
    .many h4 { margin-bottom: 4px; }
    .wide { overflow-x: auto; }
    .metrics, .facts { border-collapse: collapse; font-size: 14px; }
    .metrics caption, .facts caption { text-align: left; color: var(--soft); font-size: 13px;
      padding-bottom: 6px; }
    .metrics th, .metrics td, .facts th, .facts td { text-align: left; padding: 6px 26px 6px 0;
      border-bottom: 1px solid var(--line); vertical-align: baseline; font-weight: 400; }
    .metrics thead th, .facts thead th { font-weight: 600; border-bottom-color: var(--ink); }
    .metrics thead small { display: block; }
    .metrics td { white-space: nowrap; }
    .metrics .best { font-weight: 650; }
    .facts td:nth-last-child(-n+2):not(:only-of-type) { text-align: right; padding-right: 12px; }
    .facts thead th:not(:first-child) { text-align: right; padding-right: 12px; }
    .facts { overflow-wrap: anywhere; }
    .record th { white-space: nowrap; color: var(--soft); }
    .record code { font-size: 13px; }
    #plan ul { padding-left: 1.2em; } #plan li { padding-bottom: 4px; }

    """
}
