/** One step of an optimizer in float64, written straight from a paper's pseudocode: changes the weights in place. */
export type ReferenceStep = (weights: Float64Array, gradient: Float64Array) => void;

/** Makes the steps of one variable, given its shape. */
export type ReferenceOptimizer = (shape: readonly number[]) => ReferenceStep;

interface Betas {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay?: number;
}

/** Kingma and Ba, algorithm 1, with the decay of Loshchilov and Hutter, algorithm 2. */
export const referenceAdam =
  ({ learningRate, beta1, beta2, epsilon, weightDecay = 0 }: Betas): ReferenceOptimizer =>
  (shape) => {
    const m = zeros(shape);
    const v = zeros(shape);
    let t = 0;
    return (theta, g) => {
      t += 1;
      for (let i = 0; i < theta.length; i++) {
        m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
        v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
        const mHat = m[i]! / (1 - beta1 ** t);
        const vHat = v[i]! / (1 - beta2 ** t);
        const update = mHat / (Math.sqrt(vHat) + epsilon) + weightDecay * theta[i]!;
        theta[i] = theta[i]! - learningRate * update;
      }
    };
  };

/** Liu et al., algorithm 2, with the decay, the threshold 5 and the place of epsilon of the authors' code. */
export const referenceRectifiedAdam =
  ({ learningRate, beta1, beta2, epsilon, weightDecay = 0 }: Betas): ReferenceOptimizer =>
  (shape) => {
    const m = zeros(shape);
    const v = zeros(shape);
    const rhoInfinity = 2 / (1 - beta2) - 1;
    let t = 0;
    return (theta, g) => {
      t += 1;
      const rho = rhoInfinity - (2 * t * beta2 ** t) / (1 - beta2 ** t);
      for (let i = 0; i < theta.length; i++) {
        m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
        v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
        const mHat = m[i]! / (1 - beta1 ** t);
        const decayed = theta[i]! * (1 - learningRate * weightDecay);
        if (rho > 5) {
          const l = Math.sqrt(1 - beta2 ** t) / (Math.sqrt(v[i]!) + epsilon);
          const r = Math.sqrt(
            ((rho - 4) / (rhoInfinity - 4)) * ((rho - 2) / (rhoInfinity - 2)) * (rhoInfinity / rho),
          );
          theta[i] = decayed - learningRate * r * mHat * l;
        } else {
          theta[i] = decayed - learningRate * mHat;
        }
      }
    };
  };

/** Zhang et al., algorithm 1. */
export const referenceLookahead =
  (inner: ReferenceOptimizer, k: number, alpha: number): ReferenceOptimizer =>
  (shape) => {
    const step = inner(shape);
    let phi: Float64Array | undefined;
    let t = 0;
    return (theta, g) => {
      phi ??= theta.slice();
      step(theta, g);
      t += 1;
      if (t % k !== 0) return;
      for (let i = 0; i < theta.length; i++) {
        phi[i] = phi[i]! + alpha * (theta[i]! - phi[i]!);
        theta[i] = phi[i]!;
      }
    };
  };

/** Yong et al., equation 1: the column means of the gradient as a matrix are taken off. */
export const referenceCentralization =
  (inner: ReferenceOptimizer): ReferenceOptimizer =>
  (shape) => {
    const step = inner(shape);
    const columns = shape.at(-1)!;
    return (theta, g) => {
      const centred = g.slice();
      if (shape.length > 1) {
        const rows = g.length / columns;
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let i = 0; i < rows; i++) sum += g[i * columns + j]!;
          for (let i = 0; i < rows; i++) centred[i * columns + j] = g[i * columns + j]! - sum / rows;
        }
      }
      step(theta, centred);
    };
  };

function zeros(shape: readonly number[]): Float64Array {
  return new Float64Array(shape.reduce((size, side) => size * side, 1));
}
