import { escapeText } from "./svg.ts";

/** A titled part of the report; `html` must be safe already. */
export interface ReportSection {
  readonly title: string;
  readonly html: string;
}

/** What {@link reportPage} shows. */
export interface ReportOptions {
  readonly title: string;
  /** One or two sentences that say what came out. */
  readonly summary: string;
  readonly sections: readonly ReportSection[];
  /** The run's record, embedded as JSON. */
  readonly manifest: object;
}

/** One self-contained HTML page: no network, no script that runs, light and dark. */
export function reportPage({ title, summary, sections, manifest }: ReportOptions): string {
  // "<" cannot stand in a script element's JSON as it is: a "</script>" inside a string would end it.
  const json = JSON.stringify(manifest, null, 2).replace(/</g, "\\u003c");
  const body = sections
    .map(({ title, html }) => `<section><h2>${escapeText(title)}</h2>${html}</section>`)
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
<p class="summary">${escapeText(summary)}</p>
${body}
<details><summary>Record of the run</summary><pre>${escapeText(JSON.stringify(manifest, null, 2))}</pre></details>
</main>
<script type="application/json" id="manifest">${json}</script>
</body>
</html>
`;
}

/** A table; the first column holds names. Cells are plain text. */
export function htmlTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = header.map((cell) => `<th scope="col">${escapeText(cell)}</th>`).join("");
  const body = rows
    .map(([name, ...cells]) => {
      const values = cells.map((cell) => `<td>${escapeText(cell)}</td>`).join("");
      return `<tr><th scope="row">${escapeText(name!)}</th>${values}</tr>`;
    })
    .join("");
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Figures side by side where the page is wide enough. `content` must be safe already. */
export function figures(items: readonly { readonly caption: string; readonly content: string }[]): string {
  const figure = ({ caption, content }: { caption: string; content: string }) =>
    `<figure>${content}<figcaption>${escapeText(caption)}</figcaption></figure>`;
  return `<div class="figures">${items.map(figure).join("")}</div>`;
}

/** A PNG as an image element. */
export function pngImage(png: Uint8Array, description: string): string {
  const data = Buffer.from(png).toString("base64");
  return `<img src="data:image/png;base64,${data}" alt="${escapeText(description)}">`;
}

const STYLE = `
:root { --ink: #1c2024; --quiet: #5b6570; --paper: #fcfcfb; --line: #d9dcdf; --real: #16794a; --gan: #b4540a; --mh: #1f5fbf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaec; --quiet: #9aa5b0; --paper: #15181b; --line: #363c42; --real: #4cc38a; --gan: #f19b52; --mh: #7db0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 1060px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 1.1rem; margin: 40px 0 12px; }
.summary { font-size: 1.1rem; max-width: 70ch; margin: 0; }
p { max-width: 75ch; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 20px; }
figure { margin: 0; }
figcaption { color: var(--quiet); font-size: 0.9rem; margin-top: 6px; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--quiet); font: 11px system-ui, sans-serif; }
svg.calibration { max-width: 460px; }
img { max-width: 100%; height: auto; image-rendering: pixelated; display: block; }
.frame { fill: none; stroke: var(--line); }
.dots { fill: none; stroke-width: 1.6; stroke-linecap: round; stroke-opacity: 0.7; }
.dots.real { stroke: var(--real); } .dots.gan { stroke: var(--gan); } .dots.mh { stroke: var(--mh); }
.grid { stroke: var(--line); fill: none; }
.diagonal { stroke: var(--quiet); stroke-dasharray: 4 4; }
.curve { fill: none; stroke-width: 2; }
.before { --colour: var(--gan); } .after { --colour: var(--mh); }
.before .curve, .after .curve { stroke: var(--colour); }
.before circle, .after circle { fill: var(--colour); }
.key-before { color: var(--gan); } .key-after { color: var(--mh); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child { text-align: left; font-weight: 600; }
thead th { color: var(--quiet); font-weight: 600; font-size: 0.9rem; }
details { margin-top: 40px; }
pre { overflow-x: auto; font-size: 0.8rem; color: var(--quiet); }
`.trim();
