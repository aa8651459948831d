import { splitIndices } from "./split-indices.ts";
import { type NumberArray, type Rows, type TakenRows, takeRows } from "./take-rows.ts";

/**
 * Deals the rows of an array at random to named parts, every row to exactly one. The parts hold copies and know which rows they
 * hold, and so does every batch that is taken from them: what was held out for calibration can be proved never to have been trained on.
 *
 * @param array - numbers and their shape, [rows, …].
 * @param parts - the size of each part, as for `splitIndices`: whole numbers that sum to the rows there are, or fractions that sum to 1.
 * @param random - uniform on [0, 1).
 * @returns for each name its rows, in random order. O(size of the array).
 * @throws {RangeError} as `splitIndices` and `takeRows`.
 * @example
 * ```ts
 * import { splitRows } from "@mhgan/datasets";
 * import { randomStream } from "@mhgan/mcmc";
 * const images = { data: new Uint8Array(10 * 28 * 28), shape: [10, 28, 28] };
 * const { train, calibration } = splitRows(images, { train: 0.8, calibration: 0.2 }, randomStream(1));
 * train.shape; // => [8, 28, 28]
 * [...train.rows].some((row) => calibration.rows.includes(row)); // => false
 * ```
 */
export function splitRows<Data extends NumberArray, Name extends string>(
  array: Rows<Data>,
  parts: Readonly<Record<Name, number>>,
  random: () => number,
): Record<Name, TakenRows<Data>> {
  const indices = splitIndices(array.shape[0] ?? 0, parts, random);
  const entries = Object.entries<Uint32Array>(indices).map(([name, rows]) => [name, takeRows(array, rows)]);
  return Object.fromEntries(entries) as Record<Name, TakenRows<Data>>;
}
