import { scaleLog } from "d3-scale";
import type { Tick } from "./axes.ts";
import { formatPower } from "./format-number.ts";

/** A logarithmic axis that also has a place for 0. */
export interface PositiveAxis {
  /** Where a value stands. What is below the floor stands on a line of its own, at the start. */
  readonly scale: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** Options of {@link positiveAxis}. */
export interface PositiveAxisOptions {
  /** What the axis has to show, ≥ 0. Infinities are passed over. */
  readonly values: readonly number[];
  /** Start and end in the picture. */
  readonly range: readonly [number, number];
  /** Smaller values are not told apart. Default: none, and values must be positive. */
  readonly floor?: number;
  /** The axis goes at least to here. */
  readonly include?: number;
}

/** Room between the line of what is below the floor and the start of the logarithms. */
const LANE = 26;

/** Makes the axis from what it has to show: domains end a little beyond the data, and ticks are 1, 2 and 5 or powers of ten, whichever fit. */
export function positiveAxis({ values, range, floor = 0, include }: PositiveAxisOptions): PositiveAxis {
  const shown = values.filter((value) => value > 0 && value >= floor && Number.isFinite(value));
  if (include !== undefined) shown.push(include);
  const hasLane = floor > 0 && values.some((value) => value < floor);
  // Down to the floor, so that the step from there to what is below it is the only break.
  if (hasLane) shown.push(floor);
  const least = shown.length > 0 ? Math.min(...shown) : 1;
  const most = shown.length > 0 ? Math.max(...shown) : 10;
  // At least half a decade, so that one value alone has an axis.
  const room = Math.max(1.12, Math.sqrt(Math.sqrt(10) / Math.max(1, most / least)));
  const [from, to] = range;
  const start = hasLane ? from + Math.sign(to - from) * LANE : from;
  const domain: [number, number] = [hasLane ? floor : least / room, most === include ? most : most * room];
  const log = scaleLog(domain, [start, to]);
  const ticks = tickValues(domain).map((value) => ({ position: log(value), label: formatPower(value) }));
  if (hasLane) ticks.unshift({ position: from, label: `< ${formatPower(floor)}` });
  return {
    scale: (value) =>
      hasLane && value < floor ? from : log(Math.min(Math.max(value, domain[0]), domain[1])),
    ticks,
  };
}

function tickValues([least, most]: readonly [number, number]): number[] {
  const powers: number[] = [];
  for (let exponent = Math.floor(Math.log10(least)); exponent <= Math.ceil(Math.log10(most)); exponent++)
    powers.push(exponent);
  const steps = Math.log10(most / least) <= 2.2 ? [1, 2, 5] : [1];
  const every = Math.ceil(powers.length / 8);
  return powers
    .filter((exponent) => exponent % every === 0)
    .flatMap((exponent) => steps.map((step) => Number(`${step}e${exponent}`)))
    .filter((value) => value >= least && value <= most);
}
