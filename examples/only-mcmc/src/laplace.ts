import type { Position } from "./posterior.ts";

/** A Gaussian shape in two dimensions: its centre, and the lower triangle L of the covariance L Lᵀ. */
export interface Shape {
  readonly centre: Position;
  readonly lower: readonly [xx: number, yx: number, yy: number];
}

/**
 * The Laplace approximation: the mode of a log density, found by Newton's method, and the inverse of its curvature there.
 *
 * @param start - near enough to the mode that the log density is concave from there on.
 * @throws {Error} where it is not.
 */
export function laplaceApproximation(logDensity: (at: Position) => number, start: Position): Shape {
  let [x, y] = start;
  for (let step = 0; ; step++) {
    const { gradient, curvature } = derivatives(logDensity, [x, y]);
    const [xx, xy, yy] = curvature;
    const determinant = xx * yy - xy ** 2;
    if (!(xx > 0 && determinant > 0)) {
      throw new Error(`laplaceApproximation: the log density is not concave at [${x}, ${y}]`);
    }
    if (step === 20) {
      const side = Math.sqrt(yy / determinant);
      const slope = -xy / determinant / side;
      return { centre: [x, y], lower: [side, slope, Math.sqrt(xx / determinant - slope ** 2)] };
    }
    x += (yy * gradient[0] - xy * gradient[1]) / determinant;
    y += (xx * gradient[1] - xy * gradient[0]) / determinant;
  }
}

/** The gradient and minus the matrix of second derivatives, by central differences. */
function derivatives(logDensity: (at: Position) => number, [x, y]: Position) {
  const h = 1e-3;
  const f = (i: number, j: number): number => logDensity([x + i * h, y + j * h]);
  const centre = f(0, 0);
  return {
    gradient: [(f(1, 0) - f(-1, 0)) / (2 * h), (f(0, 1) - f(0, -1)) / (2 * h)] as const,
    curvature: [
      (2 * centre - f(1, 0) - f(-1, 0)) / h ** 2,
      (f(1, -1) + f(-1, 1) - f(1, 1) - f(-1, -1)) / (4 * h ** 2),
      (2 * centre - f(0, 1) - f(0, -1)) / h ** 2,
    ] as const,
  };
}
