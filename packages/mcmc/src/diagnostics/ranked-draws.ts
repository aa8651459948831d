import { ascendingOrder } from "./ascending-order.ts";
import type { Chains } from "./chains.ts";
import { quantileOfSorted } from "./quantile-of-sorted.ts";
import type { Workspace } from "./workspace.ts";

/** Draws sorted once, and all that follows from their order. The draws must not hold NaN. */
export class RankedDraws {
  /** All draws, ascending. */
  readonly sorted: Float64Array;
  readonly #chains: Chains;
  readonly #workspace: Workspace;
  /** The draws that splitting keeps, ascending, and their places in the split chains. */
  readonly #kept: Float64Array;
  readonly #places: Uint32Array;

  constructor(chains: Chains, workspace: Workspace) {
    const { sorted, order } = ascendingOrder(chains.values);
    this.sorted = sorted;
    this.#chains = chains;
    this.#workspace = workspace;
    if (chains.length % 2 === 0) {
      this.#kept = sorted;
      this.#places = order;
    } else {
      [this.#kept, this.#places] = withoutMiddles(chains, sorted, order);
    }
  }

  quantile(probability: number): number {
    return quantileOfSorted(this.sorted, probability);
  }

  /** The split chains with every draw replaced by the normal score of its rank. */
  bulkScores(): Chains {
    return this.#split(scoresOf(this.#kept, this.#places, this.#workspace));
  }

  /** The same for the distances of the draws from the median of all draws. NaN throughout if the median is infinite. */
  foldedScores(): Chains {
    const median = this.quantile(0.5);
    const kept = this.#kept;
    const count = kept.length;
    if (!Number.isFinite(median)) return this.#split(new Float64Array(count).fill(Number.NaN));
    // Distances ascend outward from the median on either side: merging the sides sorts them.
    const distances = new Float64Array(count);
    const places = new Uint32Array(count);
    let right = 0;
    while (right < count && kept[right]! < median) right++;
    let left = right - 1;
    for (let i = 0; i < count; i++) {
      const toLeft = left < 0 ? Number.NaN : median - kept[left]!;
      const toRight = right === count ? Number.NaN : kept[right]! - median;
      if (left < 0 || toRight <= toLeft) {
        distances[i] = toRight;
        places[i] = this.#places[right++]!;
      } else {
        distances[i] = toLeft;
        places[i] = this.#places[left--]!;
      }
    }
    return this.#split(scoresOf(distances, places, this.#workspace));
  }

  #split(values: Float64Array): Chains {
    return { values, chains: 2 * this.#chains.chains, length: this.#chains.length >> 1 };
  }
}

/** Leaves the middle draws of odd chains out of sorted draws. */
function withoutMiddles(
  { chains, length }: Chains,
  sorted: Float64Array,
  order: Uint32Array,
): [Float64Array, Uint32Array] {
  const half = length >> 1;
  const kept = new Float64Array(2 * chains * half);
  const places = new Uint32Array(kept.length);
  for (let i = 0, next = 0; i < order.length; i++) {
    const chain = Math.floor(order[i]! / length);
    const step = order[i]! - chain * length;
    if (step === half) continue;
    kept[next] = sorted[i]!;
    // Each chain before lost its middle, and so did this one if the draw comes after it.
    places[next++] = order[i]! - chain - (step > half ? 1 : 0);
  }
  return [kept, places];
}

/** Normal scores of ascending values, put where the values came from. Equal values share the mean of their ranks. */
function scoresOf(ascending: Float64Array, places: Uint32Array, workspace: Workspace): Float64Array {
  const count = ascending.length;
  const table = workspace.normalScores(count);
  const scores = new Float64Array(count);
  for (let start = 0, end = 0; start < count; start = end) {
    const value = ascending[start]!;
    end = start + 1;
    while (end < count && ascending[end] === value) end++;
    const score = table.at(start + 1 + end);
    for (let i = start; i < end; i++) scores[places[i]!] = score;
  }
  return scores;
}
