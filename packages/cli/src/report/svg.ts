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

/** A picture with what it says in words. */
export interface SvgOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What a reader who does not see the picture has to know. */
  readonly description: string;
  /** SVG, safe already. */
  readonly body: string;
  readonly className?: string;
}

/** An SVG element that scales with its place and is read aloud as one image. */
export function svg({ id, width, height, title, description, body, className }: SvgOptions): string {
  return (
    `<svg${className === undefined ? "" : ` class="${className}"`} viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">` +
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-desc">${escapeText(description)}</desc>${body}</svg>`
  );
}

/** A text at a place. `anchor` default: "start". */
export function svgText(
  x: number,
  y: number,
  text: string,
  {
    anchor = "start",
    className,
  }: { readonly anchor?: "start" | "middle" | "end"; readonly className?: string } = {},
): string {
  const attributes = `${anchor === "start" ? "" : ` text-anchor="${anchor}"`}${className === undefined ? "" : ` class="${className}"`}`;
  return `<text x="${coordinate(x)}" y="${coordinate(y)}"${attributes}>${escapeText(text)}</text>`;
}
