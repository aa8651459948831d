import { integer, type RandomStream } from "@mhgan/mcmc";

/**
 * The rows in random order, again and again: every pass over the data sees each row once.
 *
 * The order of pass p comes from `random.split(p)` alone, so that a place in the endless sequence is all there is to know to go on from it.
 *
 * @returns A function that gives `howMany` rows from a place of the sequence on. O(1) a row within a pass, O(rows) to enter another.
 */
export function shuffledRows(
  rows: Uint32Array,
  random: RandomStream,
): (first: number, howMany: number) => Uint32Array {
  let order = rows;
  let pass = -1;
  return (first, howMany) =>
    Uint32Array.from({ length: howMany }, (_, i) => {
      const place = first + i;
      const passOfPlace = Math.floor(place / rows.length);
      if (passOfPlace !== pass) {
        order = shuffled(rows, random.split(passOfPlace));
        pass = passOfPlace;
      }
      return order[place % rows.length]!;
    });
}

/** Fisher and Yates' shuffle of a copy. */
function shuffled(rows: Uint32Array, random: () => number): Uint32Array {
  const order = rows.slice();
  for (let last = order.length - 1; last > 0; last--) {
    const other = integer(random, last + 1);
    const row = order[other]!;
    order[other] = order[last]!;
    order[last] = row;
  }
  return order;
}
