import { randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { batchOperations } from "./batch-operations.ts";
import { calibrateGan } from "./calibrate-gan.ts";
import type { Gan } from "./gan.ts";
import { arrayBatchOf, type PlainSamples } from "./plain-samples.ts";
import { shiftedData, shiftedGan } from "./testing/shifted-gan.ts";

const images = [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
];

describe("arrayBatchOf", () => {
  test("flattens lists of any depth, typed arrays among them, and leaves { data, shape } as it is", () => {
    const expected = { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [2, 2, 2] };
    expect(arrayBatchOf("f: x", images, [2, 2])).toEqual(expected);
    const typed = images.map((image) => image.map((row) => Float64Array.from(row)));
    expect(arrayBatchOf("f: x", typed, [null, "width"])).toEqual(expected);
    const batch = { data: Uint8Array.of(0, 255), shape: [2, 1] };
    expect(arrayBatchOf("f: x", batch, [1])).toBe(batch);
  });

  test.each<[PlainSamples, string]>([
    [[[1, 2], [3]], "f: x must all have one shape, [2] as the first: got 1 instead of 2 entries in sample 1"],
    [[[1, 2], 3 as unknown as number[]], "got number instead of 2 entries in sample 1"],
    [[[1, "2" as unknown as number]], "f: x must be numbers, got string in sample 0"],
    [
      [
        [1, 2],
        [3, Number.NaN],
      ],
      "f: x must be numbers, got NaN in sample 1",
    ],
    [[1, 2, 3] as unknown as number[][], "f: x must have shape [samples, 2], got [3]"],
    [[[1, 2, 3]], "f: x must have shape [samples, 2], got [1, 3]"],
    [{ data: new Float32Array(3), shape: [2, 2] }, "must hold 4 numbers, as its shape [2, 2] says, got 3"],
    [{ data: Float32Array.of(0, 0, NaN, 0), shape: [2, 2] }, "got NaN in sample 1"],
    [[], "f: x must have shape [samples, 2], got [0]"],
  ])("refuses %j", (samples, message) => {
    expect(() => arrayBatchOf("f: x", samples, [2])).toThrow(message);
  });
});

describe("a GAN with toBatch", () => {
  // Batches that nobody else knows, counted while they are alive.
  class Column {
    readonly values: readonly number[];
    constructor(values: readonly number[]) {
      this.values = values;
      alive.add(this);
    }
  }
  const alive = new Set<Column>();
  const gan: Gan<Column> = {
    output: "logit",
    generate: (count, random) => new Column(shiftedGan.generate(count, random) as number[]),
    score: ({ values }) => values.map((x) => x - 0.5),
    toBatch: (samples) => new Column(Array.from(arrayBatchOf("gan: samples", samples, [1]).data)),
    take: ({ values }, rows) => new Column(Array.from(rows, (row) => values[row]!)),
    concat: (batches) => new Column(batches.flatMap(({ values }) => values)),
    dispose: (batch) => {
      if (!alive.delete(batch)) throw new Error("freed twice");
    },
  };
  const real = shiftedData(5000, randomStream("real"));
  const rows = real.map((x) => [x]);

  test("is calibrated and sampled from plain real samples as from a batch, and frees what it converts", async () => {
    const { metropolisHastings } = await import("@mhgan/mcmc");
    const sampler = metropolisHastings({ chainLength: 2, restart: "never" });
    const results = [];
    for (const given of [new Column(real), rows, { data: Float64Array.from(real), shape: [5000, 1] }]) {
      const calibrated = await calibrateGan(gan, { real: given, seed: 1 });
      const { samples, info } = await calibrated.sample({ draws: 50, sampler, seed: 2 });
      // Some draws are real samples: those were converted too.
      expect(info.capOuts).toBeGreaterThan(0);
      results.push(samples.values.map(Math.fround));
      gan.dispose!(samples);
      if (given instanceof Column) gan.dispose!(given);
      expect(alive.size).toBe(0);
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test("frees a converted batch though scoring fails", async () => {
    const broken = batchOperations({ ...gan, score: () => [1] });
    await expect(broken.score(rows)).rejects.toThrow("score must give 4096 scores, got 1");
    expect(alive.size).toBe(0);
  });
});
