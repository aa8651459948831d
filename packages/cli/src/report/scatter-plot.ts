import { scaleLinear } from "d3-scale";
import { coordinate, escapeText } from "./svg.ts";

/** Options of {@link scatterPlot}. */
export interface ScatterPlotOptions {
  readonly title: string;
  /** Row-major points: x, y, x, y, … */
  readonly points: ArrayLike<number>;
  /** Both axes span from −extent to extent. Points outside are left out and counted in the description. */
  readonly extent: number;
  /** CSS class that colours the dots. */
  readonly className: string;
  /** Width and height in pixels. Default 300. */
  readonly size?: number;
  /** At most this many points, the first, are drawn. Default 3000. */
  readonly maximum?: number;
}

/** Points in a square as an SVG element. */
export function scatterPlot(options: ScatterPlotOptions): string {
  const { title, points, extent, className, size = 300, maximum = 3000 } = options;
  const scale = scaleLinear([-extent, extent], [0, size]);
  const count = Math.min(maximum, points.length / 2);
  let dots = "";
  let outside = 0;
  for (let i = 0; i < count; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    if (Math.abs(x) > extent || Math.abs(y) > extent) outside++;
    // A line of no length with round ends is a dot: the shortest way to write thousands of them.
    else dots += `M${coordinate(scale(x))} ${coordinate(scale(-y))}h0`;
  }
  const description = `${title}: ${count} points${outside > 0 ? `, ${outside} of them outside the frame` : ""}`;
  return `<svg class="scatter" viewBox="0 0 ${size} ${size}" role="img" aria-label="${escapeText(description)}"><rect class="frame" x="0.5" y="0.5" width="${size - 1}" height="${size - 1}"/><path class="dots ${className}" d="${dots}"/></svg>`;
}
