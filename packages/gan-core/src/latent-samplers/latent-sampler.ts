import type { RandomStream, SampleProgress } from "@mhgan/mcmc";
import type { Gan } from "../gan.ts";
import type { LogWeight } from "../log-weight.ts";
import type { SampleSpace } from "../sample-space.ts";

/**
 * A sampler that moves through the latent space, or through that of the samples, along gradients of the score: what `sample` of a
 * `CalibratedGan` takes besides the selectors of `@mhgan/mcmc`. Each draw is the end of a chain of its own.
 */
export interface LatentSampler {
  /** The name of the function that made it, for records and errors. */
  readonly name: string;
  /** Runs one chain for each draw. */
  run<Batch>(context: LatentSamplerContext<Batch>): Promise<LatentRun<Batch>>;
}

/** What a {@link LatentSampler} works with. */
export interface LatentSamplerContext<Batch> {
  /** The GAN. Its `latent.scoreGradients`, or those of `data`, are what the sampler follows. */
  readonly gan: Gan<Batch>;
  /** What makes log weights of raw scores. */
  readonly logWeight: LogWeight;
  /** How many chains. */
  readonly draws: number;
  /** Chain i takes its random numbers from `split(i)` alone; what all chains share, from splits by name. */
  readonly random: RandomStream;
  /** At most this many samples go through the models in one call. */
  readonly batchSize: number;
  /** Stops the run between two batches: the promise then rejects with its reason. */
  readonly signal: AbortSignal | undefined;
  /** Called as the chains move on. */
  readonly onProgress: ((progress: SampleProgress) => void) | undefined;
}

/** Where the chains of a run ended, and its record. */
export interface LatentRun<Batch> {
  /** What positions mean. */
  readonly space: Pick<SampleSpace<Batch>, "dimensions" | "decode" | "toLatents">;
  /** One row for each draw. */
  readonly positions: Float64Array;
  /** What the run cost and how it went. */
  readonly statistics: LatentSamplerStatistics;
}

/** What happened in a run of a {@link LatentSampler}. */
export interface LatentSamplerStatistics {
  /** Steps of each chain. */
  readonly steps: number;
  /** log p(x)/q(x) of the sample that each chain started from: a plain sample of the generator. */
  readonly startLogWeights: Float64Array;
  /** Share of its steps that each chain accepted; 1 where nothing is ever rejected. For `latentIteratedSirMala` the share of the last local steps. */
  readonly acceptanceRates: Float64Array;
  /** Mean length of the steps of each chain, in the coordinates it moves in; a rejected step has length 0. */
  readonly stepLengths: Float64Array;
  /** Share of its global steps that took each chain to a new position, for `latentIteratedSirMala`. */
  readonly moveRates?: Float64Array;
  /** The step size of `latentMala` and `latentIteratedSirMala`, given or tuned. */
  readonly stepSize?: number;
  /** The Lipschitz constant that `discriminatorTransport` divided scores by. */
  readonly lipschitz?: number;
  /** Samples that went through the models forward only, in all: starts, and candidates of `latentIteratedSirMala`. */
  readonly evaluations: number;
  /** Samples that went through the models forward and backward, in all. Each costs about three of the others. */
  readonly gradientEvaluations: number;
}
