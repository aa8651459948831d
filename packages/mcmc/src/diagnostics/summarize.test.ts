import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { autoregression } from "../testing/autoregression.ts";
import { summarize } from "./summarize.ts";
import { summaryTable } from "./summary-table.ts";

const shape = { chains: 2, length: 51, correlation: 0.5 };
const first = autoregression(shape, randomStream(1));
const second = autoregression(shape, randomStream(2)).map((x) => 100 + 20 * x);
const both = Float64Array.from({ length: 204 }, (_, i) => (i % 2 === 0 ? first : second)[i >> 1]!);

describe("summarize", () => {
  test("a quantity among others has the row that it has alone", () => {
    const rows = summarize(both, { chains: 2, names: ["a", "b"] });
    expect(rows).toEqual([
      ...summarize(first, { chains: 2, names: ["a"] }),
      ...summarize(second, { chains: 2, names: ["b"] }),
    ]);
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });

  test("names are made up if there are none", () => {
    expect(summarize(both, { chains: 2, quantities: 2 }).map(({ name }) => name)).toEqual(["x0", "x1"]);
  });

  test("quantiles and moments by hand", () => {
    const [row] = summarize([4, 1, 3, 2, 5], { chains: 1 });
    expect(row).toMatchObject({ mean: 3, standardDeviation: Math.sqrt(2.5), median: 3 });
    expect(row!.q05).toBeCloseTo(1.2, 14);
    expect(row!.q95).toBeCloseTo(4.8, 14);
  });

  test("what draws cannot tell is NaN; what they can is told", () => {
    const none = { errorOfMean: NaN, rHat: NaN, bulkEss: NaN, tailEss: NaN };
    const [constant] = summarize(new Float64Array(20).fill(7), { chains: 2 });
    expect(constant).toEqual({
      name: "x0",
      mean: 7,
      standardDeviation: 0,
      q05: 7,
      median: 7,
      q95: 7,
      ...none,
    });
    const [unknown] = summarize([1, 2, Number.NaN, 4], { chains: 1 });
    expect(unknown).toMatchObject({ mean: NaN, q05: NaN, median: NaN, q95: NaN, ...none });
    const infinite = first.map((x, i) => (i === 5 ? Infinity : x));
    const [row] = summarize(infinite, { chains: 2 });
    expect(row!.mean).toBe(Infinity);
    expect(row!.bulkEss).toBeGreaterThan(0);
    expect(row!.rHat).toBeGreaterThan(0);
    expect(row!.tailEss).toBeNaN();
  });

  test("says what is wrong with its arguments", () => {
    expect(() => summarize(both, { chains: 2, quantities: 3, names: ["a"] })).toThrow(
      new RangeError("summarize: names must have length 3, got 1"),
    );
    expect(() => summarize([1, 2, 3, 4], { chains: 3 })).toThrow(
      new RangeError(
        "summarize: draws must have a length that is a multiple of chains × quantities = 3 and not 0, got 4",
      ),
    );
    expect(() => summarize([], { chains: 1 })).toThrow(/ and not 0, got 0$/);
    expect(() => summarize([1], { chains: 0 })).toThrow(
      new RangeError("summarize: chains must be a safe integer from 1, got 0"),
    );
    expect(() => summarize([1], { chains: 1, quantities: 0 })).toThrow(
      new RangeError("summarize: quantities must be a safe integer from 1, got 0"),
    );
    expect(() => summarize(["1" as unknown as number], { chains: 1 })).toThrow(
      new TypeError("summarize: draws must hold numbers, got 1 at index 0"),
    );
  });
});

test("summaryTable aligns its columns, for any length of name and for what has no value", () => {
  const rows = [
    ...summarize(both, { chains: 2, names: ["a", "a longer name"] }),
    ...summarize([1, 2], { chains: 1 }),
  ];
  const lines = summaryTable(rows).split("\n");
  expect(lines.length).toBe(4);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[3]).toMatch(/^x0 .* 1\.5 .*NaN {2}.*NaN$/);
  expect(summaryTable([])).toMatch(/^name {2}mean .* tail ess$/);
});
