import fc from "fast-check";
import { expect, test } from "vitest";
import { areaUnderCurve } from "./area-under-curve.ts";

test("counts pairs, a tie for one half, and leaves the scores", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(scores, scores, (positives, negatives) => {
      const pairs = positives.flatMap((high) => negatives.map((low) => (Math.sign(high - low) + 1) / 2));
      const [high, low] = [Float64Array.from(positives), Float64Array.from(negatives)];
      expect(areaUnderCurve(high, low)).toBe(pairs.reduce((sum, won) => sum + won, 0) / pairs.length);
      expect(Array.from(high)).toEqual(positives);
      expect(Array.from(low)).toEqual(negatives);
    }),
    { seed: 1 },
  );
});
