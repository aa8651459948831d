import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { jensenShannonDivergence } from "../distances/jensen-shannon-divergence.ts";
import { modeMetrics } from "./mode-metrics.ts";

const steps = [-2, -1, 0, 1, 2];
const grid = { modes: steps.flatMap((x) => steps.flatMap((y) => [x, y])), modeSd: 0.05, dimensions: 2 };

/** Draws from the 25 Gaussians, both coordinates by one Box-Muller transform. */
function drawGrid(count: number, random: () => number): Float64Array {
  const points = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const mode = Math.floor(random() * 25);
    const radius = 0.05 * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    points[2 * i] = grid.modes[2 * mode]! + radius * Math.cos(angle);
    points[2 * i + 1] = grid.modes[2 * mode + 1]! + radius * Math.sin(angle);
  }
  return points;
}

describe("by hand", () => {
  test("three good points on two of three modes, one bad point", () => {
    const options = { modes: [0, 0, 3, 0, 6, 0], modeSd: 0.1, dimensions: 2 };
    const quality = modeMetrics([0.1, 0, 0, -0.1, 3, 0.2, 1.5, 0], options);
    expect(quality.highQualityShare).toBe(0.75);
    expect(quality.recoveredModes).toBe(2);
    expect(quality.counts).toEqual(new Float64Array([2, 1, 0]));
    expect(quality.unassigned).toBe(1);
    expect(quality.withinModeSd).toBeCloseTo(Math.sqrt((0.01 + 0.01 + 0.04) / (3 * 2)), 15);
    expect(quality.jensenShannon).toBe(jensenShannonDivergence([2, 1, 0, 1], [1, 1, 1, 0]));
  });

  test("points on all centres are perfect", () => {
    expect(modeMetrics(grid.modes, grid)).toEqual({
      highQualityShare: 1,
      recoveredModes: 25,
      jensenShannon: 0,
      withinModeSd: 0,
      counts: new Float64Array(25).fill(1),
      unassigned: 0,
    });
  });

  test("the radius is four sd unless said otherwise, and belongs to the mode", () => {
    const one = { modes: [0], modeSd: 1, dimensions: 1 };
    expect(modeMetrics([4, -4, 4.0001], one).counts).toEqual(new Float64Array([2]));
    expect(modeMetrics([2, 2.5], { ...one, radiusInSd: 2 }).highQualityShare).toBe(0.5);
  });

  test("without any good point, the divergence is log 2 and there is no sd", () => {
    expect(modeMetrics([9, 9, 8, 8], grid)).toMatchObject({
      highQualityShare: 0,
      recoveredModes: 0,
      jensenShannon: Math.LN2,
      withinModeSd: Number.NaN,
      unassigned: 2,
    });
  });

  test("a collapse to one mode has the divergence of one bin against 25", () => {
    // p = (1, 0, …), q = 1/25 each: ½ [log(50/26) + (1/25) log(2/26) + (24/25) log 2]
    const { jensenShannon, recoveredModes, highQualityShare } = modeMetrics([1, 1, 1, 1], grid);
    const expected = (Math.log(50 / 26) + 0.04 * Math.log(2 / 26) + 0.96 * Math.log(2)) / 2;
    expect(jensenShannon).toBeCloseTo(expected, 14);
    expect([recoveredModes, highQualityShare]).toEqual([1, 1]);
  });
});

describe("weights", () => {
  test("count as so many copies of the point", () => {
    const coordinate = fc.integer({ min: -12, max: 12 }).map((x) => x / 5);
    const weighted = fc.tuple(coordinate, coordinate, fc.nat(3));
    fc.assert(
      fc.property(
        fc.array(weighted, { minLength: 1 }).filter((rows) => rows.some(([, , weight]) => weight > 0)),
        (rows) => {
          const points = rows.flatMap((row) => row.slice(0, 2));
          const copies = rows.flatMap(([x, y, weight]) =>
            Array.from({ length: weight }, () => [x, y]).flat(),
          );
          const byWeight = modeMetrics(points, { ...grid, weights: rows.map(([, , weight]) => weight) });
          const byCopies = modeMetrics(copies, grid);
          expect({ ...byWeight, withinModeSd: 0 }).toEqual({ ...byCopies, withinModeSd: 0 });
          if (byWeight.highQualityShare > 0)
            expect(byWeight.withinModeSd).toBeCloseTo(byCopies.withinModeSd, 14);
        },
      ),
      { seed: 1 },
    );
  });

  test("mean the same when all are multiplied", () => {
    const points = drawGrid(50, seededRandom(1));
    const weights = Float64Array.from({ length: 50 }, (_, i) => i % 7);
    const { counts: _, unassigned: __, ...one } = modeMetrics(points, { ...grid, weights });
    expect(modeMetrics(points, { ...grid, weights: weights.map((weight) => weight / 4) })).toMatchObject(one);
  });

  test("never make a share above 1", () => {
    const weights = [0.1, 0.2, 0.3, 0.7, 0.05];
    expect(
      modeMetrics([0, 1, 0, 1, 0], { modes: [0, 1], modeSd: 0.1, dimensions: 1, weights }).highQualityShare,
    ).toBe(1);
  });
});

