import { complementaryErrorFunction } from "./complementary-error-function.ts";

/** The chance that a standard normal is above z, to a relative error below 1e-12 where it is below one half. */
export function normalTail(z: number): number {
  const tail = complementaryErrorFunction(Math.abs(z) * Math.SQRT1_2) / 2;
  return z < 0 ? 1 - tail : tail;
}
