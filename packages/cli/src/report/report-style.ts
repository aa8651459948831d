/** The style sheet of a report: light and dark, narrow and wide, on screen and on paper. */
export const reportStyle: string = `
:root { color-scheme: light dark; --paper: #fdfdfc; --raised: #f5f6f6; --ink: #1b1f24; --quiet: #57606a; --line: #dfe3e6; --axis: #8b949e;
  --real: #0f766e; --gan: #b4540a; --draws: #1f5fbf; --fine: #166534; --off: #b42318; --warn: #fff6e5; --shade: #1b1f2433; --warn-line: #d9930d; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --raised: #1c2024; --ink: #e9ecef; --quiet: #a3adb8; --line: #30363d; --axis: #6e7781;
    --real: #45c4b0; --gan: #f2a05c; --draws: #82b4ff; --fine: #6cd391; --off: #ff9088; --warn: #2b2312; --shade: #000a; --warn-line: #c78a1b; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; overflow-wrap: anywhere; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
header, main, footer { max-width: 1112px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 56px; }
main:focus { outline: none; }
h1, h2, h3, .facts dd, .value { text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.2rem + 2.4vw, 2.7rem); line-height: 1.14; letter-spacing: -.02em; margin: 0 0 16px; max-width: 27ch; font-weight: 700; }
h2 { font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; margin: 0 0 12px; }
h3 { font-size: 1rem; line-height: 1.35; margin: 0 0 6px; }
p { margin: 0 0 12px; max-width: 68ch; }
a { color: var(--draws); text-underline-offset: 3px; }
.kind { color: var(--quiet); font-size: .82rem; letter-spacing: .08em; text-transform: uppercase; margin: 0 0 10px; }
.summary { text-wrap: pretty; font-size: clamp(1.08rem, 1rem + .45vw, 1.28rem); line-height: 1.5; color: var(--ink); max-width: 62ch; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 150px), 1fr)); gap: 14px 28px; margin: 28px 0 0; padding: 18px 0; border-block: 1px solid var(--line); }
.facts dt { color: var(--quiet); font-size: .8rem; line-height: 1.35; }
.facts dd { margin: 2px 0 0; font-size: 1.02rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.warnings { margin: 24px 0 0; padding: 16px 20px; background: var(--warn); border-left: 4px solid var(--warn-line); }
.warnings h2 { font-size: 1.02rem; margin: 0 0 6px; }
.warnings ul { margin: 0; padding-left: 1.2em; max-width: 78ch; font-size: .95rem; overflow-wrap: anywhere; }
nav ol { display: flex; flex-wrap: wrap; gap: 4px 22px; list-style: none; margin: 22px 0 0; padding: 0; font-size: .95rem; }
nav a { display: inline-block; padding: 4px 0; }
section { margin-top: 64px; }
.lead { color: var(--quiet); margin-bottom: 24px; }
.figures { display: grid; gap: 44px 40px; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 620px) { .columns-3 { grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: 28px; } }
@media (min-width: 820px) { .columns-2 { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
figure { margin: 0; min-width: 0; }
@supports (grid-template-rows: subgrid) {
  /* Heads, legends, pictures and captions of neighbours stand level. */
  @media (min-width: 620px) { .columns-3 figure { display: grid; grid-template-rows: subgrid; grid-row: span 3; row-gap: 0; align-content: start; } }
  @media (min-width: 820px) { .columns-2 figure:not(.wide) { display: grid; grid-template-rows: subgrid; grid-row: span 5; row-gap: 0; grid-template-columns: minmax(0, 1fr); } }
}
figure.wide { grid-column: 1 / -1; }
figcaption { color: var(--quiet); font-size: .9rem; line-height: 1.5; margin-top: 10px; }
figcaption p { margin: 0 0 6px; }
.bad strong { color: var(--ink); font-weight: 600; }
.kind-real h3::before, .kind-gan h3::before, .kind-draws h3::before { content: ""; display: block; border-top: 4px solid; margin-bottom: 10px; }
.kind-real h3::before { border-color: var(--real); } .kind-gan h3::before { border-color: var(--gan); border-top-style: dashed; } .kind-draws h3::before { border-color: var(--draws); border-top-style: double; }
svg { width: 100%; height: auto; display: block; overflow: visible; }
svg.calibration, svg.histogram { max-width: 560px; }
svg.swatch { width: 28px; height: 16px; flex: none; }
svg.interval { width: 112px; height: 14px; margin: 4px 0 0 auto; }
svg text { fill: var(--quiet); font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
@media (min-width: 820px) { svg text { font-size: 11.5px; } }
svg .axis-title { fill: var(--ink); font-weight: 600; }
svg .name { fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; } svg .chosen { font-weight: 700; }
img { width: 100%; height: auto; image-rendering: pixelated; display: block; }
.real { color: var(--real); } .gan, .before { color: var(--gan); } .draws, .after { color: var(--draws); }
.frame { fill: none; stroke: var(--line); }
.dots { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-opacity: .75; }
.grid { stroke: var(--line); fill: none; } .axis, .tick { stroke: var(--axis); fill: none; }
.diagonal { stroke: var(--quiet); stroke-dasharray: 5 4; fill: none; }
.line, .whisker, .span { fill: none; stroke: currentColor; }
.line { stroke-width: 2; stroke-linejoin: round; } .dashed { stroke-dasharray: 5 3; } .whisker { stroke-width: 1.3; } .span { stroke-width: 2.5; }
.front { stroke-width: 1.5; stroke-opacity: .55; }
.area { fill: currentColor; fill-opacity: .2; stroke: none; }
.band { fill: currentColor; fill-opacity: .16; }
.mark { fill: currentColor; } .hollow { fill: var(--paper); stroke: currentColor; stroke-width: 1.8; }
.stem { stroke: currentColor; stroke-width: 9; stroke-opacity: .55; }
.marked { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 2 3; fill: none; }
.column { fill: currentColor; fill-opacity: 0; } .column:hover { fill-opacity: .08; }
.legend { display: flex; flex-wrap: wrap; align-content: start; align-items: start; gap: 4px 18px; list-style: none; margin: 0 0 10px; padding: 0; font-size: .86rem; line-height: 1.4; color: var(--quiet); }
.legend li { display: flex; align-items: center; gap: 8px; }
.scroll { overflow-x: auto; position: relative; background:
  linear-gradient(to right, var(--paper) 40%, transparent) left / 36px 100% no-repeat local, linear-gradient(to left, var(--paper) 40%, transparent) right / 36px 100% no-repeat local,
  linear-gradient(to right, var(--shade), transparent) left / 14px 100% no-repeat scroll, linear-gradient(to left, var(--shade), transparent) right / 14px 100% no-repeat scroll; }
.figures + .scroll { margin-top: 36px; }
table { border-collapse: collapse; font-size: .93rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); font-size: .88rem; padding-bottom: 8px; }
th, td { padding: 8px 0 8px 22px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; overflow-wrap: break-word; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { color: var(--quiet); font-weight: 600; font-size: .86rem; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 9em; overflow-wrap: anywhere; }
th small, td small { display: block; font-weight: 400; font-size: .8rem; color: var(--quiet); white-space: nowrap; }
.text { text-align: left; }
.evaluation { width: 100%; } .evaluation .value { white-space: nowrap; } .best .value { font-weight: 700; }
.checks { width: 100%; } .checks tbody th { font-weight: 400; } .checks small { white-space: normal; } .checks td { white-space: nowrap; }
.star { margin-right: 5px; color: var(--draws); }
.fine { color: var(--fine); white-space: nowrap; } .off { color: var(--off); font-weight: 700; white-space: nowrap; }
.quiet { color: var(--quiet); }
.note { color: var(--quiet); font-size: .9rem; margin: 10px 0 0; max-width: 78ch; }
details.numbers { margin-top: 6px; font-size: .9rem; }
summary { position: relative; cursor: pointer; color: var(--draws); padding: 4px 0; width: fit-content; }
details .scroll { max-height: 340px; overflow: auto; border-block: 1px solid var(--line); }
details table { font-size: .85rem; } details th, details td { padding-block: 4px; }
pre { overflow: auto; max-height: 70vh; font: .8rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--raised); padding: 16px; margin: 12px 0 0; border: 1px solid var(--line); }
footer { margin-top: 72px; padding-bottom: 48px; } footer p { border-top: 1px solid var(--line); padding-top: 14px; color: var(--quiet); font-size: .88rem; max-width: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
caption.unseen { padding: 0; }
.skip { position: absolute; left: 12px; top: -60px; background: var(--paper); padding: 8px 14px; z-index: 1; } .skip:focus { top: 12px; }
:focus-visible { outline: 3px solid var(--draws); outline-offset: 3px; }
section, figure { scroll-margin-top: 16px; }
.narrow-only { display: none; }
@media (max-width: 699px) {
  .wide-only { display: none; } .narrow-only { display: block; }
  header, main, footer { padding-inline: 20px; } header { padding-top: 32px; } section { margin-top: 52px; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px 18px; }
  th, td { padding-left: 16px; }
  .checks th, .checks td { padding-left: 10px; } .checks tbody th { min-width: 0; } .checks td { white-space: normal; } .checks { font-size: .87rem; }
  .evaluation th:first-child { position: sticky; left: 0; background: var(--paper); min-width: 6.4em; max-width: 8em; padding-right: 8px; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (prefers-contrast: more) { :root { --quiet: var(--ink); --line: var(--axis); } }
@media (forced-colors: active) { .line, .whisker, .dots, .stem { stroke: CanvasText; } .mark { fill: CanvasText; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --raised: #fff; --ink: #000; --quiet: #444; --line: #ccc; --axis: #777;
    --real: #0f766e; --gan: #b4540a; --draws: #1f5fbf; --fine: #166534; --off: #b42318; --warn: #fff; --warn-line: #d9930d; }
  body { font-size: 10.5pt; } header, main, footer { max-width: none; padding: 0; } nav, .skip, details.numbers { display: none; }
  section { margin-top: 28pt; } figure, tr, .warnings, .facts { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .columns-2 { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 24pt 20pt; } .columns-3 { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .scroll, pre { overflow: visible; max-height: none; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 7.5pt; }
  .narrow-only { display: none; } .wide-only { display: block; }
  details.record::details-content { content-visibility: visible; block-size: auto; }
}
`.trim();
