import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { type ResamplingScheme, resamplingSchemes } from "./resampling-schemes.ts";
import { selectImportanceResampling } from "./select-importance-resampling.ts";

const schemes: readonly ResamplingScheme[] = ["multinomial", "residual", "stratified", "systematic"];
// A skewed target: a symmetric one could not catch a sign or a direction that is wrong.
const target = [0.02, 0.05, 0.08, 0.25, 0.6];
const logTarget = target.map(Math.log);

function countsOf(picked: ArrayLike<number>, length: number): number[] {
  const counts = new Array<number>(length).fill(0);
  for (const k of Array.from(picked)) counts[k] = counts[k]! + 1;
  return counts;
}

const integers = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 30 });
const drawCounts = fc.integer({ min: 1, max: 60 });

describe("selectImportanceResampling", () => {
  test.each(schemes)("%s: one draw follows the weights", (scheme) => {
    const random = randomStream("one draw").split(scheme);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) {
      const k = selectImportanceResampling(logTarget, { random, draws: 1, scheme }).picked[0]!;
      counts[k] = counts[k]! + 1;
    }
    // Fixed seed; a right sampler exceeds 5 (chi-square of 4 degrees above 18) for about 1 seed in 1000.
    expect(chiSquareZ(counts, target)).toBeLessThan(5);
  });

  test("multinomial: 100,000 draws follow the weights, and neighbours do not depend on each other", () => {
    const { picked } = selectImportanceResampling(logTarget, {
      random: randomStream("many draws"),
      draws: 100_000,
      scheme: "multinomial",
    });
    const pairs = new Float64Array(25);
    for (let d = 0; d < picked.length; d += 2) {
      const pair = 5 * picked[d]! + picked[d + 1]!;
      pairs[pair] = pairs[pair]! + 1;
    }
    const product = target.flatMap((p) => target.map((q) => p * q));
    // Fixed seed; a right sampler exceeds 4 (chi-square of 24 degrees above 51.7) for about 1 seed in 1000.
    expect(chiSquareZ(pairs, product)).toBeLessThan(4);
  });

  test.each([1, 3, 7, 40])(
    "the mean number of copies is exactly draws · w: systematic, %d draws",
    (draws) => {
      // Counts are steps of the one uniform, so their mean over a fine grid of it is exact up to the grid.
      const grid = 20_000;
      const sums = [0, 0, 0, 0, 0];
      for (let i = 0; i < grid; i++) {
        const { picked } = selectImportanceResampling(logTarget, { random: () => (i + 0.5) / grid, draws });
        countsOf(picked, 5).forEach((count, k) => {
          sums[k] = sums[k]! + count;
        });
      }
      sums.forEach((sum, k) => {
        expect(Math.abs(sum / grid - draws * target[k]!)).toBeLessThanOrEqual(2 / grid);
      });
    },
  );

  test.each(schemes)("%s: copies in several draws have the mean draws · w", (scheme) => {
    const random = randomStream("copies").split(scheme);
    const [draws, rounds] = [7, 20_000];
    const sums = [0, 0, 0, 0, 0];
    for (let i = 0; i < rounds; i++) {
      const { picked } = selectImportanceResampling(logTarget, { random, draws, scheme });
      countsOf(picked, 5).forEach((count, k) => {
        sums[k] = sums[k]! + count;
      });
    }
    sums.forEach((sum, k) => {
      // Fixed seed. Five standard deviations of multinomial counts, the noisiest: less than 1 seed in 100,000 for any of them.
      const deviation = Math.sqrt((draws * target[k]! * (1 - target[k]!)) / rounds);
      expect(Math.abs(sum / rounds - draws * target[k]!)).toBeLessThan(5 * deviation);
    });
  });

  test("copies stay as near to draws · w as each scheme promises", () => {
    fc.assert(
      fc.property(integers, drawCounts, fc.nat(), (logWeights, draws, seed) => {
        const total = logWeights.reduce((sum, w) => sum + Math.exp(w), 0);
        const counts = (scheme: ResamplingScheme) =>
          countsOf(
            selectImportanceResampling(logWeights, { random: randomStream(seed), draws, scheme }).picked,
            logWeights.length,
          );
        const [residual, stratified, systematic] = [
          counts("residual"),
          counts("stratified"),
          counts("systematic"),
        ];
        logWeights.forEach((w, k) => {
          const expected = (draws * Math.exp(w)) / total;
          expect(residual[k]! - Math.floor(expected - 1e-9)).toBeGreaterThanOrEqual(0);
          expect(Math.abs(stratified[k]! - expected)).toBeLessThan(2 + 1e-9);
          expect(Math.abs(systematic[k]! - expected)).toBeLessThan(1 + 1e-9);
        });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("multinomial: uniform number d decides draw d, by inversion", () => {
    fc.assert(
      fc.property(integers, drawCounts, fc.nat(), (logWeights, draws, seed) => {
        const random = randomStream(seed);
        const { picked } = selectImportanceResampling(logWeights, { random, draws, scheme: "multinomial" });
        random.seek(0);
        const largest = Math.max(...logWeights);
        const sums = logWeights.map(() => 0);
        logWeights.reduce((sum, w, k) => {
          sums[k] = sum + Math.exp(w - largest);
          return sums[k]!;
        }, 0);
        for (const k of picked) {
          const point = (1 - random()) * sums.at(-1)!;
          expect(k).toBe(sums.findIndex((sum) => sum >= point));
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("multinomial: the guide table is right at the ends of its parts, where rounding puts a point on the other side", () => {
    // Of six parts, u · 6 rounds up to the fifth end, but u itself is still in the first weight.
    const u = 5 / 6 - 2 ** -53;
    expect(Math.floor(u * 6)).toBe(5);
    const picked = new Uint32Array(1);
    resamplingSchemes.multinomial(Float64Array.of(u, 1 - u, 0, 0, 0, 0), picked, () => 1 - u);
    expect(picked[0]).toBe(0);
  });

  test("depends on differences of log weights alone, and the same seed gives the same", () => {
    fc.assert(
      fc.property(
        integers,
        drawCounts,
        fc.constantFrom(...schemes),
        fc.integer({ min: -999, max: 999 }),
        (logWeights, draws, scheme, shift) => {
          const run = (by: number) =>
            selectImportanceResampling(
              logWeights.map((w) => w + by),
              { random: randomStream(7), draws, scheme },
            );
          const result = run(0);
          expect(run(shift)).toEqual(result);
          expect(result.picked).toHaveLength(draws);
          expect(result.distinctCount).toBe(new Set(result.picked).size);
        },
      ),
      { seed: 3 },
    );
  });

  test("takes one uniform a draw, one in all, or those of the rest", () => {
    const taken = (scheme: ResamplingScheme, weights: number[], draws: number) => {
      const random = randomStream(1);
      selectImportanceResampling(weights.map(Math.log), { random, draws, scheme });
      return random.position;
    };
    expect(taken("multinomial", [1, 2, 3], 9)).toBe(9);
    expect(taken("stratified", [1, 2, 3], 9)).toBe(9);
    expect(taken("systematic", [1, 2, 3], 9)).toBe(1);
    // 4.5, 2.25 and 2.25 of 9: one pick is left.
    expect(taken("residual", [2, 1, 1], 9)).toBe(1);
    expect(taken("residual", [1, 1, 1], 9)).toBe(0);
  });

  test.each(schemes)("%s: passes over weights of 0, and treats equal infinities as equal", (scheme) => {
    for (const random of [() => 0, () => 1 - 2 ** -53, randomStream(1)]) {
      const picks = (logWeights: number[]) =>
        countsOf(
          selectImportanceResampling(logWeights, { random, draws: 8, scheme }).picked,
          logWeights.length,
        );
      expect(picks([-Infinity, 3, -Infinity, -Infinity])).toEqual([0, 8, 0, 0]);
      expect(picks([9, Infinity, -Infinity, 800])).toEqual([0, 8, 0, 0]);
      expect(picks([5])).toEqual([8]);
    }
    const random = randomStream(2);
    for (const even of [Infinity, -Infinity]) {
      const logWeights = even > 0 ? [0, even, even, -Infinity] : [even, even, even, even];
      const { distinctCount } = selectImportanceResampling(logWeights, { random, draws: 100, scheme });
      expect(distinctCount).toBe(even > 0 ? 2 : 4);
    }
  });

  test("refuses nothing, NaN by index, and options that are off", () => {
    const random = randomStream(1);
    const run = (logWeights: number[], options: object) => () =>
      selectImportanceResampling(logWeights, { random, draws: 1, ...options });
    expect(run([], {})).toThrow(
      new RangeError("selectImportanceResampling: logWeights must not be empty, got length 0"),
    );
    expect(run([0, Number.NaN], {})).toThrow(
      new RangeError("selectImportanceResampling: logWeights must not be NaN, got NaN at index 1"),
    );
    expect(run([0], { draws: 0 })).toThrow("draws must be a safe integer from 1, got 0");
    expect(run([0], { scheme: "bootstrap" })).toThrow(
      "scheme must be one of multinomial, residual, stratified, systematic, got bootstrap",
    );
  });
});
