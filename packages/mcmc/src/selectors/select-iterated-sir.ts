import { requireLogWeight } from "../requirements.ts";
import { relativeWeight, throwNaN } from "./log-weights.ts";

/** Options of {@link selectIteratedSir}. */
export interface SelectIteratedSirOptions {
  /** Uniform on [0, 1). Value number i decides step number i. */
  readonly random: () => number;
  /** N, from 2: how many compete in a step, the state among them. Each step takes N − 1 proposals. */
  readonly candidates: number;
  /** Log weight of the start. Default: there is none, and the first step chooses among its proposals alone. */
  readonly initialLogWeight?: number;
}

/** Which of the proposals is the draw, and what the chain did. */
export interface IteratedSirSelection {
  /** Index of the picked proposal, or −1 if the start was kept. */
  readonly picked: number;
  /** Steps in which a proposal replaced the state. */
  readonly moveCount: number;
  /** Steps made: the number of proposals divided by N − 1. */
  readonly steps: number;
  /** Whether the chain never left its start. */
  readonly capOut: boolean;
}

/**
 * Iterated sampling importance resampling (i-SIR): in each step the state and the next N − 1 proposals compete, and one of them
 * becomes the state with probability proportional to its weight.
 *
 * Leaves the target invariant for every N, so from a start that is a sample of the target the end state is an exact draw.
 * With N = 2 this is Barker's rule. Equal infinities compare as equal: of several +∞ each has the same chance, and a weight of 0
 * (−∞) is chosen only in a step where all weights are 0, then with equal chances.
 *
 * @param logWeights - `log p(x) − log q(x)` of the proposals, each up to the same constant; their number a multiple of N − 1. NaN is
 * an error. Without proposals the start is kept.
 * @returns The picked index and the chain's record. O(n), no allocation per step.
 * @throws {RangeError} if a log weight is NaN (the message names its index), their number is not a multiple of N − 1, or an option
 * is off.
 * @see Andrieu, Lee and Vihola, "Uniform ergodicity of the iterated conditional SMC and geometric ergodicity of particle Gibbs
 * samplers", Bernoulli 24 (2018), for one time step; Samsonov et al., "Local-global MCMC kernels: the best of both worlds",
 * NeurIPS 2022, section 2.
 * @example
 * ```ts
 * import { randomStream, selectIteratedSir } from "@mhgan/mcmc";
 * const logWeights = [-1.2, 0.3, -Infinity, 2.5, -0.4, -3];
 * const random = randomStream(1);
 * const { picked, moveCount, steps } = selectIteratedSir(logWeights, { random, candidates: 4 });
 * steps; // => 2
 * picked; // => 3
 * moveCount; // => 2
 * ```
 */
export function selectIteratedSir(
  logWeights: ArrayLike<number>,
  options: SelectIteratedSirOptions,
): IteratedSirSelection {
  const { random, candidates, initialLogWeight } = options;
  if (initialLogWeight !== undefined) {
    requireLogWeight("selectIteratedSir", "initialLogWeight", initialLogWeight);
  }
  requireCandidates("selectIteratedSir", candidates);
  const { length } = logWeights;
  const perStep = candidates - 1;
  if (length % perStep !== 0) {
    throw new RangeError(
      `selectIteratedSir: logWeights must have a length that is a multiple of candidates − 1 = ${perStep}, got length ${length}`,
    );
  }

  let picked = -1;
  let current = initialLogWeight ?? -Infinity;
  let moveCount = 0;
  for (let first = 0; first < length; first += perStep) {
    const end = first + perStep;
    let largest = current;
    for (let k = first; k < end; k++) {
      const logWeight = logWeights[k]!;
      if (logWeight > largest) largest = logWeight;
      else if (Number.isNaN(logWeight)) throwNaN("selectIteratedSir", k);
    }
    const hasState = picked >= 0 || initialLogWeight !== undefined;
    const stay = hasState ? relativeWeight(current, largest) : 0;
    let total = stay;
    for (let k = first; k < end; k++) total += relativeWeight(logWeights[k]!, largest);

    // In (0, total], so that a weight of 0 is passed over. The sums below are those above: the end is never passed.
    const place = (1 - random()) * total;
    let sum = stay;
    let next = first - 1;
    while (sum < place) sum += relativeWeight(logWeights[++next]!, largest);
    if (next >= first) {
      picked = next;
      current = logWeights[next]!;
      moveCount++;
    }
  }
  return { picked, moveCount, steps: length / perStep, capOut: picked === -1 };
}

export function requireCandidates(caller: string, candidates: number): void {
  if (!Number.isSafeInteger(candidates) || candidates < 2) {
    throw new RangeError(`${caller}: candidates must be a safe integer from 2, got ${String(candidates)}`);
  }
}
