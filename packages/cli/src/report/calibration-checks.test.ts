import type { CalibrationReport } from "@mhgan/gan-core";
import { expect, test } from "vitest";
import { calibrationChecks, calibrationChecksTable } from "./calibration-checks.ts";
import { sampleCalibration } from "./testing/sample-data.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";

const right = sampleCalibration;
const reliability = right.after;

const wrong = (changes: Partial<CalibrationReport>) =>
  calibrationChecks({ ...right, ...changes })
    .filter(({ isFine }) => isFine === false)
    .map(({ name }) => name);

test("all is fine after a good calibration, whatever was before", () => {
  expect(wrong({})).toEqual([]);
  const html = calibrationChecksTable(right);
  expect(unbalancedTag(html)).toBeUndefined();
  expect(html).toContain("−30.00");
  expect(html).toContain("On 1,000 real and 900 generated samples");
  expect(html.match(/✓ fine/g)).toHaveLength(5);
  expect(html).not.toContain("✗ look");
});

test("each figure that is off is named, in words and not by colour alone", () => {
  expect(wrong({ after: { ...reliability, z: 2.1 } })).toEqual([
    "Z of Dawid: is the mean probability right?",
  ]);
  expect(wrong({ after: { ...reliability, spiegelhalterZ: -2.1 } })[0]).toMatch(/^Z of Spiegelhalter/);
  expect(wrong({ meanWeight: 1.03 })).toEqual(["mean weight p/q of generated samples"]);
  expect(wrong({ maxWeight: Infinity })).toEqual(["largest weight p/q"]);
  expect(wrong({ plateauShare: 0.01 })[0]).toMatch(/exactly 0 or 1$/);
  expect(calibrationChecksTable({ ...right, meanWeight: 2 })).toContain("✗ look");
});

test("a figure that is no number is not fine", () => {
  expect(wrong({ meanWeight: Number.NaN })).toHaveLength(1);
  expect(wrong({ after: { ...reliability, z: Number.NaN } })).toHaveLength(1);
});
