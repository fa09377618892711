extension PageStyle {
  // Where the table does not fit, each hit is a card and the headings are a row of sort buttons.
  static let small = """
    @media screen and (max-width: 1340px) {
      #hits, #hits thead { display: block; }
      #hits thead { margin-bottom: 14px; }
      #hits thead::before { content: "Sort by"; font-size: 12.5px; color: var(--soft); }
      #hits thead tr { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 4px; }
      #hits th { position: static; box-shadow: none; border: 1px solid var(--line);
        border-radius: 4px; }
      #hits th[aria-sort] { border-color: var(--accent); }
      #hits th.structure { display: none; }
      #hits th button { padding: 5px 9px; white-space: nowrap; }
      #hits th:not([aria-sort]) button::after { content: none; }
      #hits tbody { display: grid; gap: 14px;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); }
      #hits tbody tr { display: grid; align-content: start; align-items: start; gap: 8px 6px;
        grid-template-columns: repeat(7, minmax(0, 1fr)); border: 1px solid var(--line);
        border-radius: 6px; padding: 12px 14px; content-visibility: auto;
        contain-intrinsic-size: auto 440px; grid-template-areas:
          "rank id id id id id id" "mol mol mol mol val val val" "mol mol mol mol near near near"
          "mol mol mol mol dom dom dom" "mw logp tpsa hbd hba rotb qed"
          "alert alert alert alert alert alert alert" "scaf scaf scaf scaf scaf scaf scaf"
          "why why why why why why why"; }
      #hits tbody tr:hover { background: none; }
      #hits td[role] { padding: 0; border: 0; min-width: 0; max-width: none; }
      #hits td.rank { grid-area: rank; text-align: left; font-size: 15px; }
      #hits td.compound { grid-area: id; }
      #hits td.structure { grid-area: mol; width: auto; }
      #hits td.prediction { grid-area: val; } #hits td.nearest { grid-area: near; }
      #hits td.domain { grid-area: dom; } #hits td.alerts { grid-area: alert; }
      #hits td.scaffold { grid-area: scaf; } #hits td.reason { grid-area: why; }
      #hits td.mw { grid-area: mw; } #hits td.logp { grid-area: logp; }
      #hits td.tpsa { grid-area: tpsa; } #hits td.hbd { grid-area: hbd; }
      #hits td.hba { grid-area: hba; } #hits td.rotb { grid-area: rotb; }
      #hits td.qed { grid-area: qed; }
      #hits tbody td::before { display: block; color: var(--soft); font-size: 11px;
        line-height: 1.3; text-align: left; }
      #hits td.mw, #hits td.logp, #hits td.tpsa, #hits td.hbd, #hits td.hba, #hits td.rotb,
      #hits td.qed { text-align: left; }
      td.mw::before { content: "MW"; } td.logp::before { content: "logP"; }
      td.tpsa::before { content: "TPSA"; } td.hbd::before { content: "HBD"; }
      td.hba::before { content: "HBA"; } td.rotb::before { content: "RotB"; }
      td.qed::before { content: "QED"; } td.domain::before { content: "In domain"; }
      td.nearest::before { content: "Nearest measured"; }
      td.prediction::before { content: "Predicted, 90 % interval"; }
      td.alerts::before { content: "Alerts"; } td.scaffold::before { content: "Scaffold"; }
      td.reason::before { content: "Why here"; }
      #hits div.structure { width: 100%; height: 132px; }
      #hits td .range { display: block; }
    }
    @media screen and (max-width: 980px) {
      .summary { grid-template-columns: minmax(0, 1fr); }
      .first { grid-row: auto; }
      .verdict .chart { max-width: 520px; }
    }
    @media screen and (max-width: 700px) {
      body { padding: 18px 16px 48px; }
      h1 { font-size: 24px; }
      .first ol { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
      .first li { padding: 8px 9px; }
      .first .structure { height: 92px; }
      .pair { grid-template-columns: minmax(0, 1fr); }
      .many { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 18px 14px; }
      .many .chart text { font-size: 17px; }
      .scores .chart text { font-size: 17px; }
      .find, .find input { width: 100%; } .find input { margin: 4px 0 0; }
      .tools output { margin-left: 0; }
      .record th, .record td { display: block; border-bottom: 0; padding: 0; }
      .record tr { display: block; padding: 6px 0; border-bottom: 1px solid var(--line); }
      main > section { margin-top: 40px; }
      .metrics th, .metrics td { padding-right: 14px; }
      .metrics td small, .metrics tbody th small { display: block; white-space: nowrap; }
    }

    """

  // On real paper: landscape, no tools, every structure drawn, headings on each sheet.
  static let paper = """
    @page { size: A4 landscape; margin: 11mm; }
    @media print {
      body { max-width: none; padding: 0; font-size: 9.5pt; }
      nav, .tools, .copy, .skip { display: none !important; }
      h1 { font-size: 18pt; } h2 { font-size: 13pt; }
      .summary { gap: 14px 28px; margin-top: 12px; padding-top: 12px; }
      .first .structure { height: 84px; }
      .first ol { gap: 8px; grid-template-columns: repeat(3, minmax(0, 1fr)); }
      .doubts ul { font-size: 9pt; }
      main > section { margin-top: 22px; }
      #candidates, #model, #library { break-before: page; }
      h2, h3, h4, .sub { break-after: avoid; }
      .metrics { break-inside: avoid; }
      .structure { content-visibility: visible; }
      #hits { font-size: 7.5pt; } #hits th { font-size: 7.5pt; position: static;
        box-shadow: none; border-bottom: 1.5px solid var(--ink); }
      #hits th button, #hits td { padding: 4px 3px; }
      #hits th button::after { content: none; }
      #hits tr, figure, .facts tr { break-inside: avoid; }
      #hits td.structure { width: 116px; } #hits div.structure { width: 112px; height: 80px; }
      #hits td.prediction { min-width: 100px; } .bar { width: 96px; height: 11px; }
      #hits td.compound { min-width: 80px; } #hits td.reason { min-width: 100px; }
      #hits td.nearest { min-width: 76px; } #hits td.scaffold { min-width: 60px; }
      #hits td code { font-size: 6.5pt; }
      .pair figure { max-width: 330px; } .scores { max-width: 440px; }
      .pair { margin-top: 12px; }
      .many { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px 20px; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
