import { describe } from "../checks.ts";
import { randomInteger } from "../numerics/random-source.ts";

/**
 * Deals rows into folds at random, each class by itself, so that every fold holds as many rows of either class as the others, or
 * one less.
 *
 * @param labels - 0 and 1.
 * @returns Length n: the fold of each row, from 0 to folds − 1. O(n).
 */
export function stratifiedFolds(
  caller: string,
  labels: Float64Array,
  folds: number,
  random: () => number,
): Uint32Array {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const rarer = Math.min(positives, labels.length - positives);
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= rarer)) {
    throw new RangeError(
      `${caller}: folds must be an integer from 2 to the ${rarer} rows of the rarer class, got ${describe(folds)}`,
    );
  }
  const foldOf = new Uint32Array(labels.length);
  let dealt = 0;
  for (const label of [0, 1]) {
    const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row] === label);
    // Fisher and Yates's shuffle, from the end; the second class goes on dealing where the first one stopped.
    for (let last = rows.length - 1; last >= 0; last--) {
      const chosen = randomInteger(random, last + 1);
      foldOf[rows[chosen]!] = dealt++ % folds;
      rows[chosen] = rows[last]!;
    }
  }
  return foldOf;
}
