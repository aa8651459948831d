import { requireCount, requireRandom } from "../requirements.ts";
import type { Distribution } from "./distribution.ts";
import { gaussianMixture } from "./gaussian-mixture.ts";
import { standardNormal } from "./standard-normal.ts";

/** A piece of curve in the plane, walked along at constant rate of its parameter. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  point(parameter: number): readonly [x: number, y: number];
}

/** Nodes and weights of Gauss and Legendre's rule of four points on [-1, 1]. */
const NODES = [-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526];
const WEIGHTS = [0.3478548451374538, 0.6521451548625461, 0.6521451548625461, 0.3478548451374538];

/**
 * Points on one of some arcs, each as likely, at a uniform parameter, with Gaussian noise of a standard deviation on either axis.
 *
 * The density is an integral along the arcs. With eight nodes to a standard deviation of the noise it is a mixture of Gaussians to
 * nine digits and more, and is computed as such, when first asked for. Without noise there is none.
 */
export function noisyCurve(caller: string, arcs: readonly Arc[], noise: number): Distribution {
  if (!(noise >= 0 && noise < Infinity)) {
    throw new RangeError(`${caller}: noise must be a finite number from 0, got ${String(noise)}`);
  }

  function sample(count: number, random: () => number): Float64Array {
    requireCount("sample", "count", count);
    requireRandom("sample", random);
    const points = new Float64Array(2 * count);
    for (let at = 0; at < points.length; at += 2) {
      const arc = arcs[Math.floor(random() * arcs.length)]!;
      const [x, y] = arc.point(arc.from + (arc.to - arc.from) * random());
      points[at] = x + noise * standardNormal(random);
      points[at + 1] = y + noise * standardNormal(random);
    }
    return points;
  }

  let mixture: Distribution | undefined;
  function logDensity(points: ArrayLike<number>): Float64Array {
    if (noise === 0) throw new RangeError(`logDensity: noise must be above 0 for a density, got 0`);
    mixture ??= mixtureAlong(arcs, noise);
    return mixture.logDensity(points);
  }

  return { dimensions: 2, sample, logDensity, density: (points) => logDensity(points).map(Math.exp) };
}

function mixtureAlong(arcs: readonly Arc[], noise: number): Distribution {
  const means: number[] = [];
  const weights: number[] = [];
  for (const { from, to, point } of arcs) {
    const panels = Math.max(1, Math.ceil(lengthOf({ from, to, point }) / (noise / 2)));
    const half = (to - from) / panels / 2;
    for (let panel = 0; panel < panels; panel++) {
      NODES.forEach((node, i) => {
        means.push(...point(from + half * (2 * panel + 1 + node)));
        weights.push(WEIGHTS[i]! / panels);
      });
    }
  }
  return gaussianMixture({ means, dimensions: 2, sd: noise, weights });
}

/** The length of an arc, nearly. */
function lengthOf({ from, to, point }: Arc): number {
  const steps = 256;
  let length = 0;
  let [x, y] = point(from);
  for (let step = 1; step <= steps; step++) {
    const [nextX, nextY] = point(from + ((to - from) * step) / steps);
    length += Math.hypot(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return length;
}
