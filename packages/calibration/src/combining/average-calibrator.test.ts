import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Calibrator } from "../calibrator.ts";
import { calibratorFromJSON } from "../calibrator-from-json.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { averageCalibrators } from "./average-calibrator.ts";

/** Always of one opinion. */
const certain = (logOdds: number): Calibrator => ({
  kind: "constant",
  minLogOdds: logOdds,
  maxLogOdds: logOdds,
  predict: (scores) => new Float64Array(scores.length).fill(1 / (1 + Math.exp(-logOdds))),
  logOdds: (scores) => new Float64Array(scores.length).fill(logOdds),
  toJSON: () => ({ version: 1, kind: "constant" }),
});
const averageOf = (...logOdds: number[]): number => averageCalibrators(logOdds.map(certain)).logOdds([0])[0]!;

describe("averageCalibrators", () => {
  test("averages probabilities", () => {
    const parts = [fitPlatt([-1, 0, 1, 2], [0, 1, 0, 1]), fitIsotonic([-1, 0, 1, 2], [0, 1, 0, 1])];
    const scores = [-2, -0.5, 0.5, 3];
    const average = averageCalibrators(parts);
    const [platt, isotonic] = parts.map((part) => part.predict(scores));
    const want = platt!.map((p, i) => (p + isotonic![i]!) / 2);
    average.predict(scores).forEach((p, i) => {
      expect(p).toBeCloseTo(want[i]!, 15);
    });
    average.logOdds(scores).forEach((l, i) => {
      expect(l).toBeCloseTo(Math.log(want[i]! / (1 - want[i]!)), 12);
    });
  });

  test("has log odds that are right where probabilities are not", () => {
    // The mean of e^-1000 and e^-1001, and of their complements; and a certain one beside an even one.
    const small = -1000 + Math.log((1 + Math.exp(-1)) / 2);
    expect(averageOf(-1000, -1001)).toBeCloseTo(small, 10);
    expect(averageOf(1000, 1001)).toBeCloseTo(-small, 10);
    expect(averageOf(-1000, 1000)).toBe(0);
    expect(averageOf(Infinity, 0)).toBeCloseTo(Math.log(3), 14);
    expect(averageOf(-Infinity, 0)).toBeCloseTo(-Math.log(3), 14);
    expect(averageOf(Infinity, -Infinity)).toBe(0);
    expect(averageOf(-Infinity, -800)).toBeCloseTo(-800 - Math.log(2), 10);
    expect([averageOf(Infinity, Infinity), averageOf(-Infinity, -Infinity)]).toEqual([Infinity, -Infinity]);
    expect(averageOf(NaN, 1)).toBeNaN();
  });

  test("equals the odds of the mean for any log odds", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1 }), (logOdds) => {
        const mean = (sign: number) =>
          logOdds.reduce((sum, l) => sum + 1 / (1 + Math.exp(-sign * l)), 0) / logOdds.length;
        expect(averageOf(...logOdds)).toBeCloseTo(Math.log(mean(1) / mean(-1)), 10);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test("comes back from JSON, nested too", () => {
    const parts = [fitPlatt([-1, 0, 1, 2], [0, 1, 0, 1]), fitIsotonic([1, 2, 3], [0, 1, 1])];
    const average = averageCalibrators([averageCalibrators(parts), parts[0]!]);
    const copy = calibratorFromJSON(JSON.parse(JSON.stringify(average)));
    expect(copy.logOdds([-1, 0.3, 2.5])).toEqual(average.logOdds([-1, 0.3, 2.5]));
    expect(JSON.stringify(copy)).toBe(JSON.stringify(average));
  });

  test("refuses nothing, and what is no array", () => {
    expect(() => averageCalibrators([])).toThrow(
      new RangeError("averageCalibrators: calibrators must not be empty, got length 0"),
    );
    expect(() => averageCalibrators({} as Calibrator[])).toThrow(
      new TypeError("averageCalibrators: calibrators must be an array of calibrators, got an object"),
    );
  });
});
