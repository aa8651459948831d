import { integer } from "@mhgan/mcmc";

/**
 * Row numbers 0 to `count` − 1 in random order, again and again: every pass over the data sees each row once.
 *
 * @returns A function that gives the next rows. O(1) a row.
 */
export function shuffledRows(count: number, random: () => number): (howMany: number) => Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  let used = count;
  return (howMany) =>
    Uint32Array.from({ length: howMany }, () => {
      if (used === count) used = 0;
      // One step of Fisher and Yates' shuffle: a random one of the rows not yet used in this pass.
      const other = used + integer(random, count - used);
      const row = order[other]!;
      order[other] = order[used]!;
      order[used++] = row;
      return row;
    });
}
