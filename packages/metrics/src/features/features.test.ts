import { expect, test } from "vitest";
import { requireFeaturePair, requireFeatures } from "./features.ts";

test("features are a matrix of finite numbers", () => {
  requireFeatures("f", "real", { data: new Float32Array(6), shape: [2, 3] }, 2);
  requireFeaturePair("f", { data: [1, 2, 3, 4], shape: [2, 2] }, { data: [1, 2], shape: [1, 2] }, 1);
});

test.each([
  [[1, 2], [2], "real.shape must be [rows, columns], got [2]"],
  [[1, 2], [1, 1, 2], "real.shape must be [rows, columns], got [1, 1, 2]"],
  [[], [0, 2], "real.shape[0] must be a safe integer from 1, got 0"],
  [[], [2, 0.5], "real.shape[1] must be a safe integer from 1, got 0.5"],
  [[1, 2], [1, 2], "real must have at least 2 rows, got 1"],
  [[1, 2, 3], [2, 2], "real.data must hold 2 × 2 numbers, got 3"],
  [[1, 2, 3, Number.NaN], [2, 2], "real.data[3] must be finite, got NaN"],
])("features %j of shape %j are refused", (data, shape, reason) => {
  expect(() => requireFeatures("f", "real", { data, shape }, 2)).toThrow(new RangeError(`f: ${reason}`));
});

test("a pair of features needs one space", () => {
  const features = { data: [1, 2, 3, 4], shape: [2, 2] };
  expect(() => requireFeaturePair("f", features, { data: [1, 2], shape: [2, 1] }, 1)).toThrow(
    new RangeError("f: fake must have as many columns as real, 2, got 1"),
  );
  expect(() => requireFeaturePair("f", features, { data: [1, 2], shape: [1, 2] }, 2)).toThrow(
    new RangeError("f: fake must have at least 2 rows, got 1"),
  );
});
