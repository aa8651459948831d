import { expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { meanAndCovariance } from "./mean-and-covariance.ts";

test("equals the sums written out, over blocks and chunks", () => {
  const [rows, columns] = [1030, 67];
  const random = seededRandom(1);
  // Multiples of 1/8 with a mean of 0 in each column, as the second half mirrors the first.
  const half = Array.from({ length: (rows / 2) * columns }, () => Math.floor(random() * 64) / 8);
  const data = Float32Array.from([...half, ...half.map((value) => -value)], (value) => value + 1000);
  const { mean, covariance } = meanAndCovariance({ data, shape: [rows, columns] });
  expect(mean).toEqual(new Float64Array(columns).fill(1000));
  for (let i = 0; i < columns; i += 11) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < rows / 2; k++) sum += 2 * half[k * columns + i]! * half[k * columns + j]!;
      expect(covariance[i * columns + j]).toBe(sum / (rows - 1));
      expect(covariance[j * columns + i]).toBe(sum / (rows - 1));
    }
  }
});

test("keeps the digits of a small variance beside a large mean", () => {
  expect(meanAndCovariance({ data: [1e9, 1e9 + 1, 1e9 + 2], shape: [3, 1] }).covariance[0]).toBe(1);
});

test.each([
  [[1, 2], [1, 2], "features must have at least 2 rows, got 1"],
  [[1, Number.NaN], [2, 1], "features.data[1] must be finite, got NaN"],
  [[0, 1e200], [2, 1], "the variance of features must be finite, got Infinity in column 0"],
])("meanAndCovariance refuses %j of shape %j", (data, shape, reason) => {
  expect(() => meanAndCovariance({ data, shape })).toThrow(new RangeError(`meanAndCovariance: ${reason}`));
});
