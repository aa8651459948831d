import { type RandomStream, uniformAt } from "../random/random-stream.ts";
import { requireLogWeight } from "../requirements.ts";
import { selectMetropolisHastings } from "./select-metropolis-hastings.ts";

/** Options of {@link selectBackward}. */
export interface SelectBackwardOptions {
  /** Its next K values decide the proposals, in their order; afterwards it stands where the forward chain leaves it. */
  readonly random: RandomStream;
  /** Log weight of the start. Default −∞: the chain starts from the first proposal. */
  readonly initialLogWeight?: number;
  /** What happens if the start survives, as in `selectMetropolisHastings`. Default `"never"`. */
  readonly restart?: "same-proposals" | "never";
  /**
   * An upper bound of all log weights, which saves looking for their maximum. A proposal seen above it is an error; one
   * that was not seen cannot be noticed, so give only what is known. Default: the maximum.
   */
  readonly logWeightBound?: number;
}

/** Which of the proposals is the draw, and how many of them had to be looked at. */
export interface BackwardSelection {
  /** Index of the picked proposal, or −1 if the start was kept. */
  readonly picked: number;
  /** Whether the chain never left its start. */
  readonly capOut: boolean;
  /** How many of the last proposals decided the pick; K if the start had a say. */
  readonly proposalsUsed: number;
}

/** The uniforms met on the way back, for the way forward; grows as needed. */
let uniforms = new Float64Array(1024);

/**
 * The end state of the chain of `selectMetropolisHastings`, found from the end: the same pick from the same uniforms,
 * after about w* = max w / mean w proposals instead of K.
 *
 * A proposal whose uniform is at most w / max w is accepted from every state, so nothing before it matters. The walk
 * goes back to the last such proposal and runs forward from there. What happened before is not known,
 * so there is no acceptance count.
 *
 * @param logWeights - as for `selectMetropolisHastings`. NaN is an error.
 * @returns The pick. Expected time O(K) to find the maximum, unless it is given, and O(w*) for the rest.
 * @throws {RangeError} if a log weight is NaN or above `logWeightBound` (the message names its index), or an option is off.
 * @see Corcoran and Tweedie, "Perfect sampling from independent Metropolis-Hastings chains", Journal of Statistical
 * Planning and Inference 104 (2002), section 3: the same coupling, from the infinite past.
 * @example
 * ```ts
 * import { randomStream, selectBackward, selectMetropolisHastings } from "@mhgan/mcmc";
 * const random = randomStream(1);
 * const logWeights = Float64Array.from({ length: 640 }, random);
 * const { picked, proposalsUsed } = selectBackward(logWeights, { random: randomStream(2) });
 * picked === selectMetropolisHastings(logWeights, { random: randomStream(2) }).picked; // => true
 * proposalsUsed < 20; // => true
 * ```
 */
export function selectBackward(
  logWeights: ArrayLike<number>,
  options: SelectBackwardOptions,
): BackwardSelection {
  const { random, initialLogWeight = -Infinity, restart = "never", logWeightBound } = options;
  requireLogWeight("selectBackward", "initialLogWeight", initialLogWeight);
  const length = logWeights.length;
  const first = random.position;
  const known = logWeightBound ?? maximum(logWeights);
  requireLogWeight("selectBackward", "logWeightBound", known);
  // The start is a state like any other: it must be left from as well.
  const bound = Math.max(known, initialLogWeight);

  if (uniforms.length < length) uniforms = new Float64Array(2 * length);
  let k = length - 1;
  for (; k >= 0; k--) {
    const logWeight = logWeights[k]!;
    if (!(logWeight <= known)) throwAboveBound(logWeight, k, known);
    const u = 1 - uniformAt(random, first + k);
    if (u <= Math.exp(logWeight - bound) || logWeight === bound) break;
    uniforms[k] = u;
  }
  if (k < 0) {
    const { picked, capOut } = selectMetropolisHastings(logWeights, { random, initialLogWeight, restart });
    return { picked, capOut, proposalsUsed: length };
  }

  let picked = k;
  let current = logWeights[k]!;
  for (let next = k + 1; next < length; next++) {
    const logRatio = logWeights[next]! - current;
    if (logRatio >= 0 || uniforms[next]! <= Math.exp(logRatio) || Number.isNaN(logRatio)) {
      picked = next;
      current = logWeights[next]!;
    }
  }
  random.seek(first + length);
  return { picked, capOut: false, proposalsUsed: length - k };
}

/** The largest log weight. Four running maxima, so that no comparison waits for the one before; NaN spreads through all. */
function maximum(logWeights: ArrayLike<number>): number {
  let [a, b, c, d] = [-Infinity, -Infinity, -Infinity, -Infinity];
  const even = logWeights.length & ~3;
  for (let k = 0; k < even; k += 4) {
    a = Math.max(a, logWeights[k]!);
    b = Math.max(b, logWeights[k + 1]!);
    c = Math.max(c, logWeights[k + 2]!);
    d = Math.max(d, logWeights[k + 3]!);
  }
  for (let k = even; k < logWeights.length; k++) a = Math.max(a, logWeights[k]!);
  const largest = Math.max(a, b, c, d);
  if (Number.isNaN(largest)) {
    throwAboveBound(largest, Array.prototype.findIndex.call(logWeights, Number.isNaN), largest);
  }
  return largest;
}

function throwAboveBound(logWeight: number, index: number, bound: number): never {
  throw new RangeError(
    Number.isNaN(logWeight)
      ? `selectBackward: logWeights must not be NaN, got NaN at index ${index}`
      : `selectBackward: logWeights must be at most logWeightBound ${bound}, got ${logWeight} at index ${index}`,
  );
}
