import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
} from "d3-shape";
import { coordinate as at } from "./svg.ts";

/** Shapes of points: what tells series apart besides colour. */
export type MarkerShape = "circle" | "diamond" | "square" | "star" | "triangle";

const types: Readonly<Record<MarkerShape, SymbolType>> = {
  circle: symbolCircle,
  diamond: symbolDiamond,
  square: symbolSquare,
  star: symbolStar,
  triangle: symbolTriangle,
};

/** A point. `inner` is safe SVG inside it, such as a title. */
export function marker(
  shape: MarkerShape,
  x: number,
  y: number,
  {
    area = 52,
    className = "mark",
    inner = "",
  }: { readonly area?: number; readonly className?: string; readonly inner?: string } = {},
): string {
  const path = symbol(types[shape], area).digits(1)() ?? "";
  return `<path class="${className}" transform="translate(${at(x)} ${at(y)})" d="${path}"${inner === "" ? "/>" : `>${inner}</path>`}`;
}

/** A vertical bar with ends, from low to high: the interval of a point. */
export function whisker(x: number, yLow: number, yHigh: number): string {
  return `<path class="whisker" d="M${at(x - 4)} ${at(yLow)}h8m-4 0V${at(yHigh)}m-4 0h8"/>`;
}
