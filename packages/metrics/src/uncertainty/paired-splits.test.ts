import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { inceptionScore } from "../distances/inception-score.ts";
import type { Features } from "../features/features.ts";
import { pairedSplits } from "./paired-splits.ts";
import { pairedTTest } from "./paired-t-test.ts";

const mean = ({ data }: Features) => Array.from(data).reduce((sum, x) => sum + x, 0) / data.length;
const level = 0.9;

describe("pairedSplits", () => {
  test("measures neighbouring rows and tests the pairs", () => {
    const a = { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13), shape: [6, 2] };
    const b = { data: [0, 2, 4, 6, 8, 10], shape: [6, 1] };
    const result = pairedSplits(a, b, mean, { splits: 3, level });
    expect(result.a).toEqual(Float64Array.of(2.5, 6.5, 10.75));
    expect(result.b).toEqual(Float64Array.of(1, 5, 9));
    expect(result).toMatchObject(pairedTTest([2.5, 6.5, 10.75], [1, 5, 9], { level }));
  });

  test("as in the paper: 80 splits of 64 rows tell classifiers' answers of one law from those of another", () => {
    const random = seededRandom(1);
    const answers = (sureness: number): Features => {
      const data = new Float64Array(5120 * 10).fill((1 - sureness) / 10);
      for (let row = 0; row < 5120; row++) data[10 * row + Math.floor(10 * random())]! += sureness;
      return { data, shape: [5120, 10] };
    };
    const score = (split: Features) => inceptionScore(split, { splits: 1 }).mean;
    const better = pairedSplits(answers(0.7), answers(0.65), score, { splits: 80 });
    expect(better.a).toHaveLength(80);
    expect(better.pValue).toBeLessThan(1e-6);
    expect(better.lower).toBeGreaterThan(0);
    // Of one law: p is below 0.001 for one seed in a thousand.
    expect(pairedSplits(answers(0.7), answers(0.7), score, { splits: 80 }).pValue).toBeGreaterThan(0.001);
  });

  test.each([
    [[1, 2, 3], [1, 2, 3], 2, "the number of rows must be a multiple of 2 splits, got 3"],
    [[1, 2], [1, 2, 3, 4], 2, "b must have as many rows as a, 2, got 4"],
    [[1, 2], [1, 2], 1, "splits must be a safe integer from 2, got 1"],
    [[1, 2], [1, 2], 2.5, "splits must be a safe integer from 2, got 2.5"],
    [[1, 2], [1, 2], 3, "a must have at least 3 rows, got 2"],
    [[1, 2, 3], [1], 3, "b must have at least 3 rows, got 1"],
    [[1, 2], [1, -9], 2, "measure must be finite, got NaN for split 1 of b"],
    [[-9, 2], [1, 2], 2, "measure must be finite, got NaN for split 0 of a"],
  ])("refuses %j, %j, %d", (a, b, splits, reason) => {
    const column = (data: number[]) => ({ data, shape: [data.length, 1] });
    const root = (split: Features) => Math.sqrt(mean(split));
    expect(() => pairedSplits(column(a), column(b), root, { splits })).toThrow(
      new RangeError(`pairedSplits: ${reason}`),
    );
  });

  test("refuses what the t-test refuses", () => {
    const a = { data: [1, 2], shape: [2, 1] };
    const b = { data: [1, 3], shape: [2, 1] };
    expect(() => pairedSplits(a, a, mean, { splits: 2 })).toThrow("a - b must vary, got 0 in all 2 pairs");
    expect(() => pairedSplits(a, b, mean, { splits: 2, level: 1 })).toThrow("level must be in (0, 1), got 1");
  });
});
