import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import {
  firstOfSplit,
  isStream,
  MOST_UNIFORMS,
  randomStream,
  randomStreamFromJSON,
  uniformsAt,
} from "./random-stream.ts";

const take = (random: () => number, count: number): number[] => Array.from({ length: count }, random);

describe("randomStream", () => {
  test("maps the known answer of Threefry onto 53 bits", () => {
    // Seed 0 at position 0 is the all-zero key and counter: words 6b200159 99ba4efe.
    expect(randomStream(0)()).toBe(((0x6b200159 >>> 5) * 2 ** 26 + (0x99ba4efe >>> 6)) / 2 ** 53);
  });

  // Bit stability is part of the public interface: a change of these values is a breaking change.
  test("keeps its first values for ever", () => {
    expect(take(randomStream(0), 3)).toMatchInlineSnapshot(`
      [
        0.41845711022987275,
        0.3146817218764961,
        0.39316028345159515,
      ]
    `);
    expect(take(randomStream(2 ** 53 - 1), 2)).toMatchInlineSnapshot(`
      [
        0.4364760807442819,
        0.9667333890133216,
      ]
    `);
    expect(take(randomStream("a name"), 2)).toMatchInlineSnapshot(`
      [
        0.21549442680191555,
        0.6994503240171338,
      ]
    `);
    expect(take(randomStream(7).split(3), 2)).toMatchInlineSnapshot(`
      [
        0.5739199858454436,
        0.09975735670909147,
      ]
    `);
    expect(
      take(
        randomStream(7)
          .split("start")
          .split(2 ** 40),
        2,
      ),
    ).toMatchInlineSnapshot(`
      [
        0.6407478612964227,
        0.071766257787516,
      ]
    `);
  });

  test("gives values in [0, 1) that look uniform", () => {
    const values = take(randomStream(11), 100_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    // Fixed seed; a right generator fails for 1 seed in 1000.
    expect(kolmogorovSmirnovPValue(values, (x) => x)).toBeGreaterThan(0.001);
  });

  test("shows no correlation between neighbouring values and between sibling streams", () => {
    const n = 100_000;
    const root = randomStream(5);
    const correlation = (pair: (i: number) => [number, number]) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const [a, b] = pair(i);
        sum += (a - 0.5) * (b - 0.5);
      }
      return (sum / n) * 12 * Math.sqrt(n);
    };
    const values = take(root, n + 1);
    // Standard normal for a right generator: outside ±4 for 6 seeds in 100,000.
    expect(Math.abs(correlation((i) => [values[i]!, values[i + 1]!]))).toBeLessThan(4);
    expect(Math.abs(correlation((i) => [firstOfSplit(root, i), firstOfSplit(root, i + 1)]))).toBeLessThan(4);
    expect(Math.abs(correlation((i) => [firstOfSplit(root, i), values[i]!]))).toBeLessThan(4);
  });

  test("never repeats a value among values, children and grandchildren", () => {
    const root = randomStream(1);
    const seen = new Set(take(root, 50_000));
    for (let i = 0; i < 50_000; i++) seen.add(firstOfSplit(root, i));
    for (let i = 0; i < 50_000; i++) seen.add(root.split(`${i}`)());
    for (let i = 0; i < 50_000; i++) seen.add(root.split(0).split(i)());
    // 200,000 of 2^53 values: the chance of any collision is 2 in a million.
    expect(seen.size).toBe(200_000);
  });

  test("depends on seed, path and position alone", () => {
    const seed = fc.oneof(fc.nat(), fc.string());
    const name = fc.oneof(fc.nat(), fc.string());
    fc.assert(
      fc.property(seed, fc.array(name, { maxLength: 4 }), fc.nat(1000), (seed, path, position) => {
        const walk = () => path.reduce((stream, name) => stream.split(name), randomStream(seed));
        const one = walk();
        take(one, position);
        one.split("something else")();
        const other = walk();
        other.seek(position);
        expect(other.position).toBe(position);
        expect(other()).toBe(one());
      }),
      { seed: 1 },
    );
  });

  test("firstOfSplit is the first value of the split", () => {
    fc.assert(
      fc.property(fc.nat(), fc.maxSafeNat(), (seed, name) => {
        const stream = randomStream(seed);
        expect(firstOfSplit(stream, name)).toBe(stream.split(name)());
      }),
      { seed: 1 },
    );
  });

  test.each([0, 99, 2 ** 32 - 3, 2 ** 40])(
    "uniformsAt gives what calling gives from position %d on",
    (position) => {
      const random = randomStream("at once");
      const values = new Float64Array(MOST_UNIFORMS + 2);
      uniformsAt(random, position, MOST_UNIFORMS, values, 1);
      expect(random.position).toBe(0);
      random.seek(position);
      expect([...values]).toEqual([0, ...take(random, MOST_UNIFORMS), 0]);
    },
  );

  test("isStream tells a stream from a function that was given its properties", () => {
    const random = randomStream(1);
    expect(isStream(random)).toBe(true);
    expect(isStream(random.split("child"))).toBe(true);
    expect(isStream(() => random())).toBe(false);
    expect(isStream(Object.assign(() => 0.5, random))).toBe(false);
  });

  test("addresses positions beyond 32 bits", () => {
    const random = randomStream(1);
    random.seek(2 ** 32);
    expect(random()).not.toBe(randomStream(1)());
    expect(random.position).toBe(2 ** 32 + 1);
  });

  test("comes back from JSON at the same position", () => {
    const random = randomStream("run").split(4);
    take(random, 17);
    const copy = randomStreamFromJSON(JSON.parse(JSON.stringify(random)));
    expect(copy.position).toBe(17);
    expect(take(copy, 5)).toEqual(take(random, 5));
  });

  test.each([
    null,
    3,
    [],
    {},
    { kind: "threefry2x32-20", version: 2, key: [0, 0], position: 0 },
    { kind: "threefry2x32-20", version: 1, key: [0], position: 0 },
    { kind: "threefry2x32-20", version: 1, key: [0, -1], position: 0 },
    { kind: "threefry2x32-20", version: 1, key: [0, "1"], position: 0 },
    { kind: "threefry2x32-20", version: 1, key: [0, 1], position: 0.5 },
  ])("refuses the JSON %j", (json) => {
    expect(() => randomStreamFromJSON(json)).toThrow(TypeError);
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses the number %d", (number) => {
    expect(() => randomStream(number)).toThrow(RangeError);
    expect(() => randomStream(1).split(number)).toThrow(RangeError);
    expect(() => randomStream(1).seek(number)).toThrow(RangeError);
  });
});
