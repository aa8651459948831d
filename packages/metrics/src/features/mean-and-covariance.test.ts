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

test("equals numpy 2.4.6's average and cov of weighted rows, whatever the scale of the weights", () => {
  const features = { data: [1, 2, 3, 6, 5, 4, -2, 8], shape: [4, 2] };
  for (const scale of [1, 1e-200, 1e300]) {
    const weights = [1, 2.5, 0, 4].map((weight) => weight * scale);
    const { mean, covariance } = meanAndCovariance(features, { weights });
    expect(mean[0]).toBeCloseTo(0.06666666666666667, 14);
    expect(mean[1]).toBeCloseTo(6.533333333333333, 14);
    expect(covariance[0]).toBeCloseTo(8.96969696969697, 13);
    expect(covariance[1]).toBeCloseTo(-4.606060606060606, 13);
    expect(covariance[2]).toBe(covariance[1]);
    expect(covariance[3]).toBeCloseTo(6.787878787878788, 13);
  }
});

test("weights of 1 change nothing but the last digits, over blocks and chunks", () => {
  const [rows, columns] = [1030, 67];
  const random = seededRandom(2);
  const features = { data: Float64Array.from({ length: rows * columns }, random), shape: [rows, columns] };
  const plain = meanAndCovariance(features);
  const weighted = meanAndCovariance(features, { weights: new Float64Array(rows).fill(1) });
  weighted.mean.forEach((value, i) => {
    expect(value).toBeCloseTo(plain.mean[i]!, 13);
  });
  weighted.covariance.forEach((value, i) => {
    expect(value).toBeCloseTo(plain.covariance[i]!, 13);
  });
});

test("keeps its digits where one row has nearly all the weight", () => {
  // Two rows, one apart: the covariance is 1/2 of the squared gap whatever the weights.
  const { covariance } = meanAndCovariance({ data: [0, 1], shape: [2, 1] }, { weights: [1, 1e-12] });
  expect(covariance[0]).toBeCloseTo(0.5, 12);
});

test.each([
  [[1], "weights must be 3 long, got 1"],
  [[1, -1, 1], "weights[1] must not be negative, got -1"],
  [[0, 0, 0], "the sum of weights must be positive and finite, got 0"],
  [[0, 2, 0], "weights must be positive for at least 2 rows, got fewer"],
])("meanAndCovariance refuses weights %j", (weights, reason) => {
  const features = { data: [1, 2, 3], shape: [3, 1] };
  expect(() => meanAndCovariance(features, { weights })).toThrow(RangeError);
  expect(() => meanAndCovariance(features, { weights })).toThrow(`meanAndCovariance: ${reason}`);
});
