import { type RandomStream, uniformsAt } from "../random/random-stream.ts";
import { requireLogWeight } from "../requirements.ts";
import { accepts, selectMetropolisHastings } from "./select-metropolis-hastings.ts";

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
/** How many uniforms are made at a time: few, since most chains look at ten or twenty. */
const BLOCK = 8;

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
  // The uniforms from here on are known.
  let begin = length;
  for (; k >= 0; k--) {
    const logWeight = logWeights[k]!;
    if (!(logWeight <= known)) throwAboveBound(logWeight, k, known);
    if (k < begin) {
      begin = Math.max(0, begin - BLOCK);
      uniformsAt(random, first + begin, k + 1 - begin, uniforms, begin);
    }
    if (accepts(1 - uniforms[k]!, logWeight - bound)) break;
  }
  if (k < 0) {
    const { picked, capOut } = selectMetropolisHastings(logWeights, { random, initialLogWeight, restart });
    return { picked, capOut, proposalsUsed: length };
  }

  let picked = k;
  let current = logWeights[k]!;
  for (let next = k + 1; next < length; next++) {
    if (accepts(1 - uniforms[next]!, logWeights[next]! - current)) {
      picked = next;
      current = logWeights[next]!;
    }
  }
  random.seek(first + length);
  return { picked, capOut: false, proposalsUsed: length - k };
}

/** The largest log weight. Eight at a time, of which seldom one is larger than all before: this is most of the work. */
function maximum(logWeights: ArrayLike<number>): number {
  const { length } = logWeights;
  let largest = -Infinity;
  for (let k = 0; k < length; k += 8) {
    if (
      k + 7 < length &&
      logWeights[k]! <= largest &&
      logWeights[k + 1]! <= largest &&
      logWeights[k + 2]! <= largest &&
      logWeights[k + 3]! <= largest &&
      logWeights[k + 4]! <= largest &&
      logWeights[k + 5]! <= largest &&
      logWeights[k + 6]! <= largest &&
      logWeights[k + 7]! <= largest
    )
      continue;
    const end = Math.min(k + 8, length);
    for (let j = k; j < end; j++) {
      const logWeight = logWeights[j]!;
      if (logWeight <= largest) continue;
      if (Number.isNaN(logWeight)) throwAboveBound(logWeight, j, largest);
      largest = logWeight;
    }
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
