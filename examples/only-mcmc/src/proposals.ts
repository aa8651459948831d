import { normal } from "@mhgan/mcmc";
import type { Shape } from "./laplace.ts";
import type { Position } from "./posterior.ts";

/** What can be drawn, and whose log density is known up to a constant. */
export interface Proposal {
  propose(random: () => number): Position;
  logDensity(at: Position): number;
}

/** Normal with this shape. */
export function gaussianProposal(shape: Shape): Proposal {
  return {
    propose: (random) => stretch(shape, [normal(random), normal(random)]),
    logDensity: (at) => -squaredDistance(shape, at) / 2,
  };
}

/** Student's t with this shape: a normal divided by the root of an independent chi square over its degrees of freedom. */
export function studentProposal(shape: Shape, degreesOfFreedom: number): Proposal {
  return {
    propose: (random) => {
      const [x, y] = [normal(random), normal(random)];
      let chiSquare = 0;
      for (let i = 0; i < degreesOfFreedom; i++) chiSquare += normal(random) ** 2;
      const scale = Math.sqrt(degreesOfFreedom / chiSquare);
      return stretch(shape, [scale * x, scale * y]);
    },
    logDensity: (at) =>
      (-(degreesOfFreedom + 2) / 2) * Math.log1p(squaredDistance(shape, at) / degreesOfFreedom),
  };
}

function stretch({ centre, lower: [xx, yx, yy] }: Shape, [x, y]: Position): Position {
  return [centre[0] + xx * x, centre[1] + yx * x + yy * y];
}

/** From the centre, in units of the shape. */
function squaredDistance({ centre, lower: [xx, yx, yy] }: Shape, at: Position): number {
  const x = (at[0] - centre[0]) / xx;
  const y = (at[1] - centre[1] - yx * x) / yy;
  return x ** 2 + y ** 2;
}
