import type { Calibrator } from "@mhgan/calibration";
import {
  type MaybePromise,
  type RandomStream,
  randomStream,
  rejection,
  stratifiedAcceptance,
} from "@mhgan/mcmc";
import { batchOperations } from "../batch-operations.ts";
import { batchLength } from "../batch-rows.ts";
import { CalibratedGan, type GanSampleOptions, type GanSamples } from "../calibrated-gan.ts";
import type { PlainSamples } from "../plain-samples.ts";
import { rescoredGan } from "../rescored-gan.ts";
import { CHUNK } from "../sample-rows.ts";

/** Options of {@link stratifyGan}. */
export interface StratifyGanOptions<Batch> {
  /** The class of each sample, an integer from 0 below `classCount`: what a classifier names. It need not be right, only the same for all. */
  readonly classes: (batch: Batch) => MaybePromise<ArrayLike<number>>;
  /** How many classes there are. */
  readonly classCount: number;
  /** Held-out real samples, which say how large each class is to be. */
  readonly real: NoInfer<Batch> | PlainSamples;
  /** The mean probability of acceptance, in (0, 1]: 0.25 pays four proposals a draw. */
  readonly budget: number;
  /** Samples to generate, from which the rule is made. Default 16,384. */
  readonly pilotCount?: number;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /** Stops the work between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** A calibrated GAN that draws classes in the shares of the data. */
export interface StratifiedGan<Batch> {
  /** Share of each class among the real samples, and among those that the generator makes. */
  readonly shares: {
    /** Length `classCount`, adding up to 1. */
    readonly real: Float64Array;
    /** Length `classCount`, adding up to 1. */
    readonly generated: Float64Array;
  };
  /** The mean probability of acceptance in each class. 1 where the generator makes too few. */
  readonly rates: Float64Array;
  /** Draws, as `CalibratedGan.sample` does; each is the first proposal that the rule accepts. */
  sample(options: Omit<GanSampleOptions, "sampler">): Promise<GanSamples<Batch>>;
}

/**
 * Makes a calibrated GAN select within classes, and so mends what selection by weights alone cannot at a small budget: classes that the
 * generator makes too rarely.
 *
 * A proposal of a class that the generator makes at a thirtieth of its share deserves a weight of thirty times the usual, which a budget
 * of sixteen cuts off. Here each class has a budget of its own (see `stratifiedAcceptance`), so that draws have the
 * shares of the real samples, as far as there are proposals for it.
 *
 * @param calibrated - what `calibrateGan` gave.
 * @throws {RangeError} if an option is off, a class is not below `classCount`, or the real samples have no class that the generator makes.
 * @throws the signal's reason once `signal` is aborted.
 * @see Verine et al., "Optimal budgeted rejection sampling for generative models", AISTATS 2024, for the rule within a class.
 * @example
 * ```ts
 * import { calibrateGan, type Gan, stratifyGan } from "@mhgan/gan-core";
 * import { normal, type RandomStream, randomStream } from "@mhgan/mcmc";
 * // Half of the data are positive, a tenth of what the generator makes; its discriminator knows that.
 * const draw = (positive: number) => (count: number, random: RandomStream) =>
 *   Array.from({ length: count }, () => Math.abs(normal(random)) * (random() < positive ? 1 : -1));
 * const gan: Gan<number[]> = {
 *   output: "logit",
 *   generate: draw(0.1),
 *   score: (batch) => batch.map((x) => Math.log(x > 0 ? 0.5 / 0.1 : 0.5 / 0.9)),
 * };
 * const real = draw(0.5)(4000, randomStream("real"));
 * const calibrated = await calibrateGan(gan, { real, calibrator: "identity", seed: 1 });
 * const classes = (batch: number[]) => batch.map((x) => (x > 0 ? 1 : 0));
 * const { sample } = await stratifyGan(calibrated, { classes, classCount: 2, real, budget: 1 / 8, seed: 1 });
 * const { samples } = await sample({ draws: 1000, seed: 1 });
 * const share = samples.filter((x) => x > 0).length / 1000;
 * share > 0.4 && share < 0.6; // => true
 * ```
 */
export async function stratifyGan<Batch>(
  calibrated: CalibratedGan<Batch>,
  options: StratifyGanOptions<Batch>,
): Promise<StratifiedGan<Batch>> {
  const { classes, classCount, real, budget, pilotCount = 16_384, signal } = options;
  for (const [name, value] of Object.entries({ classCount, pilotCount })) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw new RangeError(`stratifyGan: ${name} must be an integer from 1, got ${value}`);
    }
  }
  const { gan } = calibrated;
  const batches = batchOperations(gan);
  const random = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  const classesOf = async (batch: Batch, count: number): Promise<ArrayLike<number>> => {
    const named = await classes(batch);
    const bad = Array.from(named).findIndex((k) => !(Number.isInteger(k) && k >= 0 && k < classCount));
    if (named.length !== count || bad !== -1) {
      const got = bad === -1 ? `${named.length} of them` : `${named[bad]} at index ${bad}`;
      throw new RangeError(
        `stratifyGan: classes must give ${count} integers from 0 to ${classCount - 1} for ${count} samples, got ${got}`,
      );
    }
    return named;
  };
  /** Runs through samples in parts, each of which is freed. */
  const inParts = async (
    count: number,
    make: (first: number, size: number) => MaybePromise<Batch>,
    use: (batch: Batch, first: number, size: number) => Promise<void>,
  ): Promise<void> => {
    for (let first = 0; first < count; first += CHUNK) {
      signal?.throwIfAborted();
      const size = Math.min(CHUNK, count - first);
      const batch = await make(first, size);
      try {
        await use(batch, first, size);
      } finally {
        batches.dispose(batch);
      }
    }
  };

  const realCount = batchLength(real);
  if (realCount === undefined || realCount === 0) {
    throw new RangeError("stratifyGan: real must be a list, { data, shape } or a tensor, and not empty");
  }
  const shares = { real: new Float64Array(classCount), generated: new Float64Array(classCount) };
  await inParts(
    realCount,
    (first, size) =>
      batches.take(
        real,
        Uint32Array.from({ length: size }, (_, i) => first + i),
      ),
    async (batch, _, size) => {
      for (const named of Array.from(await classesOf(batch, size))) shares.real[named]! += 1 / realCount;
    },
  );
  const logWeights = new Float64Array(pilotCount);
  const strata = new Uint32Array(pilotCount);
  await inParts(
    pilotCount,
    (first, size) => gan.generate(size, random.split("pilots").split(first / CHUNK)),
    async (batch, first, size) => {
      logWeights.set(calibrated.logWeights(await gan.score(batch)), first);
      strata.set(await classesOf(batch, size), first);
    },
  );
  for (const stratum of strata) shares.generated[stratum]! += 1 / pilotCount;
  const { rates, acceptance } = stratifiedAcceptance(logWeights, strata, { shares: shares.real, budget });

  const accepting = new CalibratedGan<Batch>(
    rescoredGan(gan, async (batch) => {
      const weights = calibrated.logWeights(await gan.score(batch));
      const named = await classesOf(batch, weights.length);
      return weights.map((logWeight, i) => Math.log(acceptance(logWeight, named[i]!)));
    }),
    real,
    {
      // No chain starts there.
      scores: { real: Float64Array.of(0), fake: new Float64Array(0) },
      pilotScores: logWeights.map((logWeight, i) => Math.log(acceptance(logWeight, strata[i]!))),
      calibrator: logProbabilities,
      fitSmooth: () => logProbabilities,
      logPrior: 0,
      report: calibrated.report,
    },
  );
  return {
    shares,
    rates,
    sample: (given) => accepting.sample({ ...given, sampler: rejection() }),
  };
}

/** Scores that are log probabilities of acceptance already. */
const logProbabilities: Calibrator = {
  kind: "identity",
  minLogOdds: -Infinity,
  maxLogOdds: 0,
  predict: (scores) => Float64Array.from(scores, Math.exp),
  logOdds: (scores) => Float64Array.from(scores),
  toJSON: () => ({ version: 1, kind: "identity" }),
};
