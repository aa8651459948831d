/**
 * A small generator for tests: 32-bit values of Mulberry32, a 32-bit Weyl sequence with a mixing function.
 *
 * The same seed gives the same test on any machine. It shares no code with the package's users' generators.
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
