import { createHash } from "node:crypto";
import { reportStyle } from "./report-style.ts";
import { escapeText } from "./svg.ts";

/** A titled part of the report; `html` must be safe already. */
export interface ReportSection {
  /** Unique in the page; links lead to it. */
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** What {@link reportPage} shows. */
export interface ReportPageOptions {
  readonly title: string;
  readonly summary: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly warnings: readonly string[];
  readonly sections: readonly ReportSection[];
}

/** One self-contained HTML page without a script. Its own policy forbids it the network and all scripts. */
export function reportPage({ title, summary, facts, warnings, sections }: ReportPageOptions): string {
  const hash = createHash("sha256").update(reportStyle).digest("base64");
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const contents = sections
    .map(({ id, title: name }) => `<li><a href="#${id}">${escapeText(name)}</a></li>`)
    .join("");
  const body = sections
    .map(
      ({ id, title: name, html }) =>
        `<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${escapeText(name)}</h2>${html}</section>`,
    )
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<link rel="icon" href="data:,">
<style>${reportStyle}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<p class="kind">mhgan report</p>
<h1>${escapeText(title)}</h1>
<p class="summary">${escapeText(summary)}</p>
${factList(facts)}${warningList(warnings)}${sections.length > 1 ? `<nav aria-label="Contents"><ol>${contents}</ol></nav>` : ""}
</header>
<main id="content" tabindex="-1">
${body}
</main>
<footer><p>This file is complete in itself: it needs no network and runs no script.</p></footer>
</body>
</html>
`;
}

function factList(facts: ReportPageOptions["facts"]): string {
  if (facts.length === 0) return "";
  const items = facts.map(
    ([name, value]) => `<div><dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd></div>`,
  );
  return `<dl class="facts">${items.join("")}</dl>\n`;
}

function warningList(warnings: readonly string[]): string {
  if (warnings.length === 0) return "";
  const items = warnings.map((warning) => `<li>${escapeText(warning)}</li>`).join("");
  return `<aside class="warnings" aria-labelledby="warnings-heading"><h2 id="warnings-heading"><span aria-hidden="true">⚠ </span>${warnings.length === 1 ? "A reason" : `${warnings.length} reasons`} to be careful</h2><ul>${items}</ul></aside>\n`;
}
