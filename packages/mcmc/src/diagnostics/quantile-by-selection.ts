import { between } from "./quantile-of-sorted.ts";

/** As {@link quantileOfSorted}, of values in any order, in less time than sorting takes. Rearranges them; none may be NaN. */
export function quantileBySelection(values: Float64Array, probability: number): number {
  const place = (values.length - 1) * probability;
  const below = Math.floor(place);
  const low = select(values, below);
  let high = Infinity;
  for (let i = below + 1; i < values.length; i++) {
    if (values[i]! < high) high = values[i]!;
  }
  return between(low, high, place - below);
}

/** Hoare's quickselect: afterwards `values[rank]` is the value of that rank, with none larger before it and none smaller after. */
function select(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = medianOfThree(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank]!;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
