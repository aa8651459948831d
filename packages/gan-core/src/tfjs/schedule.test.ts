import { describe, expect, test } from "vitest";
import { cosineDecay } from "./cosine-decay.ts";
import { flatThenCosine } from "./flat-then-cosine.ts";
import { linearDecay } from "./linear-decay.ts";
import type { Schedule } from "./schedule.ts";
import { warmupThenConstant } from "./warmup-then-constant.ts";

const at = (schedule: Schedule, steps: readonly number[], total = 100): number[] =>
  steps.map((step) => schedule(step, total));
const expectClose = (actual: readonly number[], expected: readonly number[]): void => {
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 12);
  });
};

describe("schedules", () => {
  test("linearDecay is a line from 1 to its floor", () => {
    expectClose(at(linearDecay(), [0, 25, 50, 99, 100]), [1, 0.75, 0.5, 0.01, 0]);
    expectClose(at(linearDecay(0.2), [0, 50, 100]), [1, 0.6, 0.2]);
    expect(() => linearDecay(-0.1)).toThrow("linearDecay: floor must be in [0, 1], got -0.1");
  });

  test("warmupThenConstant grows to 1 and stays, whatever the length of the training", () => {
    expectClose(at(warmupThenConstant(4), [0, 1, 2, 3, 4, 99]), [0.25, 0.5, 0.75, 1, 1, 1]);
    expectClose(at(warmupThenConstant(4), [0, 1, 2], 3), [0.25, 0.5, 0.75]);
    expectClose(at(warmupThenConstant(1), [0, 1]), [1, 1]);
    for (const steps of [0, -1, 2.5, Number.NaN]) {
      expect(() => warmupThenConstant(steps)).toThrow(`must be an integer from 1, got ${steps}`);
    }
  });

  test("flatThenCosine is 1 for 72 % of the steps, and half a cosine over the others", () => {
    expectClose(at(flatThenCosine(), [0, 40, 72, 79, 86, 93, 100]), [
      1,
      1,
      1,
      (1 + Math.SQRT1_2) / 2,
      0.5,
      (1 - Math.SQRT1_2) / 2,
      0,
    ]);
    expectClose(at(flatThenCosine({ flat: 0.5, floor: 0.1 }), [50, 75, 100]), [1, 0.55, 0.1]);
    const steps = Array.from({ length: 101 }, (_, step) => step);
    expectClose(at(flatThenCosine({ flat: 0, floor: 0.02 }), steps), at(cosineDecay(), steps));
    expect(() => flatThenCosine({ flat: 1 })).toThrow("flatThenCosine: flat must be in [0, 1), got 1");
    expect(() => flatThenCosine({ floor: Number.NaN })).toThrow("flatThenCosine: floor");
  });
});
