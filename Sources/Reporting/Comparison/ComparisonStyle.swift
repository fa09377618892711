/// The style sheet of the comparison page.
enum ComparisonStyle {
  static let text = PageStyle.tones + PageStyle.ground + own

  private static let own = """
    :root { --c0: #0a5ea8; --c1: #c25700; --c2: #16803a; --c3: #7a1fb5; --c4: #8a7400; --c5: #b0215e;
      --c6: #0b7d7d; --c7: #5c6570; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --c0: #6db3f2; --c1: #f0a35e; --c2: #62c987; --c3: #cf9bff; --c4: #d9c54a;
        --c5: #ff8fbf; --c6: #55cccc; --c7: #9aa4af; }
    }
    svg { display: block; width: 100%; height: auto; }
    .wide { overflow-x: auto; }
    .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 24px 48px; }
    .pair figure > svg { max-width: 560px; }
    .pair.stacked { grid-template-columns: minmax(0, 1fr); }
    .many { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr));
      gap: 24px 36px; margin: 24px 0; }
    .many figure { max-width: 400px; }
    .ranks { max-width: 860px; }
    section > h3 { margin-top: 24px; }
    figure h3 { margin-bottom: 8px; }
    table { border-collapse: collapse; font-size: 14px; }
    th, td { text-align: left; padding: 6px 18px 6px 0; border-bottom: 1px solid var(--line);
      vertical-align: baseline; font-weight: 400; }
    thead th { font-weight: 600; border-bottom-color: var(--ink); vertical-align: bottom; }
    .league td { white-space: nowrap; } .league td.words { white-space: normal; min-width: 30ch; }
    .league tr.ranks th, .league tr.ranks td { border-bottom: 0; color: var(--soft); }
    .mark { color: var(--accent); }
    .matrix { font-size: 13px; } .matrix th { white-space: nowrap; }
    .matrix td { padding: 5px 10px; white-space: nowrap; border: 1px solid var(--line); }
    .matrix th { padding: 5px 10px 5px 0; } .matrix td small { display: block; }
    .better { background: var(--up2); } .worse { background: var(--down2); }
    .small { background: var(--wash); }
    .key { padding: 0 5px; border-radius: 3px; font-weight: 600; color: var(--ink); }
    figcaption { color: var(--soft); font-size: 13px; line-height: 1.45; margin-top: 8px; }
    .chart text { font-size: 12.5px; fill: var(--soft); }
    .chart .mid { text-anchor: middle; } .chart .end { text-anchor: end; }
    .chart .name { fill: var(--ink); }
    .chart path { fill: none; }
    .chart .axis, .chart .tick { stroke: var(--soft); } .chart .grid { stroke: var(--line); }
    .chart .identity { stroke: var(--soft); stroke-dasharray: 5 4; }
    .chart .lead { stroke: var(--soft); } .chart .cd { stroke: var(--ink); stroke-width: 1.5; }
    .chart .join { stroke: var(--accent); stroke-width: 5; stroke-linecap: round; }
    .chart .box { fill: var(--up1); stroke: var(--accent); } .chart .median { stroke: var(--accent);
      stroke-width: 2; }
    .chart .dots { stroke: var(--ink); stroke-width: 4; stroke-linecap: round; opacity: .45; }
    .chart .span { stroke: var(--doubt); stroke-width: 3; stroke-linecap: round; }
    .line { stroke-width: 2; stroke-linejoin: round; }
    .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); stroke-dasharray: 7 3; }
    .c2 { stroke: var(--c2); stroke-dasharray: 2 3; } .c3 { stroke: var(--c3); }
    .c4 { stroke: var(--c4); stroke-dasharray: 7 3; } .c5 { stroke: var(--c5); }
    .c6 { stroke: var(--c6); stroke-dasharray: 2 3; } .c7 { stroke: var(--c7); }
    details { margin-top: 16px; max-width: 110ch; } summary { cursor: pointer; }
    details ul { padding: 6px 0 0 1.2em; font-size: 14px; }
    .facts code { font-size: 11.5px; } .facts th { white-space: nowrap; color: var(--soft); }
    @media (max-width: 900px) { .pair { grid-template-columns: minmax(0, 1fr); }
      body { padding: 20px 16px 48px; } }
    @media print { section { break-inside: avoid-page; } }

    """
}
