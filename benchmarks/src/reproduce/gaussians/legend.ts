import { type Markish, text } from "@observablehq/plot";

/** One line above a chart that says what its marks mean, each entry in its colour. A legend of the library's own would not be part of the drawing. */
export function legend(entries: readonly { readonly label: string; readonly colour: string }[]): Markish[] {
  let dx = 0;
  return entries.map(({ label, colour }) => {
    const mark = text([label], {
      frameAnchor: "top-left",
      textAnchor: "start",
      dx,
      dy: -22,
      fill: colour,
      fontWeight: "bold",
    });
    // About as wide as the letters are.
    dx += 7.2 * label.length + 18;
    return mark;
  });
}
