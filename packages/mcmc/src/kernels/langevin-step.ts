import { normal } from "../random/normal.ts";
import type { RandomStream } from "../random/random-stream.ts";
import { requirePositiveCount } from "../requirements.ts";
import type { GradientState, GradientTarget } from "./gradient-target.ts";
import type { Kernel, KernelStep } from "./kernel.ts";
import { after, type MaybePromise } from "./maybe-promise.ts";

/** Options of {@link langevin} and {@link mala}. */
export interface LangevinOptions {
  /** τ: a step follows the gradient by τ/2 times its length. Positive. */
  readonly stepSize: number;
  /** η: the standard deviation of the noise in each coordinate. Positive; default √τ. */
  readonly noiseScale?: number;
}

/** What becomes of a proposal x' = x + `drift`·∇log p(x) + `noiseScale`·noise. */
export type Decide = (
  state: GradientState,
  proposed: GradientState,
  streams: readonly RandomStream[],
  drift: number,
  noiseScale: number,
) => KernelStep<GradientState>;

/**
 * A kernel that proposes Langevin steps and leaves to `decide` what becomes of them. Chain i takes its noise from the next d values
 * of `streams[i]`; what `decide` takes comes after them. Where the log density is −∞ a gradient that is not finite counts as 0, unless
 * it must be finite `everywhere`.
 */
export function langevinKernel(
  caller: string,
  target: GradientTarget,
  options: LangevinOptions,
  decide: Decide,
  everywhere = false,
): Kernel<GradientState> {
  const { dimensions } = target;
  const { stepSize, noiseScale = Math.sqrt(stepSize) } = options;
  requirePositiveCount(caller, "dimensions", dimensions);
  requirePositive(caller, "stepSize", stepSize);
  requirePositive(caller, "noiseScale", noiseScale);
  const drift = stepSize / 2;

  const evaluate = (positions: Float64Array, place: string): MaybePromise<GradientState> =>
    after(target.logDensityAndGradient(positions), (result) => {
      requireLength(caller, "logDensities", result.logDensities, positions.length / dimensions);
      requireLength(caller, "gradients", result.gradients, positions.length);
      // Copies: a target may use its arrays again.
      const logDensities = new Float64Array(result.logDensities);
      const gradients = new Float64Array(result.gradients);
      for (let i = 0; i < logDensities.length; i++) {
        const logDensity = logDensities[i]!;
        requireFinite(caller, "log density", place, i, logDensity, true);
        for (let k = i * dimensions; k < (i + 1) * dimensions; k++) {
          if (logDensity === -Infinity && !everywhere && !Number.isFinite(gradients[k])) gradients[k] = 0;
          requireFinite(caller, "gradient", place, i, gradients[k]!);
        }
      }
      return { positions, logDensities, gradients };
    });

  return {
    dimensions,
    init(positions) {
      if (positions.length % dimensions !== 0) {
        throw new RangeError(
          `${caller}: positions must have a length that is a multiple of dimensions = ${dimensions}, got length ${positions.length}`,
        );
      }
      return evaluate(new Float64Array(positions), "position");
    },
    step(state, streams) {
      const { positions, gradients, logDensities } = state;
      requireLength(caller, "streams", streams, logDensities.length);
      const proposed = new Float64Array(positions.length);
      for (let i = 0, k = 0; i < streams.length; i++) {
        const random = streams[i]!;
        for (const end = k + dimensions; k < end; k++) {
          proposed[k] = positions[k]! + drift * gradients[k]! + noiseScale * normal(random);
        }
      }
      return after(evaluate(proposed, "proposal"), (next) => decide(state, next, streams, drift, noiseScale));
    },
  };
}

/** A finite number, or −∞ where that is allowed too. */
export function requireFinite(
  caller: string,
  quantity: string,
  place: string,
  chain: number,
  value: number,
  orMinusInfinity = false,
): void {
  if (!(Number.isFinite(value) || (orMinusInfinity && value === -Infinity))) {
    const needed = orMinusInfinity ? "finite or -Infinity" : "finite";
    throw new RangeError(
      `${caller}: the ${quantity} at the ${place} of chain ${chain} must be ${needed}, got ${String(value)}`,
    );
  }
}

export function requireLength(
  caller: string,
  argument: string,
  values: ArrayLike<unknown>,
  needed: number,
): void {
  if (values.length !== needed) {
    throw new RangeError(`${caller}: ${argument} must have length ${needed}, got length ${values.length}`);
  }
}

function requirePositive(caller: string, argument: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${caller}: ${argument} must be positive and finite, got ${String(value)}`);
  }
}
