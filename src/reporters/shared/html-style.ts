/** The look of the HTML format: light and dark, narrow and wide, on paper too. No script, nothing from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark;
  --ink: #1a2233; --soft: #5a6478; --line: #dde2ea; --page: #f5f7fa; --card: #ffffff;
  --good: #1a7f4b; --fair: #9a6700; --bad: #c4302b; --none: #6b7486; --accent: #2456c9;
  --good-bg: #e3f5ea; --fair-bg: #fdf1d3; --bad-bg: #fde5e3; --none-bg: #eceff4; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e6eaf2; --soft: #9aa5b8; --line: #2b3444; --page: #10151f; --card: #182030;
  --good: #5cd394; --fair: #e9b949; --bad: #ff8078; --none: #9aa5b8; --accent: #8ab0ff;
  --good-bg: #12351f; --fair-bg: #3a2e0c; --bad-bg: #421b19; --none-bg: #252e3d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
p { margin: .35rem 0; }
a { color: var(--accent); }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.lead { margin-top: 1.2rem; font-size: 1.05rem; }
.soft { color: var(--soft); } .small { font-size: .875rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem; margin-top: 1.5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem 1.25rem; }
.total { display: flex; gap: 1.1rem; align-items: center; }
.total svg { flex: none; width: 5.5rem; height: 5.5rem; }
.total .what { font-weight: 650; }
.ring { fill: none; stroke: var(--line); stroke-width: 9; }
.arc { fill: none; stroke-width: 9; stroke-linecap: round; }
.arc.good { stroke: var(--good); } .arc.fair { stroke: var(--fair); } .arc.bad { stroke: var(--bad); }
.total text { font: 700 27px system-ui, sans-serif; fill: var(--ink); text-anchor: middle; dominant-baseline: central; }
ol.steps { margin: 0; padding-left: 1.3rem; } ol.steps li { margin: .4rem 0; }
.check { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin: .6rem 0; }
.check > summary, .check > .row { display: grid; gap: .2rem .9rem; padding: .8rem 1.1rem; align-items: center;
  grid-template-columns: 3.1rem 15rem 5.5rem 1fr; list-style: none; }
.check > summary { cursor: pointer; }
.check > summary::-webkit-details-marker { display: none; }
.check > summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: .75rem; }
.check > summary .name::after { content: " \\25B8"; color: var(--soft); }
.check[open] > summary .name::after { content: " \\25BE"; }
.name { font-weight: 650; }
.pill { border-radius: 999px; font-weight: 700; text-align: center; padding: .1rem 0; }
.pill.good { background: var(--good-bg); color: var(--good); } .pill.fair { background: var(--fair-bg); color: var(--fair); }
.pill.bad { background: var(--bad-bg); color: var(--bad); } .pill.none { background: var(--none-bg); color: var(--none); }
.risk { font-size: .8rem; color: var(--soft); }
.reason { min-width: 0; overflow-wrap: anywhere; }
.body { padding: 0 1.1rem 1rem; border-top: 1px solid var(--line); }
.body h3 { font-size: .95rem; margin: 1rem 0 .3rem; }
.body ul { margin: .3rem 0; padding-left: 0; list-style: none; }
.body li { margin: .3rem 0; padding-left: 1.5rem; position: relative; overflow-wrap: anywhere; }
.body li::before { position: absolute; left: 0; font-weight: 700; }
li.warn::before { content: "\\2715"; color: var(--bad); } li.info::before { content: "\\2713"; color: var(--good); }
li.debug::before, li.step::before { content: "\\2022"; color: var(--soft); }
li.note::before { content: "\\2139"; color: var(--accent); }
.places { display: block; color: var(--soft); } .places > code { display: block; }
.remedy { display: block; white-space: pre-wrap; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media (max-width: 44rem) { .check > summary, .check > .row { grid-template-columns: 3.1rem 1fr; }
  .check .risk { grid-column: 2; } .check .reason { grid-column: 2; } main { padding-top: 1.5rem; } }
@media print { :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000;
  --good: #1a7f4b; --fair: #9a6700; --bad: #c4302b; --none: #6b7486;
  --good-bg: #fff; --fair-bg: #fff; --bad-bg: #fff; --none-bg: #fff; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  .check, .card { break-inside: avoid-page; } .check > summary .name::after { content: ""; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .pill { border: 1px solid; } a { color: inherit; text-decoration: none; } }
`;
