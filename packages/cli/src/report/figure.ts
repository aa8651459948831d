import { type LegendItem, legend } from "./legend.ts";
import { escapeText } from "./svg.ts";

/** Options of {@link figure}. */
export interface FigureOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** HTML or SVG, safe already. */
  readonly content: string;
  readonly legend?: readonly LegendItem[];
  /** What there is to see, in plain words. */
  readonly caption: string;
  /** What would be bad to see. */
  readonly bad?: string;
  /** The same as a table: HTML, safe already. */
  readonly table?: string;
  /** CSS class, such as "wide" for across the whole page. */
  readonly className?: string;
}

/** A figure with its title, what its marks mean, what to see in it, what would be bad, and its numbers. */
export function figure(options: FigureOptions): string {
  const { id, title, content, caption, bad, table, className } = options;
  return (
    `<figure id="${id}"${className === undefined ? "" : ` class="${className}"`} aria-labelledby="${id}-heading">` +
    `<h3 id="${id}-heading">${escapeText(title)}</h3>` +
    (options.legend ? legend(options.legend) : "") +
    content +
    `<figcaption><p>${escapeText(caption)}</p>` +
    (bad === undefined ? "" : `<p class="bad"><strong>Bad would be:</strong> ${escapeText(bad)}</p>`) +
    "</figcaption>" +
    (table === undefined
      ? ""
      : `<details class="numbers"><summary>Numbers<span class="unseen"> of “${escapeText(title)}”</span></summary>${table}</details>`) +
    "</figure>"
  );
}

/** Figures side by side where the page is wide enough. `html` must be safe already. */
export function figures(html: readonly string[], { columns = 2 }: { readonly columns?: 2 | 3 } = {}): string {
  return `<div class="figures columns-${columns}">${html.join("")}</div>`;
}
