import {
  integer,
  type ProposalRequest,
  type RandomStream,
  randomStream,
  selectionProbabilities,
} from "@mhgan/mcmc";
import { kishEffectiveSampleSize } from "@mhgan/mcmc/diagnostics";
import type { Drawn, GanProposals } from "./gan-proposals.ts";
import { makePause } from "./pause.ts";
import { requireOneOf, requirePositiveCount } from "./requirements.ts";

/** Options of {@link CalibratedGan.sampleWeighted}. */
export interface WeightedSampleOptions {
  /** How many samples the generator makes in all. */
  readonly proposals: number;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /**
   * K: how many proposals a Metropolis-Hastings chain sees. Then each proposal's weight is the probability that it is the draw of its chain.
   * Default: no chains; all proposals are weighted by p/q.
   */
  readonly chainLength?: number;
  /**
   * Where the weight of a chain's real start goes: `"same-proposals"` (default) to a second chain over the proposals, as
   * `metropolisHastings` does; `"never"` leaves it to the real sample, which is then among the samples, and estimates are of the exact law.
   */
  readonly restart?: "same-proposals" | "never";
  /** About how many samples are generated and scored in one call, where the GAN has latents. Default 4096. */
  readonly batchSize?: number;
  /** Stops the run between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (progress: WeightedSampleProgress) => void;
}

/** How far a run with weights is. */
export interface WeightedSampleProgress {
  /** Samples generated so far. */
  readonly proposals: number;
  /** Samples to generate in all. */
  readonly totalProposals: number;
}

/** The record of a run with weights. */
export interface WeightedSampleInfo {
  /** Weight of each sample; they sum to 1. Of a quantity f the estimate is Σ weights[i] f(sample i). */
  readonly weights: Float64Array;
  /** log p(x)/q(x) of each sample. */
  readonly logWeights: Float64Array;
  /** Kish's effective sample size of the weights: about how many unweighted draws they are worth. */
  readonly effectiveSampleSize: number;
  /** Samples generated for all this. Those of weight 0 are not among the samples given. */
  readonly proposals: number;
}

/** What has a weight: a proposal or a real sample. */
export interface WeightedDraws<Batch> {
  readonly draws: readonly Drawn<Batch>[];
  readonly info: WeightedSampleInfo;
}

const CALLER = "sampleWeighted";

/** Proposals of one request where there are no chains: so few that a GAN without latents makes them in one call. */
const RUN = 256;

/**
 * Proposals with weights instead of draws: by p/q, or by the exact law of the draws of chains.
 *
 * @internal
 */
export async function weightedDraws<Batch>(
  source: GanProposals<Batch>,
  realLogWeights: Float64Array,
  options: WeightedSampleOptions,
): Promise<WeightedDraws<Batch>> {
  const { proposals, chainLength, restart = "same-proposals" } = options;
  const { batchSize = 4096, signal, onProgress } = options;
  const stream = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  requirePositiveCount(CALLER, "proposals", proposals);
  requirePositiveCount(CALLER, "batchSize", batchSize);
  requireOneOf(CALLER, "restart", restart, ["same-proposals", "never"]);
  if (chainLength !== undefined) {
    requirePositiveCount(CALLER, "chainLength", chainLength);
    if (proposals % chainLength !== 0) {
      throw new RangeError(
        `sampleWeighted: proposals must be a multiple of chainLength = ${chainLength}, got ${proposals}`,
      );
    }
  }
  const runLength = chainLength ?? RUN;
  const runs = Math.ceil(proposals / runLength);
  const draws: Drawn<Batch>[] = [];
  const weights: number[] = [];
  const logWeights: number[] = [];
  const keep = (draw: Drawn<Batch>, weight: number, logWeight: number): void => {
    draws.push(draw);
    weights.push(weight);
    logWeights.push(logWeight);
  };
  const together = Math.max(1, Math.floor(batchSize / runLength));
  const pause = makePause();
  for (let first = 0; first < runs; first += together) {
    await pause();
    signal?.throwIfAborted();
    const requests: ProposalRequest[] = [];
    for (let run = first; run < Math.min(first + together, runs); run++) {
      const count = Math.min(runLength, proposals - run * runLength);
      requests.push({ stream: stream.split(run), first: 0, count });
    }
    const blocks = await source.weigh(requests);
    try {
      for (const [i, block] of blocks.entries()) {
        const places = block.logWeights;
        if (chainLength === undefined) {
          for (let place = 0; place < places.length; place++) {
            // A weight of 0 is no sample of the target; what is dropped here need not be decoded again.
            if (places[place] !== -Infinity)
              keep(await source.pick(block, place), places[place]!, places[place]!);
          }
          continue;
        }
        const real = integer(requests[i]!.stream.split("start"), realLogWeights.length);
        const initialLogWeight = realLogWeights[real]!;
        const { probabilities, startProbability } = selectionProbabilities(places, { initialLogWeight });
        let again: Float64Array | undefined;
        if (restart === "same-proposals") again = selectionProbabilities(places).probabilities;
        else if (startProbability > 0) keep({ kind: "real", real }, startProbability, initialLogWeight);
        for (let place = 0; place < places.length; place++) {
          const probability = probabilities[place]! + startProbability * (again?.[place] ?? 0);
          if (probability > 0) keep(await source.pick(block, place), probability, places[place]!);
        }
      }
    } finally {
      for (const block of blocks) source.release(block);
    }
    onProgress?.({
      proposals: Math.min((first + together) * runLength, proposals),
      totalProposals: proposals,
    });
  }
  const normalised = chainLength === undefined ? selfNormalised(weights) : weights.map((w) => w / runs);
  return {
    draws,
    info: {
      weights: Float64Array.from(normalised),
      logWeights: Float64Array.from(logWeights),
      effectiveSampleSize: kishEffectiveSampleSize(normalised.map(Math.log)).ess,
      proposals,
    },
  };
}

/** Weights that sum to 1 from their logs. */
function selfNormalised(logs: readonly number[]): number[] {
  if (logs.length === 0)
    throw new RangeError("sampleWeighted: at least one weight must be above 0, all of them were 0");
  let largest = -Infinity;
  for (const log of logs) if (log > largest) largest = log;
  // Samples of weight +∞ are equals, beside which the others count nothing.
  const weights = logs.map((log) => (log === largest ? 1 : Math.exp(log - largest)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
