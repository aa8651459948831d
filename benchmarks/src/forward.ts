import type { Selector } from "@mhgan/mcmc";

/** The same selector kept from what it could save where a bound of the weights is known. */
export function forward(selector: Selector): Selector {
  return { ...selector, prepare: (known) => selector.prepare({ ...known, logWeightBound: Infinity }) };
}
