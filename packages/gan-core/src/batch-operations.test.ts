import { describe, expect, test } from "vitest";
import { batchOperations } from "./batch-operations.ts";
import type { Gan } from "./gan.ts";

const operationsFor = <Batch>(extra: Partial<Gan<Batch>> = {}) =>
  batchOperations<Batch>({ generate: () => [] as Batch, score: () => [], ...extra });

describe("batchOperations", () => {
  test("takes and joins arrays of anything", async () => {
    const { take, concat } = operationsFor<string[]>();
    expect(await take(["a", "b", "c"], [2, 0, 2])).toEqual(["c", "a", "c"]);
    expect(await concat([["a"], [], ["b", "c"]])).toEqual(["a", "b", "c"]);
  });

  test("takes and joins { data, shape } of any rank and type", async () => {
    const { take, concat } = operationsFor<{ data: Uint8Array; shape: number[] }>();
    const batch = { data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [2, 2, 2] };
    expect(await take(batch, Uint32Array.of(1, 1, 0))).toEqual({
      data: Uint8Array.of(5, 6, 7, 8, 5, 6, 7, 8, 1, 2, 3, 4),
      shape: [3, 2, 2],
    });
    expect(await concat([batch, { data: Uint8Array.of(9, 9, 9, 9), shape: [1, 2, 2] }])).toEqual({
      data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9),
      shape: [3, 2, 2],
    });
  });

  test("prefers the GAN's own methods", async () => {
    const { take, concat } = operationsFor<string>({
      take: (batch, rows) => `${batch}[${Array.from(rows)}]`,
      concat: (batches) => batches.join("+"),
    });
    expect(await take("x", [1, 2])).toBe("x[1,2]");
    expect(await concat(["x", "y"])).toBe("x+y");
  });

  test.each([new Map(), "text", null, { data: [1], shape: [1] }])(
    "says what a batch must be, got %o",
    (batch) => {
      const { take } = operationsFor<unknown>();
      expect(() => take(batch, [0])).toThrow("a batch must be an array or { data, shape }");
    },
  );
});
