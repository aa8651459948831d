import type { Reliability } from "@mhgan/gan-core";
import { describe, expect, test } from "vitest";
import { calibrationFile } from "./calibration-file.ts";
import { calibrationBins, calibrationPlot } from "./calibration-plot.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";

const reliability = (predicted: number[], observed: number[], counts: number[]): Reliability => ({
  z: -1.234,
  pValue: 0.2,
  spiegelhalterZ: 0.1,
  expectedCalibrationError: 0.01,
  curve: { predicted, observed, counts },
});
const usual = reliability([0.1, 0.5, 0.9], [0.03, 0.5, 0.8], [100, 40, 10]);
const plot = (data: Reliability) =>
  calibrationPlot({ id: "c", title: "Before", stage: "before", reliability: data });

describe("calibrationBins", () => {
  test("have Wilson's intervals", () => {
    // 3 of 100: the interval that the Wilson score gives.
    const [bin] = calibrationBins(usual);
    expect(bin!.low).toBeCloseTo(0.0103, 4);
    expect(bin!.high).toBeCloseTo(0.0845, 4);
  });

  test("bins that are all real or all generated have intervals as well", () => {
    const [none, all] = calibrationBins(reliability([0.01, 0.99], [0, 1], [5, 5]));
    expect(none).toMatchObject({ low: 0, observed: 0 });
    expect(none!.high).toBeGreaterThan(0.4);
    expect(all).toMatchObject({ high: 1, observed: 1 });
  });

  test("refuse what is no curve", () => {
    expect(() => calibrationBins(reliability([0.5], [], [1]))).toThrow(
      "must be of one length, got 1, 0 and 1",
    );
    expect(() => calibrationBins(reliability([Number.NaN], [0], [1]))).toThrow(
      "predicted[0] must be from 0 to 1, got NaN",
    );
    expect(() => calibrationBins(reliability([0.5], [1.5], [1]))).toThrow("observed[0] must be from 0 to 1");
  });
});

describe("calibrationPlot", () => {
  test("has a point, a whisker and a bar of samples for each bin, and says how many miss the diagonal", () => {
    const svg = plot(usual);
    expect(unbalancedTag(svg)).toBeUndefined();
    for (const mark of ["mark", "whisker", "stem"])
      expect(svg.match(new RegExp(`class="${mark}"`, "g"))).toHaveLength(3);
    // .1 is above the interval of 3 of 100; the others hold theirs.
    expect(svg).toContain("outside the 95 % interval in 1 of them. Z = −1.23.");
    expect(svg).toContain("predicted 10.0 %, real 3.0 % (95 % interval 1.0 % to 8.5 %), 100 samples");
  });

  test("one bin and none are drawn too", () => {
    for (const data of [reliability([0.5], [0.5], [1]), reliability([], [], [])]) {
      expect(unbalancedTag(plot(data))).toBeUndefined();
      expect(plot(data)).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

test("calibrationFile is an SVG of its own, with both curves", () => {
  const file = calibrationFile(usual, { ...usual, z: 0.5 });
  expect(file).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+"/);
  expect(unbalancedTag(file)).toBeUndefined();
  expect(file).toContain("before calibration: Z = −1.23");
  expect(file).toContain("after calibration: Z = 0.50");
  expect(file).not.toContain("var(");
});
