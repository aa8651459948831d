import { type RandomStream, randomStream, type SampleProgress } from "@mhgan/mcmc";
import { batchOperations } from "./batch-operations.ts";
import type { Gan } from "./gan.ts";
import type { LatentRun, LatentSampler, LatentSamplerStatistics } from "./latent-samplers/latent-sampler.ts";
import type { LogWeight } from "./log-weight.ts";
import { requirePositiveCount } from "./requirements.ts";

/** Options of `sample` of a `CalibratedGan` with a latent-space sampler. */
export interface LatentSampleOptions {
  /** How many samples to give. */
  readonly draws: number;
  /** How latents become draws, for example `latentMala({ steps: 100 })`. */
  readonly sampler: LatentSampler;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /** At most this many samples go through the models in one call, and as many chains move together. Default 4096. */
  readonly batchSize?: number;
  /** Stops the run between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called as the chains move on. */
  readonly onProgress?: (progress: SampleProgress) => void;
}

/** Options of {@link sampleLatents}. */
export interface SampleLatentsOptions extends LatentSampleOptions {
  /** What a score says about log p(x)/q(x): a `CalibratedGan`, `scoresAsLogWeights`, or a function of your own. */
  readonly logWeight: LogWeight;
}

/** The record of a run of a latent-space sampler. */
export interface LatentSampleInfo {
  /** The name of the sampler. */
  readonly sampler: string;
  /** log p(x)/q(x) of each draw. */
  readonly logWeights: Float64Array;
  /** What the run cost and how it went. */
  readonly statistics: LatentSamplerStatistics;
}

/** What a latent-space sampler gives. */
export interface LatentSamples<Batch> {
  /** The draws, in order. Yours to dispose, where batches need that. */
  readonly samples: Batch;
  /** The latent vector of each draw, row after row: what the generator's `decode` takes. Undefined where the samples themselves were moved. */
  readonly latents?: Float32Array;
  /** What the run took. */
  readonly info: LatentSampleInfo;
}

/**
 * Draws samples with a latent-space sampler and any log weight, calibrated or not. `sample` of a `CalibratedGan` does the same with its own.
 *
 * Draw i is the end of a chain of its own and works from `stream.split(i)` alone, so it does not depend on the batch size or on how many
 * draws there are (as far as the model gives a row the same score whatever the other rows are).
 *
 * @param gan - with what the sampler follows, such as `latent.scoreGradients`.
 * @throws {TypeError} if the GAN lacks what the sampler needs: a `latent`, its `scoreGradients`, or a `dataSpace`.
 * @throws {RangeError} if an option is off, or a score or gradient is not finite.
 * @throws the signal's reason once `signal` is aborted.
 * @example
 * ```ts given gan
 * import { latentLangevin, sampleLatents, scoresAsLogWeights } from "@mhgan/gan-core";
 * // A Wasserstein critic as an energy.
 * const { samples } = await sampleLatents(gan, { draws: 64, sampler: latentLangevin(), logWeight: scoresAsLogWeights, seed: 1 });
 * ```
 */
export async function sampleLatents<Batch>(
  gan: Gan<Batch>,
  options: SampleLatentsOptions,
): Promise<LatentSamples<Batch>> {
  const { draws, sampler, logWeight, seed, batchSize = 4096, signal, onProgress } = options;
  requirePositiveCount("sample", "draws", draws);
  requirePositiveCount("sample", "batchSize", batchSize);
  const random = typeof seed === "function" ? seed : randomStream(seed);
  const run = await sampler.run({ gan, logWeight, draws, random, batchSize, signal, onProgress });
  const { space, statistics } = run;
  const positions = Float32Array.from(run.positions);
  const { samples, scores } = await decodeDraws(gan, space, positions, batchSize, signal);
  return {
    samples,
    ...(space.toLatents && { latents: space.toLatents(positions) }),
    info: {
      sampler: sampler.name,
      logWeights: Float64Array.from(logWeight.logWeights(scores)),
      statistics,
    },
  };
}

/** The samples at some positions as one batch, with their scores. */
async function decodeDraws<Batch>(
  gan: Gan<Batch>,
  space: LatentRun<Batch>["space"],
  positions: Float32Array,
  batchSize: number,
  signal: AbortSignal | undefined,
): Promise<{ samples: Batch; scores: Float64Array }> {
  const { concat, dispose } = batchOperations(gan);
  const { dimensions } = space;
  const draws = positions.length / dimensions;
  const scores = new Float64Array(draws);
  const parts: Batch[] = [];
  let samples: Batch | undefined;
  try {
    for (let begin = 0; begin < draws; begin += batchSize) {
      signal?.throwIfAborted();
      const end = Math.min(begin + batchSize, draws);
      const part = await space.decode(positions.slice(begin * dimensions, end * dimensions));
      parts.push(part);
      scores.set(await gan.score(part), begin);
    }
    samples = await concat(parts);
    return { samples, scores };
  } finally {
    for (const part of parts) if (part !== samples) dispose(part);
  }
}
