import { normal, type RandomStream } from "@mhgan/mcmc";

/** Law of a latent's coordinates, which are independent: standard normal, or uniform on [−1, 1). */
export type LatentPrior = "normal" | "uniform";

/** Draws `count` latent vectors of length `size`, row after row. */
export function drawLatents(
  prior: LatentPrior,
  count: number,
  size: number,
  random: RandomStream,
): Float32Array {
  const draw = prior === "normal" ? () => normal(random) : () => 2 * random() - 1;
  return Float32Array.from({ length: count * size }, draw);
}

/** @throws {RangeError} if `prior` is none of those known. */
export function checkPrior(caller: string, prior: unknown): asserts prior is LatentPrior {
  if (prior !== "normal" && prior !== "uniform") {
    throw new RangeError(`${caller}: the latent prior must be normal or uniform, got ${String(prior)}`);
  }
}
