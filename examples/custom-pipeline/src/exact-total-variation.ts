import type { Generator } from "./gaussian-generator.ts";
import { moons } from "./moons.ts";

/**
 * The total variation between the data and the law of the generator's rows, or of those that are accepted, by summing over a fine grid. Only an
 * example knows both densities; what it shows is how far predictions from scores can be trusted.
 *
 * @param acceptance - of rows of points, each in [0, 1]. Default: all are accepted.
 */
export function exactTotalVariation(
  { law }: Generator,
  acceptance: (points: Float64Array) => ArrayLike<number> = ({ length }) =>
    new Float64Array(length / 2).fill(1),
): number {
  const step = 0.06;
  const cells: number[] = [];
  for (let x = -3.5; x <= 4.5; x += step) for (let y = -2.5; y <= 3; y += step) cells.push(x, y);
  const points = Float64Array.from(cells);
  const accepted = acceptance(points);
  const normalised = (masses: Float64Array): Float64Array => {
    const total = masses.reduce((sum, mass) => sum + mass);
    return masses.map((mass) => mass / total);
  };
  const data = normalised(moons.density(points));
  const drawn = normalised(law.density(points).map((density, i) => density * accepted[i]!));
  return data.reduce((sum, mass, i) => sum + Math.abs(mass - drawn[i]!), 0) / 2;
}
