import { squaredDistance } from "../mixtures/squared-distance.ts";
import { requirePositiveCount } from "../requirements.ts";
import type { TwoSampleClassifier } from "./two-sample-classifier.ts";

/** How many neighbours vote. */
export interface NearestNeighbourClassifierOptions {
  /** How many neighbours vote, from 1 up to the number of rows learned from. Default: ⌊√rows⌋. */
  readonly neighbours?: number;
}

/**
 * A classifier for `classifierTwoSampleTest`: the share of real rows among the nearest.
 *
 * Distances are Euclidean, in the units of the features as they are: scale columns that are not alike. It finds any difference
 * in law, given enough rows; with many columns, that can be very many.
 *
 * @param options - the number of neighbours.
 * @returns a classifier whose scores are multiples of 1 / neighbours. Scoring is O(rows scored · rows learned from ·
 * columns).
 * @throws {RangeError} if the number of neighbours is no integer from 1, or, when it learns, above the number of rows.
 * @see Lopez-Paz and Oquab (ICLR 2017), Revisiting classifier two-sample tests, whose number of neighbours this is.
 * @example
 * ```ts
 * import { nearestNeighbourClassifier } from "@mhgan/metrics";
 * const learn = nearestNeighbourClassifier({ neighbours: 2 });
 * const score = learn({ data: [0, 1, 5, 6], shape: [4, 1] }, Uint8Array.of(1, 1, 0, 0));
 * score({ data: [0.4, 2.8, 9], shape: [3, 1] }); // => [1, 0.5, 0]
 * ```
 */
export function nearestNeighbourClassifier(
  options: NearestNeighbourClassifierOptions = {},
): TwoSampleClassifier {
  if (options.neighbours !== undefined) {
    requirePositiveCount("nearestNeighbourClassifier", "neighbours", options.neighbours);
  }
  return (known, isReal) => {
    const [count, columns] = known.shape as [number, number];
    const neighbours = options.neighbours ?? Math.floor(Math.sqrt(count));
    if (neighbours > count) {
      throw new RangeError(
        `nearestNeighbourClassifier: neighbours must be at most the number of rows, ${count}, got ${neighbours}`,
      );
    }
    const from = Float64Array.from(known.data);
    const nearest = new Float64Array(neighbours);
    const votes = new Uint8Array(neighbours);
    return ({ data, shape }) => {
      const rows = Float64Array.from(data);
      return Float64Array.from({ length: shape[0]! }, (_, row) => {
        nearest.fill(Infinity);
        for (let i = 0; i < count; i++) {
          const square = squaredDistance(rows, row, from, i, columns);
          if (square < nearest[neighbours - 1]!) insert(square, isReal[i]!, nearest, votes);
        }
        return votes.reduce((sum, vote) => sum + vote, 0) / neighbours;
      });
    };
  };
}

/** Puts a neighbour in its place among the nearest; the last of them leaves. */
function insert(square: number, vote: number, nearest: Float64Array, votes: Uint8Array): void {
  let place = nearest.length - 1;
  for (; place > 0 && nearest[place - 1]! > square; place--) {
    nearest[place] = nearest[place - 1]!;
    votes[place] = votes[place - 1]!;
  }
  nearest[place] = square;
  votes[place] = vote;
}
