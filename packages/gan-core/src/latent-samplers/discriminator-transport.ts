import type { Kernel, KernelState } from "@mhgan/mcmc";
import { requireOneOf, requirePositive, requirePositiveCount } from "../requirements.ts";
import { SampleSpace } from "../sample-space.ts";
import type { LatentSampler } from "./latent-sampler.ts";
import { lipschitzConstant } from "./lipschitz-constant.ts";
import { runChains } from "./run-chains.ts";

/** Options of {@link discriminatorTransport}. */
export interface DiscriminatorTransportOptions {
  /** What is moved: latents, or the samples themselves, which needs a GAN with a `dataSpace`. Default `"latent"`. */
  readonly space?: "latent" | "data";
  /** How it is moved. Default `"sgd"`, plain gradient descent, for latents, `"adam"` with β = (0, 0.9) for samples. */
  readonly optimizer?: "sgd" | "adam";
  /** Default 0.01. */
  readonly learningRate?: number;
  /** Default 20 for latents, 100 for samples. */
  readonly steps?: number;
  /** K. Default: the largest slope of the score over `pairs` pairs of fresh samples, in the space that is moved in. */
  readonly lipschitz?: number;
  /** Default 100. */
  readonly pairs?: number;
  /**
   * Whether latents keep their length, steps going along the sphere. Default true: in many dimensions normal latents have lengths near √d. Set
   * it to false where there are few.
   */
  readonly keepNorm?: boolean;
  /** Smallest and largest value that a coordinate of a sample may take, such as [−1, 1] for images. Data space only. */
  readonly bounds?: readonly [number, number];
}

/** Keeps the gradient of the distance finite, and not 0, at the start. */
const OFFSET = 0.001;

/**
 * Discriminator optimal transport (DOT): moves each sample to where the score, as the dual potential of optimal transport from generator
 * to data, says it belongs: x minimises |x − y + 0.001| − D(x)/K for the sample y it started as. Deterministic, once the starts are drawn.
 *
 * D is the raw score, as its critic or logit gives it; neither calibration nor its scale matters, for K, its largest slope, scales along. Where the
 * score is steeper than K the sample moves on, elsewhere it stays. A step costs one gradient evaluation.
 *
 * Of a perfect potential the minimum is not unique (the authors' erratum of 2023): a whole ray from y is as good, and it is the estimate of K
 * and the number of steps that end the move. So treat it as a refinement of samples.
 *
 * Against the authors' code, the part of the gradient along the latent is taken out exactly, and uniform latents move in normal coordinates
 * instead of being clipped.
 *
 * @throws {RangeError} if an option is off. `sample` throws it if K is to be estimated and all scores are equal.
 * @see Tanaka, "Discriminator optimal transport", NeurIPS 2019, algorithms 1 (data space) and 2 (latent space).
 * @example
 * ```ts given calibrated
 * import { discriminatorTransport } from "@mhgan/gan-core";
 * const sampler = discriminatorTransport({ space: "data", bounds: [-1, 1] });
 * const { samples, info } = await calibrated.sample({ draws: 64, sampler, seed: 1 });
 * info.statistics.lipschitz; // K
 * ```
 */
export function discriminatorTransport(options: DiscriminatorTransportOptions = {}): LatentSampler {
  const caller = "discriminatorTransport";
  const { space: where = "latent", learningRate = 0.01, lipschitz, pairs = 100, bounds } = options;
  requireOneOf(caller, "space", where, ["latent", "data"]);
  const isLatent = where === "latent";
  const { optimizer = isLatent ? "sgd" : "adam", steps = isLatent ? 20 : 100, keepNorm = isLatent } = options;
  requireOneOf(caller, "optimizer", optimizer, ["sgd", "adam"]);
  requirePositive(caller, "learningRate", learningRate);
  requirePositiveCount(caller, "steps", steps);
  requirePositiveCount(caller, "pairs", pairs);
  if (lipschitz !== undefined) requirePositive(caller, "lipschitz", lipschitz);
  if (keepNorm && !isLatent)
    throw new RangeError(`${caller}: keepNorm must be left out in data space, got true`);
  if (bounds !== undefined && (isLatent || !(bounds[0] < bounds[1]))) {
    throw new RangeError(
      `${caller}: bounds must be [smallest, largest], and left out in latent space, got [${bounds}]`,
    );
  }
  return {
    name: caller,
    async run(context) {
      const space = new SampleSpace(caller, context.gan, where, context);
      const slope =
        lipschitz ?? (await lipschitzConstant(caller, space, pairs, context.random.split("pairs")));
      const kernel = transportKernel(space, { slope, learningRate, optimizer, keepNorm, bounds });
      const run = await runChains(context, space, kernel, steps);
      return { ...run, statistics: { ...run.statistics, lipschitz: slope } };
    },
  };
}

