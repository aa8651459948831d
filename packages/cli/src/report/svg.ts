/** Text made safe inside HTML and SVG, also inside a quoted attribute. */
export function escapeText(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** A number with at most two decimals, for coordinates. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}
