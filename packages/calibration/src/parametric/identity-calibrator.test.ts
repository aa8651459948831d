import { describe, expect, test } from "vitest";
import { identityCalibrator } from "./identity-calibrator.ts";
import { identityFromJSON } from "./identity-from-json.ts";

describe("identityCalibrator", () => {
  test("gives probabilities back, and their log odds to the ends", () => {
    const scores = Float64Array.of(0, 1e-300, 0.1, 0.7, 1);
    const calibrator = identityCalibrator({ input: "probability" });
    const predicted = calibrator.predict(scores);
    expect(predicted).toEqual(scores);
    expect(predicted).not.toBe(scores);
    const [lowest, low, , , highest] = calibrator.logOdds(scores);
    expect([lowest, highest]).toEqual([-Infinity, Infinity]);
    expect(low).toBeCloseTo(Math.log(1e-300), 12);
    expect([calibrator.minLogOdds, calibrator.maxLogOdds]).toEqual([-Infinity, Infinity]);
  });

  test("clips if told to", () => {
    const calibrator = identityCalibrator({ input: "probability", clip: 0.1 });
    expect(calibrator.predict([0, 0.5, 1])).toEqual(Float64Array.of(0.1, 0.5, 0.9));
    expect(calibrator.maxLogOdds).toBeCloseTo(Math.log(9), 14);
    expect(calibrator.logOdds([0, 1])).toEqual(Float64Array.of(calibrator.minLogOdds, calibrator.maxLogOdds));
  });

  test("takes logits as they are", () => {
    const calibrator = identityCalibrator({ input: "logit" });
    expect(calibrator.logOdds([-1e308, 0, 40])).toEqual(Float64Array.of(-1e308, 0, 40));
    expect(calibrator.predict([-1e308, 0, 40])).toEqual(Float64Array.of(0, 0.5, 1));
  });

  test("writes a clip of 0 for none", () => {
    const calibrator = identityCalibrator({ input: "probability" });
    expect(calibrator.toJSON()).toEqual({ version: 1, kind: "identity", input: "probability", clip: 0 });
    expect(identityFromJSON(calibrator.toJSON())).toEqual(calibrator);
    const logits = identityCalibrator({ input: "logit" });
    expect(logits.toJSON()).toEqual({ version: 1, kind: "identity", input: "logit" });
  });

  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "no options",
      () => identityCalibrator(undefined as never),
      new RangeError('identityCalibrator: input must be "probability" or "logit", got undefined'),
    ],
    [
      "a clip of 0, which is what leaving it out means",
      () => identityCalibrator({ input: "probability", clip: 0 }),
      new RangeError("identityCalibrator: clip must be a number in (0, 0.5), got 0"),
    ],
    [
      "a text clip",
      () => identityCalibrator({ input: "probability", clip: "0.1" as never }),
      new RangeError("identityCalibrator: clip must be a number in (0, 0.5), got 0.1"),
    ],
    [
      "scores that are no probabilities",
      () => identityCalibrator({ input: "probability" }).predict([0.5, -1]),
      new RangeError("predict: scores must lie in [0, 1], got -1 at index 1"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});
