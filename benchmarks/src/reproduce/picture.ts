import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** A chart as a file: dark on white, so that it can be read on any page. */
export function picture(options: PlotOptions): string {
  const { document } = parseHTML("<html><body></body></html>");
  const chart = plot({
    width: 760,
    ...options,
    document: document as unknown as Document,
    style: { background: "white", color: "#1f2328", fontSize: "12px" },
  });
  chart.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  // The name of a class is a random number's, and the same data should give the same file.
  const text = chart.outerHTML.replaceAll(/plot-[0-9a-f]+/g, "plot");
  return `${text}\n`;
}
