import { complementaryErrorFunction } from "../numerics/complementary-error-function.ts";

/** The chance that a standard normal lies at least as far from 0 as `z`; NaN for NaN. */
export function twoSidedPValue(z: number): number {
  return complementaryErrorFunction(Math.abs(z) / Math.SQRT2);
}
