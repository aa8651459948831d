import type { AsyncIndependenceTarget, BatchIndependenceTarget } from "../kernels/independence-sampler.ts";
import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { requirePositiveCount } from "../requirements.ts";
import { targetSource } from "./proposal-source.ts";

/** Options of {@link pilotLogWeights}. */
export interface PilotLogWeightsOptions {
  /** How many proposals to weigh. */
  readonly count: number;
  /** Seed of all random numbers, or a stream to take them from. Other ones are used than `selectDraws` or `sample` use with it. */
  readonly seed: number | string | RandomStream;
  /** At most this many proposals are made and weighed in one call. Changes speed and memory only. Default 1024. */
  readonly batchSize?: number;
  /** Stops the work between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Log weights of some proposals that are not kept: what `predictSelection` and `recommend` take, and the pilots of selectors that learn
 * their rule.
 *
 * @param target - what proposes and weighs.
 * @returns One log weight for each proposal. NaN is left for those to refuse that take them.
 * @throws {RangeError} for options that are off, or batches of a wrong length.
 * @throws the signal's reason once `signal` is aborted.
 * @example
 * ```ts
 * import { normal, pilotLogWeights } from "@mhgan/mcmc";
 * import { predictSelection } from "@mhgan/mcmc/predictions";
 * // Target: normal(0, 0.5). Proposal: normal(0, 1).
 * const target = { propose: normal, logWeight: (x: number) => -1.5 * x ** 2 };
 * const pilots = await pilotLogWeights(target, { count: 10_000, seed: 1 });
 * predictSelection(pilots).acceptanceRate; // ≈ 0.59
 * ```
 */
export async function pilotLogWeights<X>(
  target: AsyncIndependenceTarget<X> | BatchIndependenceTarget<X>,
  options: PilotLogWeightsOptions,
): Promise<Float64Array> {
  const { count, seed, batchSize = 1024, signal } = options;
  requirePositiveCount("pilotLogWeights", "count", count);
  requirePositiveCount("pilotLogWeights", "batchSize", batchSize);
  const stream = (typeof seed === "function" ? seed : randomStream(seed)).split("pilots");
  const source = targetSource("pilotLogWeights", target, batchSize, signal);
  const logWeights = new Float64Array(count);
  for (let first = 0; first < count; first += batchSize) {
    const [block] = await source.weigh([{ stream, first, count: Math.min(batchSize, count - first) }]);
    logWeights.set(block!.logWeights, first);
  }
  return logWeights;
}
