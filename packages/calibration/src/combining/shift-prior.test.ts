import { describe, expect, test } from "vitest";
import { calibratorFromJSON } from "../calibrator-from-json.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { type ShiftPriorOptions, shiftPrior } from "./shift-prior.ts";

const scores = [-2, -1, 0, 1, 2, 3];
const labels = [0, 0, 1, 0, 1, 1];

describe("shiftPrior", () => {
  test("is Bayes' rule", () => {
    // Isotonic fits are shares of positives: with every negative given three times, shares must come out the same once shifted.
    const weights = labels.map((label) => (label === 0 ? 3 : 1));
    const plain = fitIsotonic(scores, labels);
    const thrice = fitIsotonic(scores, labels, { weights });
    const shifted = shiftPrior(thrice, {
      from: { positives: 3, negatives: 9 },
      to: { positives: 3, negatives: 3 },
    });
    shifted.predict(scores).forEach((p, i) => {
      expect(p).toBeCloseTo(plain.predict(scores)[i]!, 14);
    });
    expect(shiftPrior(thrice, { from: { positives: 3, negatives: 9 } }).logShift).toBeCloseTo(
      Math.log(3),
      14,
    );
  });

  test("shifts log odds and their bounds, infinite ones too", () => {
    const fit = fitIsotonic(scores, labels);
    const shifted = shiftPrior(fit, { from: { positives: 1, negatives: 4 } });
    expect(shifted.logOdds([-2, 0.5, 3])).toEqual(Float64Array.of(-Infinity, shifted.logShift, Infinity));
    expect([shifted.minLogOdds, shifted.maxLogOdds]).toEqual([-Infinity, Infinity]);
    expect(Array.from(shifted.predict([-2, 3]))).toEqual([0, 1]);
    const flat = shiftPrior(fitPlatt([1, 1], [0, 1]), { from: { positives: 1, negatives: 4 } });
    expect(flat.maxLogOdds).toBe(flat.logOdds([7])[0]);
  });

  test("comes back from JSON", () => {
    const shifted = shiftPrior(fitPlatt(scores, labels), { from: { positives: 10, negatives: 3 } });
    const copy = calibratorFromJSON(JSON.parse(JSON.stringify(shifted)));
    expect(copy.predict(scores)).toEqual(shifted.predict(scores));
    expect(copy.maxLogOdds).toBe(shifted.maxLogOdds);
    expect(() => calibratorFromJSON({ ...shifted.toJSON(), logShift: null })).toThrow(
      "calibratorFromJSON: logShift must be a number, got null",
    );
  });

  test.each([
    [{ from: { positives: 0, negatives: 1 } }, "from.positives must be a positive finite number, got 0"],
    [{ from: { positives: 1 } }, "from.negatives must be a positive finite number, got undefined"],
    [{}, "from.positives must be a positive finite number, got undefined"],
    [
      { from: { positives: 1, negatives: 1 }, to: { positives: Infinity, negatives: 1 } },
      "to.positives must be a positive finite number, got Infinity",
    ],
  ])("refuses %j", (options, message) => {
    const run = () => shiftPrior(fitPlatt(scores, labels), options as ShiftPriorOptions);
    expect(run).toThrow(new RangeError(`shiftPrior: ${message}`));
  });
});
