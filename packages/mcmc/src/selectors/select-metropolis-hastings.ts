import { isStream, MOST_UNIFORMS, uniformsAt } from "../random/random-stream.ts";
import { requireLogWeight, requireOneOf } from "../requirements.ts";

/** Options of {@link selectMetropolisHastings}. */
export interface SelectMetropolisHastingsOptions {
  /** Uniform on [0, 1). Value number k decides proposal number k. */
  readonly random: () => number;
  /** Log weight of the start. Default −∞: the first proposal is accepted, so the chain starts from it. */
  readonly initialLogWeight?: number;
  /**
   * What happens if the start survives every proposal: `"never"` (default) keeps it, `"same-proposals"` runs once
   * more over the same proposals from the first of them, deciding proposals 2 to K with fresh uniforms.
   */
  readonly restart?: "same-proposals" | "never";
  /** If given, `path[k]` receives the state after proposal k (an index, or −1 for the start). Length at least K. */
  readonly path?: Int32Array;
}

/** Where a chain ended and what it did. */
export interface MetropolisHastingsSelection {
  /** Index of the picked proposal, or −1 if the start was kept (then the draw is the start itself). */
  readonly picked: number;
  /** Proposals accepted by the chain that began at the start. */
  readonly acceptCount: number;
  /** `acceptCount` divided by the number of proposals that chain saw; 0 without proposals. */
  readonly acceptanceRate: number;
  /** Whether the chain never left its start. */
  readonly capOut: boolean;
}

/**
 * Runs one independence Metropolis-Hastings chain over K proposals and returns the state it ends in.
 *
 * A proposal with log weight r' replaces the state with log weight r iff log u ≤ r' − r, with u uniform on (0, 1].
 * A rejection repeats the state. +∞ meeting +∞ and −∞ meeting −∞ accept; a start at −∞ accepts the first proposal.
 * If the start is a sample of the target and `restart` is `"never"`, the returned state is an exact draw of the target.
 * A restart forgets that, at the price of the bias that remains after K steps from a proposal.
 *
 * @param logWeights - `log p(x) − log q(x)` of the K proposals, each up to the same constant. NaN is an error.
 * Without proposals the start is kept.
 * @returns The picked index and the chain's record. O(K), no allocation per step.
 * @throws {RangeError} if a log weight is NaN (the message names its index) or an option is off.
 * @see Turner, Hung, Frank, Saatci and Yosinski, "Metropolis-Hastings generative adversarial networks", ICML 2019,
 * algorithm 1; Tierney, "Markov chains for exploring posterior distributions", Annals of Statistics 22 (1994), section 2.3.3.
 * @example
 * ```ts
 * import { randomStream, selectMetropolisHastings } from "@mhgan/mcmc";
 * const logWeights = [-1.2, 0.3, -Infinity, 2.5];
 * const { picked, acceptCount } = selectMetropolisHastings(logWeights, { random: randomStream(1) });
 * picked; // => 3
 * acceptCount; // => 3
 * ```
 */
export function selectMetropolisHastings(
  logWeights: ArrayLike<number>,
  options: SelectMetropolisHastingsOptions,
): MetropolisHastingsSelection {
  const { random, initialLogWeight = -Infinity, restart = "never", path } = options;
  const length = logWeights.length;
  requireLogWeight("selectMetropolisHastings", "initialLogWeight", initialLogWeight);
  requireOneOf("selectMetropolisHastings", "restart", restart, ["same-proposals", "never"]);
  if (path !== undefined && path.length < length) {
    throw new RangeError(
      `selectMetropolisHastings: path must have length ${length} or more, got ${path.length}`,
    );
  }

  const run = runChain(logWeights, 0, -1, initialLogWeight, random, path);
  const capOut = run.picked === -1;
  const picked =
    capOut && restart === "same-proposals" && length > 0
      ? runChain(logWeights, 1, 0, logWeights[0]!, random, path).picked
      : run.picked;
  return {
    picked,
    acceptCount: run.acceptCount,
    acceptanceRate: length === 0 ? 0 : run.acceptCount / length,
    capOut,
  };
}

const uniforms = new Float64Array(MOST_UNIFORMS);

/** The chain over the proposals from `first` on, from a state given by its index and log weight. */
function runChain(
  logWeights: ArrayLike<number>,
  first: number,
  start: number,
  startLogWeight: number,
  random: () => number,
  path: Int32Array | undefined,
): { picked: number; acceptCount: number } {
  // A stream is not called: its values are made a block at a time. Any other function is called when its value is needed.
  const stream = isStream(random) ? random : undefined;
  const { length } = logWeights;
  let picked = start;
  let current = startLogWeight;
  let acceptCount = 0;
  if (path !== undefined && first > 0) path.fill(start, 0, first);
  for (let begin = first; begin < length; begin += MOST_UNIFORMS) {
    const end = Math.min(begin + MOST_UNIFORMS, length);
    if (stream !== undefined) {
      uniformsAt(stream, stream.position, end - begin, uniforms, 0);
      stream.seek(stream.position + end - begin);
    }
    for (let k = begin; k < end; k++) {
      const proposed = logWeights[k]!;
      const u = 1 - (stream === undefined ? random() : uniforms[k - begin]!);
      if (accepts(u, proposed - current)) {
        if (Number.isNaN(proposed)) {
          stream?.seek(stream.position - (end - k - 1));
          throwNaN(k);
        }
        picked = k;
        current = proposed;
        acceptCount++;
      }
      if (path !== undefined) path[k] = picked;
    }
  }
  return { picked, acceptCount };
}

/** By how much a bound must decide a comparison to be believed: far more than rounding can do. */
const SLACK = 1e-9;

/**
 * Whether u ≤ exp(logRatio), or the ratio is of equal infinities, which accept as any two equal weights do. (Their difference is
 * NaN; so is every difference from a log weight that is NaN itself.)
 *
 * Two bounds decide most cases without the exponential, which takes longer than the rest: with t = −logRatio > 0, both
 * 1 + t + t²/2 + t³/6 < e^t and 1 − t + t²/2 − t³/6 < e^−t.
 *
 * @internal
 */
export function accepts(u: number, logRatio: number): boolean {
  if (!(logRatio < 0)) return true;
  if (u * (1 - logRatio * (1 - logRatio * (1 / 2 - logRatio / 6))) > 1 + SLACK) return false;
  if (u < 1 + logRatio * (1 + logRatio * (1 / 2 + logRatio / 6)) - SLACK) return true;
  return u <= Math.exp(logRatio);
}

function throwNaN(index: number): never {
  throw new RangeError(`selectMetropolisHastings: logWeights must not be NaN, got NaN at index ${index}`);
}
