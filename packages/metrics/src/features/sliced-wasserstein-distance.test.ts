import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { wassersteinDistance } from "../distances/wasserstein-distance.ts";
import { slicedWassersteinDistance } from "./sliced-wasserstein-distance.ts";

/** Correlated rows of uniform numbers. */
function cloud(rows: number, random: () => number): { data: Float32Array; shape: [number, number] } {
  const data = new Float32Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    data[2 * i] = 3 * random();
    data[2 * i + 1] = data[2 * i]! + random();
  }
  return { data, shape: [rows, 2] };
}

describe("slicedWassersteinDistance", () => {
  test("on the line is the Wasserstein distance", () => {
    const a = [3, 1, 4, 1, 5];
    const b = [2, 7, 1];
    for (const order of [1, 2, 3])
      expect(
        slicedWassersteinDistance(
          { data: a, shape: [5, 1] },
          { data: b, shape: [3, 1] },
          { order, projections: 7, random: seededRandom(1) },
        ),
      ).toBeCloseTo(wassersteinDistance(a, b, { order }), 14);
  });

  test("of a shift by v is |v| / √columns", () => {
    const columns = 5;
    const random = seededRandom(2);
    const data = Float64Array.from({ length: 40 * columns }, random);
    const shift = [1, -2, 0, 2, 4];
    const moved = data.map((x, i) => x + shift[i % columns]!);
    const projections = 4000;
    const distance = slicedWassersteinDistance(
      { data, shape: [40, columns] },
      { data: moved, shape: [40, columns] },
      { projections, random },
    );
    // (v · direction)² has mean |v|² / d and variance 2 |v|⁴ (d − 1) / (d² (d + 2)); five standard errors: 1 of 1.7 million seeds.
    const error = (25 / columns) * Math.sqrt((2 * (columns - 1)) / (columns + 2) / projections);
    expect(Math.abs(distance ** 2 - 25 / columns)).toBeLessThan(5 * error);
  });

  test("of weighted rows is that of rows repeated as often", () => {
    const real = cloud(6, seededRandom(4));
    const fake = cloud(9, seededRandom(5));
    const counts = [3, 0, 1, 2, 1, 5];
    const rows = counts.flatMap((count, i) => new Array<number>(count).fill(i));
    const repeated = {
      data: Float32Array.from(rows.flatMap((i) => [real.data[2 * i]!, real.data[2 * i + 1]!])),
      shape: [rows.length, 2],
    };
    for (const scale of [1, 0.1, 1e300]) {
      const realWeights = counts.map((count) => count * scale);
      expect(
        slicedWassersteinDistance(real, fake, { realWeights, projections: 20, random: seededRandom(6) }),
      ).toBeCloseTo(
        slicedWassersteinDistance(repeated, fake, { projections: 20, random: seededRandom(6) }),
        12,
      );
      expect(
        slicedWassersteinDistance(fake, real, {
          fakeWeights: realWeights,
          projections: 20,
          random: seededRandom(6),
        }),
      ).toBeCloseTo(
        slicedWassersteinDistance(fake, repeated, { projections: 20, random: seededRandom(6) }),
        12,
      );
    }
  });

  test.each([
    [{ realWeights: [1, 2] }, "realWeights"],
    [{ fakeWeights: [0, 0, 0] }, "the sum of fakeWeights must be positive"],
    [{ fakeWeights: [1, -1, 1] }, "fakeWeights"],
    [{ realWeights: [1, Number.NaN, 1] }, "realWeights"],
  ])("refuses weights %j", (weights, argument) => {
    const rows = cloud(3, seededRandom(7));
    expect(() => slicedWassersteinDistance(rows, rows, { ...weights, random: seededRandom(8) })).toThrow(
      `slicedWassersteinDistance: ${argument}`,
    );
  });

  test.each([1, 2])("in the plane is an integral over the angle, order %d", (order) => {
    const random = seededRandom(3);
    const real = cloud(30, random);
    const fake = cloud(20, random);
    const along = ({ data }: { data: Float32Array }, angle: number) =>
      Float64Array.from(
        { length: data.length / 2 },
        (_, i) => data[2 * i]! * Math.cos(angle) + data[2 * i + 1]! * Math.sin(angle),
      );
    const costs = Array.from({ length: 500 }, (_, k) => {
      const angle = (Math.PI * (k + 0.5)) / 500;
      return wassersteinDistance(along(real, angle), along(fake, angle), { order }) ** order;
    });
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    const variance = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / costs.length;
    const projections = 2000;
    const distance = slicedWassersteinDistance(real, fake, { projections, order, random });
    // Five standard errors: 1 of 1.7 million seeds.
    expect(Math.abs(distance ** order - mean)).toBeLessThan(5 * Math.sqrt(variance / projections));
  });

  test("is 0 for one sample in another order, and the same for the same directions", () => {
    const real = { data: [1, 2, 3, 4, 5, 6], shape: [3, 2] };
    const turned = { data: [5, 6, 1, 2, 3, 4], shape: [3, 2] };
    expect(slicedWassersteinDistance(real, turned, { random: seededRandom(1) })).toBe(0);
    const far = { data: [1, 2, 3, 4, 5, 9], shape: [3, 2] };
    const distance = slicedWassersteinDistance(real, far, { random: seededRandom(1) });
    expect(slicedWassersteinDistance(far, real, { random: seededRandom(1) })).toBe(distance);
    expect(distance).toBeGreaterThan(0);
  });

  test.each([
    [{}, { data: [1], shape: [1, 1] }, "fake must have as many columns as real, 2, got 1"],
    [{}, { data: [1], shape: [1] }, "fake.shape must be [rows, columns], got [1]"],
    [{ projections: 0 }, undefined, "projections must be a safe integer from 1, got 0"],
    [{ order: Number.NaN }, undefined, "order must be a finite number from 1, got NaN"],
  ])("refuses %j, %j", (options, fake, reason) => {
    const real = { data: [1, 2], shape: [1, 2] };
    expect(() =>
      slicedWassersteinDistance(real, fake ?? real, { ...options, random: seededRandom(1) }),
    ).toThrow(new RangeError(`slicedWassersteinDistance: ${reason}`));
  });

  test("refuses to go without random numbers", () => {
    const random = undefined as unknown as () => number;
    expect(() =>
      slicedWassersteinDistance({ data: [1], shape: [1, 1] }, { data: [1], shape: [1, 1] }, { random }),
    ).toThrow(
      new TypeError(
        "slicedWassersteinDistance: random must be a function that gives numbers in [0, 1), got undefined",
      ),
    );
  });
});
