import { escapeText } from "./svg.ts";

/** A series and how it is drawn. */
export interface LegendItem {
  readonly label: string;
  /** Class that colours it. */
  readonly className: string;
  /** SVG in a box of 28 × 16, safe already. */
  readonly swatch: string;
}

/** What the marks of a figure mean. In HTML, so that it wraps and keeps its size on a small screen. */
export function legend(items: readonly LegendItem[]): string {
  const item = ({ label, className, swatch }: LegendItem) =>
    `<li><svg class="swatch ${className}" viewBox="0 0 28 16" aria-hidden="true">${swatch}</svg>${escapeText(label)}</li>`;
  return `<ul class="legend">${items.map(item).join("")}</ul>`;
}
