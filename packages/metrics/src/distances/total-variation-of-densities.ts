import { requirePositiveCount } from "../requirements.ts";

/** Where two densities are compared. */
export interface TotalVariationOfDensitiesOptions {
  /** Where the range starts that holds both distributions, all but 0.0001 of each. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** How many equal steps the range is cut into, an integer from 1. Default: 10,000. */
  readonly points?: number;
}

/** How far the integral of a density may be from 1. */
const TOLERANCE = 1e-4;

/**
 * The total variation between two distributions on the line whose densities are known: `½ ∫ |p − q|`.
 *
 * Both densities are read at equal steps and taken as straight lines in between, also where they cross. The error shrinks
 * with the square of the step. For samples, compare `histogram` and exact masses by `totalVariation` instead.
 *
 * @param p - the density of one distribution, from 0.
 * @param q - the density of the other.
 * @returns a number in [0, 1]; the same if p and q change places. O(points).
 * @throws {RangeError} if `from` is not below `to`, the points are no integer from 1, a density is negative or not finite,
 * or its integral over the range is not within 0.0001 of 1.
 * @see Levin and Peres, Markov chains and mixing times, section 4.1.
 * @example
 * ```ts
 * import { totalVariationOfDensities } from "@mhgan/metrics";
 * const normal = (mean: number) => (x: number) => Math.exp(-0.5 * (x - mean) ** 2) / Math.sqrt(2 * Math.PI);
 * totalVariationOfDensities(normal(0), normal(1), { from: -8, to: 9 }); // ≈ 0.382925
 * totalVariationOfDensities(normal(0), normal(1), { from: 0, to: 9 }); // throws RangeError: totalVariationOfDensities: p must
 * ```
 */
export function totalVariationOfDensities(
  p: (x: number) => number,
  q: (x: number) => number,
  options: TotalVariationOfDensitiesOptions,
): number {
  const { from, to, points = 10_000 } = options;
  requirePositiveCount("totalVariationOfDensities", "points", points);
  if (!(Number.isFinite(to - from) && from < to)) {
    throw new RangeError(
      `totalVariationOfDensities: from must be below to, both finite, got ${String(from)} and ${String(to)}`,
    );
  }
  const step = (to - from) / points;
  let massOfP = 0;
  let massOfQ = 0;
  let distance = 0;
  let before = 0;
  for (let i = 0; i <= points; i++) {
    const x = i === points ? to : from + i * step;
    const densityOfP = densityAt("p", p, x);
    const densityOfQ = densityAt("q", q, x);
    const share = i === 0 || i === points ? 0.5 : 1;
    massOfP += share * densityOfP;
    massOfQ += share * densityOfQ;
    const here = densityOfP - densityOfQ;
    if (i > 0) distance += meanSize(before, here) / 2;
    before = here;
  }
  requireUnitMass("p", massOfP * step, options);
  requireUnitMass("q", massOfQ * step, options);
  return Math.min(distance * step, 1);
}

/** The mean size of a straight line from one height to another. */
function meanSize(a: number, b: number): number {
  const sum = Math.abs(a) + Math.abs(b);
  // A line through 0 leaves two triangles, a² and b² in proportion.
  return a * b < 0 ? (a * a + b * b) / (2 * sum) : sum / 2;
}

function densityAt(argument: string, density: (x: number) => number, x: number): number {
  const value = density(x);
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(
      `totalVariationOfDensities: ${argument}(${x}) must be finite and not negative, got ${String(value)}`,
    );
  }
  return value;
}

function requireUnitMass(
  argument: string,
  mass: number,
  { from, to }: TotalVariationOfDensitiesOptions,
): void {
  if (Math.abs(mass - 1) > TOLERANCE) {
    throw new RangeError(
      `totalVariationOfDensities: ${argument} must have integral 1 from ${from} to ${to}, got ${mass}`,
    );
  }
}