/** Where samples are, where they came from, and what the optimiser remembers. */
interface TransportState extends KernelState {
  readonly origins: Float64Array;
  /** Mean squares of each coordinate's gradients. Only Adam has a use for them. */
  readonly squares: Float64Array;
  readonly steps: number;
}

/** Gradient descent on |x − y + 0.001| − D(x)/K, as a kernel that takes no random numbers. */
function transportKernel<Batch>(
  space: SampleSpace<Batch>,
  how: {
    readonly slope: number;
    readonly learningRate: number;
    readonly optimizer: "sgd" | "adam";
    readonly keepNorm: boolean;
    readonly bounds: readonly [number, number] | undefined;
  },
): Kernel<TransportState> {
  const { dimensions } = space;
  const { slope, learningRate, optimizer, keepNorm, bounds } = how;
  return {
    dimensions,
    init(positions) {
      const origins = new Float64Array(positions);
      return { positions: origins.slice(), origins, squares: new Float64Array(origins.length), steps: 0 };
    },
    async step(state) {
      const { origins } = state;
      const steps = state.steps + 1;
      const positions = state.positions.slice();
      const squares = state.squares.slice();
      const { gradients: rises } = await space.scoreGradients(positions);
      const gradient = new Float64Array(dimensions);
      const chains = positions.length / dimensions;
      for (let i = 0; i < chains; i++) {
        const first = i * dimensions;
        let distance = 0;
        for (let k = first; k < first + dimensions; k++)
          distance += (positions[k]! - origins[k]! + OFFSET) ** 2;
        distance = Math.sqrt(distance);
        for (let j = 0; j < dimensions; j++) {
          const k = first + j;
          const pull = distance > 0 ? (positions[k]! - origins[k]! + OFFSET) / distance : 0;
          gradient[j] = pull - rises[k]! / slope;
        }
        if (keepNorm) removeRadialPart(gradient, positions.subarray(first, first + dimensions));
        for (let j = 0; j < dimensions; j++) {
          const k = first + j;
          let move = gradient[j]!;
          if (optimizer === "adam") {
            // β₁ = 0: the mean of the gradients is the last one.
            squares[k] = 0.9 * squares[k]! + 0.1 * move * move;
            move /= Math.sqrt(squares[k]! / (1 - 0.9 ** steps)) + 1e-8;
          }
          const moved = positions[k]! - learningRate * move;
          positions[k] = bounds ? Math.min(bounds[1], Math.max(bounds[0], moved)) : moved;
        }
      }
      return {
        state: { positions, origins, squares, steps },
        info: {
          accepted: new Uint8Array(chains).fill(1),
          acceptanceProbabilities: new Float64Array(chains).fill(1),
          proposed: positions,
        },
      };
    },
  };
}

/** Takes the part along a position out of a vector. */
function removeRadialPart(vector: Float64Array, position: Float64Array): void {
  let along = 0;
  let square = 0;
  for (let j = 0; j < vector.length; j++) {
    along += vector[j]! * position[j]!;
    square += position[j]! ** 2;
  }
  if (square === 0) return;
  for (let j = 0; j < vector.length; j++) vector[j]! -= (along / square) * position[j]!;
}
