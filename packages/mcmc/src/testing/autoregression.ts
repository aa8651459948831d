import { normal } from "../random/normal.ts";

/** Chains of a stationary first-order autoregression with variance 1, one after the other. */
export function autoregression(
  { chains, length, correlation }: { chains: number; length: number; correlation: number },
  random: () => number,
): Float64Array {
  const draws = new Float64Array(chains * length);
  const noise = Math.sqrt(1 - correlation ** 2);
  for (let i = 0; i < draws.length; i++) {
    draws[i] = i % length === 0 ? normal(random) : correlation * draws[i - 1]! + noise * normal(random);
  }
  return draws;
}
