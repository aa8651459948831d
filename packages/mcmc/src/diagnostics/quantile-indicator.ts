import { type Chains, splitChains } from "./chains.ts";

/** The split chains with every draw replaced by 1 if it is at most the quantile, else by 0. */
export function quantileIndicator(drawn: Chains, quantile: number): Chains {
  const split = splitChains(drawn);
  const values = new Float64Array(split.values.length);
  for (let i = 0; i < values.length; i++) values[i] = split.values[i]! <= quantile ? 1 : 0;
  return { ...split, values };
}
