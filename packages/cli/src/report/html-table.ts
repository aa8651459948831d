import { escapeText } from "./svg.ts";

/** Options of {@link htmlTable}. */
export interface HtmlTableOptions {
  /** What the table is called by those who hear it, and shown above it if `captionShown`. */
  readonly caption: string;
  readonly captionShown?: boolean;
  /** Heads of the columns; the first column holds names. */
  readonly header: readonly string[];
  /** Cells, plain text. */
  readonly rows: readonly (readonly string[])[];
}

/** A table that scrolls by itself where the page is narrow, with the keyboard too. */
export function htmlTable({ caption, captionShown = false, header, rows }: HtmlTableOptions): string {
  const head = header
    .map((cell) => (cell === "" ? "<td></td>" : `<th scope="col">${escapeText(cell)}</th>`))
    .join("");
  const body = rows
    .map(([name, ...cells]) => {
      const values = cells.map((cell) => `<td>${escapeText(cell)}</td>`).join("");
      return `<tr><th scope="row">${escapeText(name!)}</th>${values}</tr>`;
    })
    .join("");
  return scrollable(
    caption,
    `<table><caption${captionShown ? "" : ' class="unseen"'}>${escapeText(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

/** Content, safe already, that may be wider than the page. */
export function scrollable(label: string, html: string): string {
  return `<div class="scroll" role="region" aria-label="${escapeText(label)}" tabindex="0">${html}</div>`;
}
