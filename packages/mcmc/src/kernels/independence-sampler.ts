import type { RandomStream } from "../random/random-stream.ts";
import { requireLogWeight } from "../requirements.ts";
import { after, allOf, type MaybePromise } from "./maybe-promise.ts";

/** What an independence sampler needs to know, one proposal at a time. */
export interface IndependenceTarget<X> {
  /** Draws one proposal from q. Must take its randomness from `random` alone. */
  propose(random: RandomStream): X;
  /** `log p(x) − log q(x)` up to a constant. NaN is an error; −∞ means "never". */
  logWeight(position: X): number;
}

/** The same, where either may be asynchronous. */
export interface AsyncIndependenceTarget<X> {
  /** Draws one proposal, taking all randomness from `random`. */
  propose(random: RandomStream): MaybePromise<X>;
  /** log p(x) − log q(x) up to a constant. */
  logWeight(position: X): MaybePromise<number>;
}

/** The same for many proposals in one call: for models that are faster on batches. */
export interface BatchIndependenceTarget<X> {
  /** Draws proposal i from `streams[i]` alone, so that the batch size cannot matter. */
  proposeBatch(streams: readonly RandomStream[]): MaybePromise<ArrayLike<X>>;
  /** The log weight of each position, in order. */
  logWeightBatch(positions: readonly X[]): MaybePromise<ArrayLike<number>>;
}

/** What the next step needs to know. */
export interface ChainState<X> {
  /** Where the chain is. */
  readonly position: X;
  /** Log weight of `position`. */
  readonly logWeight: number;
}

/** What a diagnostic needs to know about a step. */
export interface StepInfo<X> {
  /** Whether the proposal became the state; else the state was repeated. */
  readonly accepted: boolean;
  /** min(1, w'/w): the probability with which the proposal was to be accepted. */
  readonly acceptanceProbability: number;
  /** The proposal itself, whether accepted or not. */
  readonly proposed: ChainState<X>;
}

/** A state and how it came about. */
export interface Step<X> {
  /** The state after the step. */
  readonly state: ChainState<X>;
  /** How it came about. */
  readonly info: StepInfo<X>;
}

/** An independence Metropolis-Hastings kernel. Pure: the same state and the same stream give the same step. */
export interface IndependenceSampler<X> {
  /** The state of a chain that starts at a position. */
  init(position: X): ChainState<X>;
  /** One step: a proposal, and whether it becomes the state, both from `random`. */
  step(state: ChainState<X>, random: RandomStream): Step<X>;
  /** The target in the form that `sample` drives. */
  readonly target: BatchIndependenceTarget<X>;
}

/** The kernel of an asynchronous or batched target. */
export interface AsyncIndependenceSampler<X> {
  /** The state of a chain that starts at a position. */
  init(position: X): Promise<ChainState<X>>;
  /** One step: a proposal, and whether it becomes the state, both from `random`. */
  step(state: ChainState<X>, random: RandomStream): Promise<Step<X>>;
  /** The target in the form that `sample` drives. */
  readonly target: BatchIndependenceTarget<X>;
}

/**
 * An independence Metropolis-Hastings sampler for any pair of a proposal and a log weight.
 *
 * The weight is one number, `log p(x) − log q(x)` up to a constant, so the Hastings correction cannot be forgotten.
 * `step(state, random)` takes its uniform from the first value of `random` and its proposal from `random.split(0)`.
 * Drive it by hand with `init` and `step`, or run many chains with `sample`.
 *
 * @param target - `{ propose, logWeight }`, either of them possibly asynchronous, or `{ proposeBatch, logWeightBatch }`.
 * @see Tierney, "Markov chains for exploring posterior distributions", Annals of Statistics 22 (1994), section 2.3.3.
 * @example
 * ```ts
 * import { independenceSampler, normal, randomStream } from "@mhgan/mcmc";
 * // Target: normal(1, 0.5). Proposal: normal(0, 1).
 * const sampler = independenceSampler({
 *   propose: normal,
 *   logWeight: (x) => -0.5 * ((x - 1) / 0.5) ** 2 + 0.5 * x ** 2,
 * });
 * const random = randomStream(1);
 * let state = sampler.init(0);
 * for (let t = 0; t < 100; t++) ({ state } = sampler.step(state, random.split(t)));
 * Math.abs(state.position - 1) < 2; // => true
 * ```
 */
export function independenceSampler<X>(target: IndependenceTarget<X>): IndependenceSampler<X>;
export function independenceSampler<X>(
  target: AsyncIndependenceTarget<X> | BatchIndependenceTarget<X>,
): AsyncIndependenceSampler<X>;
export function independenceSampler<X>(
  target: AsyncIndependenceTarget<X> | BatchIndependenceTarget<X>,
): IndependenceSampler<X> | AsyncIndependenceSampler<X> {
  const batch = toBatchTarget(target);
  const init = (position: X): MaybePromise<ChainState<X>> =>
    after(batch.logWeightBatch([position]), (logWeights) => {
      requireLogWeight("independenceSampler", "the log weight of the start", logWeights[0]!);
      return { position, logWeight: logWeights[0]! };
    });
  const step = (state: ChainState<X>, random: RandomStream): MaybePromise<Step<X>> => {
    const u = 1 - random();
    return after(batch.proposeBatch([random.split(0)]), (positions) => {
      const position = positions[0]!;
      return after(batch.logWeightBatch([position]), (logWeights) => {
        const proposed = { position, logWeight: logWeights[0]! };
        requireLogWeight("independenceSampler", "the log weight of a proposal", proposed.logWeight);
        const logRatio = proposed.logWeight - state.logWeight;
        // NaN means equal infinities here: neither state is preferred, so the proposal is accepted.
        const acceptanceProbability = Number.isNaN(logRatio) ? 1 : Math.min(1, Math.exp(logRatio));
        const accepted = u <= acceptanceProbability;
        return { state: accepted ? proposed : state, info: { accepted, acceptanceProbability, proposed } };
      });
    });
  };
  // The overloads above say when the results are promises: exactly when the target gives promises.
  return { init, step, target: batch } as IndependenceSampler<X>;
}

/** A target in the form that drivers use. */
export function toBatchTarget<X>(
  target: AsyncIndependenceTarget<X> | BatchIndependenceTarget<X>,
): BatchIndependenceTarget<X> {
  if ("proposeBatch" in target) return target;
  return {
    proposeBatch: (streams) => allOf(streams.map((stream) => target.propose(stream))),
    logWeightBatch: (positions) => allOf(positions.map((position) => target.logWeight(position))),
  };
}
