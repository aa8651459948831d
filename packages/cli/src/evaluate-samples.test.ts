import { normal, type RandomStream, randomStream } from "@mhgan/mcmc";
import { type Features, frechetDistance } from "@mhgan/metrics";
import { describe, expect, test } from "vitest";
import { evaluateSamples, qualityNames } from "./evaluate-samples.ts";

function normals(random: RandomStream, rows: number, columns: number, mean = 0, sd = 1): Features {
  return {
    data: Float32Array.from({ length: rows * columns }, () => mean + sd * normal(random)),
    shape: [rows, columns],
  };
}

describe("evaluateSamples", () => {
  test("gives every set its figures, the real images theirs, and differences from the first set", async () => {
    const random = randomStream("figures");
    const far = normals(random, 300, 3, 50);
    const { floor, sets, ...rest } = await evaluateSamples({
      real: normals(random, 600, 3),
      sets: { far, near: normals(random, 300, 3, 0.5), again: far },
      random: random.split("halves"),
    });
    expect(rest).toEqual({ rows: 300, neighbours: 5, groups: 10 });
    expect(floor.name).toBe("real");
    expect(floor.quality.precision.estimate).toBeGreaterThan(0.8);
    expect(floor.quality.frechetDistance.estimate).toBeLessThan(0.2);
    expect(sets.map(({ name }) => name)).toEqual(["far", "near", "again"]);
    const [first, near, again] = sets;
    const nothing = { estimate: 0, standardError: 0, lower: 0, upper: 0 };
    expect(first!.quality).toMatchObject({ precision: nothing, recall: nothing, density: nothing });
    expect(first!.quality.frechetDistance.estimate / (3 * 50 ** 2)).toBeCloseTo(1, 1);
    expect(first).not.toHaveProperty("difference");
    for (const name of qualityNames) {
      const { estimate, standardError, lower, upper } = near!.quality[name];
      expect(near!.difference![name].estimate).toBe(estimate - first!.quality[name].estimate);
      expect(standardError).toBeGreaterThan(0);
      // Student's t with 9 degrees of freedom.
      expect((upper - estimate) / standardError).toBeCloseTo(2.2622, 4);
      expect((estimate - lower) / standardError).toBeCloseTo(2.2622, 4);
      expect(again!.difference![name]).toEqual(nothing);
    }
  });

  test("measures a set against one half of the real images, the other half likewise", async () => {
    const random = randomStream("halves");
    const real = normals(random, 100, 2);
    const { floor, sets } = await evaluateSamples({
      real,
      sets: { same: real },
      random: random.split("halves"),
      rows: 50,
      groups: 2,
    });
    // Of the two halves only one can be the first fifty rows.
    expect(floor.quality.frechetDistance.estimate).toBeGreaterThan(0);
    expect(sets[0]!.quality.frechetDistance.estimate).toBeGreaterThan(0);
    expect(frechetDistance(real, real)).toBeCloseTo(0, 10);
  });

  test("standard errors are those of the closed form", async () => {
    // In one dimension, with means δ apart and equal variances, the variance of the squared distance of n against n rows is 8 δ² / n to first order.
    // The mean of 30 squared errors, each with 9 degrees of freedom, scatters by 9 %: a deviation of 30 % is one false alarm in a thousand.
    const [rows, runs, shift] = [100, 30, 1];
    let squares = 0;
    for (let run = 0; run < runs; run++) {
      const random = randomStream(run);
      const { sets } = await evaluateSamples({
        real: normals(random, 2 * rows, 1),
        sets: { shifted: normals(random, rows, 1, shift) },
        random: random.split("halves"),
      });
      squares += sets[0]!.quality.frechetDistance.standardError ** 2 / runs;
    }
    expect(squares / ((8 * shift ** 2) / rows)).toBeGreaterThan(0.7);
    expect(squares / ((8 * shift ** 2) / rows)).toBeLessThan(1.3);
  });

  test("the same stream gives the same figures, another other halves", async () => {
    const random = randomStream("same");
    const given = { real: normals(random, 100, 2), sets: { a: normals(random, 50, 2) } };
    const [one, two, other] = [
      await evaluateSamples({ ...given, random: randomStream(1) }),
      await evaluateSamples({ ...given, random: randomStream(1) }),
      await evaluateSamples({ ...given, random: randomStream(2) }),
    ];
    expect(two).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test("says how far it is, and stops when told to", async () => {
    const random = randomStream("progress");
    const given = {
      real: normals(random, 100, 2),
      sets: { a: normals(random, 50, 2) },
      random: randomStream(1),
    };
    const seen: number[] = [];
    await evaluateSamples({
      ...given,
      onProgress: ({ done, total }) => {
        expect(total).toBe(22);
        seen.push(done);
      },
    });
    expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => i));
    const controller = new AbortController();
    const stopped = evaluateSamples({
      ...given,
      signal: controller.signal,
      onProgress: ({ done }) => done === 3 && controller.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
  });

  test("says what is wrong with its options", async () => {
    const random = randomStream("errors");
    const real = normals(random, 100, 2);
    const sets = { a: normals(random, 50, 2) };
    const given = { real, sets, random };
    await expect(evaluateSamples({ ...given, sets: {} })).rejects.toThrow(
      "evaluateSamples: sets must hold at least one set, got none",
    );
    await expect(evaluateSamples({ ...given, groups: 1 })).rejects.toThrow(
      "evaluateSamples: groups must be an integer from 2, got 1",
    );
    await expect(evaluateSamples({ ...given, rows: 51 })).rejects.toThrow(
      /rows must be an integer from 20 \(10 groups\) to 50 .*, got 51/,
    );
    await expect(evaluateSamples({ ...given, sets: { ...sets, b: normals(random, 2, 2) } })).rejects.toThrow(
      "at least 20 samples of each set and 40 real ones are needed, got 50 of a, 2 of b, 100 real",
    );
    await expect(evaluateSamples({ ...given, sets: { a: normals(random, 50, 3) } })).rejects.toThrow(
      /must have as many columns/,
    );
    const withNaN = { data: new Float32Array(100).fill(NaN), shape: [50, 2] };
    await expect(evaluateSamples({ ...given, sets: { a: withNaN } })).rejects.toThrow(/NaN/);
  });
});
