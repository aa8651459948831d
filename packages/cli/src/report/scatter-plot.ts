import { scaleLinear } from "d3-scale";
import { requireNumbers } from "./require-numbers.ts";
import { coordinate, svg } from "./svg.ts";

/** Options of {@link scatterPlot}. */
export interface ScatterPlotOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Row-major points: x, y, x, y, … */
  readonly points: ArrayLike<number>;
  /** Both axes span from −extent to extent. Points outside are left out and counted in the description. */
  readonly extent: number;
  /** CSS class that colours the dots. */
  readonly className: string;
  /** At most this many points, the first, are drawn. Default 3000. */
  readonly maximum?: number;
}

const SIZE = 400;

/**
 * Points in a square as an SVG element.
 *
 * @throws {RangeError} if a coordinate is NaN, one is left over, or the extent is not positive.
 */
export function scatterPlot(options: ScatterPlotOptions): string {
  const { id, title, points, extent, className, maximum = 3000 } = options;
  requireNumbers("scatterPlot", "points", points);
  if (points.length % 2 !== 0) {
    throw new RangeError(`scatterPlot: points must hold an x and a y each, got ${points.length} numbers`);
  }
  if (!(extent > 0 && Number.isFinite(extent))) {
    throw new RangeError(`scatterPlot: extent must be positive, got ${extent}`);
  }
  const scale = scaleLinear([-extent, extent], [0, SIZE]);
  // A tenth of a unit is less than a pixel of any screen.
  const at = (value: number) => coordinate(Math.round(10 * scale(value)) / 10);
  const all = points.length / 2;
  const count = Math.min(maximum, all);
  let dots = "";
  let outside = 0;
  for (let i = 0; i < count; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    if (Math.abs(x) > extent || Math.abs(y) > extent) outside++;
    // A line of no length with round ends is a dot: the shortest way to write thousands of them.
    else dots += `M${at(x)} ${at(-y)}h0`;
  }
  const description =
    `${count.toLocaleString("en")} points${count < all ? `, the first of ${all.toLocaleString("en")}` : ""}` +
    `${outside > 0 ? `, ${outside.toLocaleString("en")} of them outside the frame` : ""}. Both axes go from ${coordinate(-extent)} to ${coordinate(extent)}.`;
  const body = `<rect class="frame" x="0.5" y="0.5" width="${SIZE - 1}" height="${SIZE - 1}"/><path class="dots ${className}" d="${dots}"/>`;
  return svg({ id, title, description, width: SIZE, height: SIZE, className: "scatter", body });
}
