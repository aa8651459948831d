import { describe } from "../checks.ts";

/** Where random numbers come from: a safe integer from 0 that seeds a generator of ours, or a function uniform on [0, 1). */
export type Seed = number | (() => number);

/**
 * A uniform source on [0, 1): the caller's own function, or 53-bit numbers of the generator sfc32, seeded.
 *
 * @throws {RangeError} if `seed` is neither a safe integer from 0 nor a function.
 * @see Doty-Humphrey (2010), PractRand, "sfc32": a chaotic 96-bit state and a 32-bit counter, so no period below 2³².
 */
export function randomSource(caller: string, seed: unknown): () => number {
  if (typeof seed === "function") return seed as () => number;
  if (!(Number.isSafeInteger(seed) && (seed as number) >= 0)) {
    throw new RangeError(
      `${caller}: seed must be a safe integer from 0, or a function, got ${describe(seed)}`,
    );
  }
  let a = 0;
  let b = (seed as number) | 0;
  let c = ((seed as number) / 2 ** 32) | 0;
  let counter = 1;
  const next = (): number => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word;
  };
  // Seeds that differ in one bit differ everywhere after a dozen rounds.
  for (let i = 0; i < 15; i++) next();
  return () => {
    const high = next() >>> 5;
    return (high * 67108864 + (next() >>> 6)) / 9007199254740992;
  };
}

/** An integer from 0 to n − 1. */
export function randomInteger(random: () => number, n: number): number {
  return Math.floor(random() * n);
}
