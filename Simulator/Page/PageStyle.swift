/// How a report looks, on a screen and on paper.
public enum PageStyle {
  /// The style sheet of a page.
  public static let css = """
    :root { color-scheme: light; --ink: #1d2429; --soft: #5a6872; --line: #dfe5e9; }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 1060px; padding: 28px 32px 48px; color: var(--ink);
      background: #fff; font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
    h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
    h2 { font-size: 22px; margin: 0; }
    h3 { font-size: 15px; margin: 22px 0 6px; }
    h3 code { color: var(--soft); font-weight: normal; }
    code, pre { font: 0.88em/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
    pre { background: #f4f6f8; border: 1px solid var(--line); border-radius: 6px;
      padding: 10px 12px;
      white-space: pre-wrap; overflow-wrap: anywhere; }
    .lead { color: var(--soft); margin: 0 0 14px; max-width: 80ch; }
    .parts { color: var(--soft); margin: 2px 0 10px; }
    .answer { border-left: 4px solid #1565c0; background: #eef4fb; padding: 10px 16px;
      margin: 10px 0 16px; max-width: 84ch; border-radius: 0 6px 6px 0; }
    .objection { border-left: 4px solid #c62828; background: #fdeeee; padding: 10px 16px;
      margin: 10px 0; max-width: 84ch; border-radius: 0 6px 6px 0; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 10px 0;
      margin: 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line);
      font-size: 13px; }
    .legend i { display: inline-block; width: 12px; height: 12px; border-radius: 2px;
      margin-right: 6px; vertical-align: -1px; }
    section.page, section.part { margin-top: 36px; }
    figure { margin: 6px 0 18px; }
    figcaption { color: var(--soft); font-size: 13px; margin-top: 4px; }
    svg { width: 100%; height: auto; display: block;
      font: 13px system-ui, "DejaVu Sans", sans-serif; }
    svg .grid { stroke: var(--line); stroke-width: 1; }
    svg .tick { fill: var(--soft); font-size: 12px; }
    svg .label { fill: var(--ink); font-size: 13px; }
    svg .value { fill: var(--ink); font-size: 13px; font-weight: 600; }
    svg .life { fill: var(--soft); font-weight: 400; font-size: 12px; }
    table { border-collapse: collapse; width: 100%; font-size: 12px;
      font-variant-numeric: tabular-nums; }
    table + table { margin-top: 16px; }
    th, td { padding: 4px 5px; border-bottom: 1px solid var(--line); vertical-align: top; }
    thead th { text-align: left; color: var(--soft); font-weight: 600;
      border-bottom: 2px solid var(--line); vertical-align: bottom; }
    tbody th { text-align: left; font-weight: 600; }
    tbody th span { color: var(--soft); font-weight: normal; }
    td span { color: var(--soft); }
    table.rows td, table.rows thead th + th { text-align: right; }
    table.rows td.sum { font-weight: 600; white-space: nowrap; }
    table.rows td.sum span { font-weight: normal; display: block; }
    table.rows thead th span { display: inline-block; max-width: 9ch; }
    table.rows tbody th { min-width: 205px; }
    table.rows tbody th span { font-size: 11px; }
    table.figures th:first-child { width: 34%; }
    table.figures td.value { white-space: normal; min-width: 110px; }
    table.figures .band { display: block; font-size: 11.5px; }
    table.figures .source { color: var(--soft); overflow-wrap: anywhere; }
    .standing { font-size: 11px; border-radius: 9px; padding: 1px 8px; white-space: nowrap; }
    .standing.measured { background: #d7efdc; color: #175c2a; }
    .standing.published { background: #dcebfa; color: #124a86; }
    .standing.derived { background: #ece6f6; color: #4c2a86; }
    .standing.estimate { background: #fdebd2; color: #8a4b00; }
    .notes { margin-top: 32px; color: var(--soft); font-size: 13px; max-width: 92ch; }
    footer { margin-top: 32px; border-top: 1px solid var(--line); padding-top: 8px;
      font-size: 13px; }
    @media (max-width: 760px) {
      body { padding: 18px 14px 32px; }
      section.page, section.part { overflow-x: auto; }
      figure { min-width: 680px; }
    }
    @media print {
      @page { size: A4; margin: 14mm 12mm; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
      body { padding: 0; max-width: none; font-size: 10.5px; }
      h1 { font-size: 20px; }
      h2 { font-size: 15px; }
      section.page + section.page { break-before: page; }
      section.part { margin-top: 22px; }
      section.part figure + table { break-before: avoid; }
      figure, tr, table.rows, .answer, .objection, h2, h3 { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
      table { font-size: 8px; }
      th, td { padding: 2px 2.5px; }
      figcaption, .legend, .notes, footer { font-size: 9px; }
      table.rows tbody th { min-width: 118px; }
      table.rows tbody th span { font-size: 7.2px; }
      table.figures .band, .standing { font-size: 7.8px; }
      thead { display: table-header-group; }
    }
    """
}