describe("true data", () => {
  test("are of high quality but for e^−8, have all modes, and the right sd", () => {
    const n = 40_000;
    const { unassigned, recoveredModes, withinModeSd } = modeMetrics(drawGrid(n, seededRandom(2)), grid);
    // Poisson with mean 40,000 e^−8 = 13.4: outside [1, 36] for 2 of a million seeds.
    expect(unassigned).toBeGreaterThanOrEqual(1);
    expect(unassigned).toBeLessThanOrEqual(36);
    expect(recoveredModes).toBe(25);
    // The tail beyond 4 sd, which is cut off, takes 8 e^−8 / (1 − e^−8) of the variance. Five standard errors σ/√(4n).
    const expected = 0.05 * Math.sqrt(1 - (8 * Math.exp(-8)) / (1 - Math.exp(-8)));
    expect(expected / 0.05).toBeCloseTo(0.9987, 4);
    expect(Math.abs(withinModeSd - expected)).toBeLessThan((5 * 0.05) / Math.sqrt(4 * n));
  });

  test("have the divergence 24 / (8 n) + ½ e^−8 log 2 on average", () => {
    const random = seededRandom(3);
    const [n, runs] = [2_000, 100];
    let mean = 0;
    for (let run = 0; run < runs; run++) mean += modeMetrics(drawGrid(n, random), grid).jensenShannon / runs;
    // 8 n times the divergence is about χ² with 24 degrees of freedom, of sd √48. Five standard errors: 1 of 1.7 million seeds.
    const expected = 24 / (8 * n) + 0.5 * Math.exp(-8) * Math.LN2;
    expect(Math.abs(mean - expected)).toBeLessThan((5 * Math.sqrt(48)) / (8 * n) / Math.sqrt(runs));
  });

  test("score the same in other units", () => {
    const scale = 1 / Math.sqrt(2.0025);
    const points = drawGrid(500, seededRandom(4));
    const plain = modeMetrics(points, grid);
    const scaled = modeMetrics(
      points.map((x) => x * scale),
      {
        ...grid,
        modes: grid.modes.map((x) => x * scale),
        modeSd: grid.modeSd * scale,
      },
    );
    expect({ ...scaled, withinModeSd: 0 }).toEqual({ ...plain, withinModeSd: 0 });
    expect(scaled.withinModeSd / scale).toBeCloseTo(plain.withinModeSd, 14);
  });
});

describe("a bad generator", () => {
  test("that lost a mode shows it", () => {
    const points = drawGrid(5_000, seededRandom(5)).map((x) => (x > 1.5 ? x - 4 : x)); // the rows at 2 fall on −2
    expect(modeMetrics(points, grid).recoveredModes).toBe(16);
  });

  test("with modes in the wrong place has a larger sd: the shift counts", () => {
    const shifted = drawGrid(5_000, seededRandom(6)).map((x) => x + 0.03);
    expect(modeMetrics(shifted, { ...grid, radiusInSd: 9 }).withinModeSd).toBeCloseTo(
      Math.hypot(0.05, 0.03),
      3,
    );
  });
});

test.each([
  [[], grid, "modeMetrics: points must hold at least 1 row and 2 numbers for each row, got 0 numbers"],
  [[1, 2], { ...grid, modeSd: 0 }, "modeMetrics: modeSd must be positive, got 0"],
  [[1, 2], { ...grid, radiusInSd: -4 }, "modeMetrics: radiusInSd must be positive, got -4"],
  [[1, 2], { ...grid, weights: [1, 1] }, "modeMetrics: weights must be 1 long, got 2"],
  [[1, 2], { ...grid, weights: [0] }, "modeMetrics: the sum of weights must be positive and finite, got 0"],
  [[1, 2], { ...grid, weights: [-1] }, "modeMetrics: weights[0] must not be negative, got -1"],
  [[1, Number.NaN], grid, "modeMetrics: points[1] must be finite, got NaN"],
])("modeMetrics refuses %j, %j", (points, options, reason) => {
  expect(() => modeMetrics(points, options)).toThrow(new RangeError(reason));
});
