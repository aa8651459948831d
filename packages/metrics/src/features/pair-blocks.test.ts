import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import type { Features } from "./features.ts";
import { innerProducts } from "./inner-products.ts";
import { ownPairBlocks, type PairBlock, pairBlocks, SIDE } from "./pair-blocks.ts";
import { squaredDistances } from "./squared-distances.ts";

/** What the blocks say of each pair, and how often they say it. */
function gather(blocks: Iterable<PairBlock>): Map<string, number[]> {
  const pairs = new Map<string, number[]>();
  for (const { aStart, aEnd, bStart, bEnd, values } of blocks) {
    for (let i = aStart; i < aEnd; i++) {
      for (let j = bStart; j < bEnd; j++) {
        const key = `${i} ${j}`;
        pairs.set(key, [...(pairs.get(key) ?? []), values[(i - aStart) * SIDE + j - bStart]!]);
      }
    }
  }
  return pairs;
}

const features = (rows: number, columns: number, seed: number): Features => {
  const random = seededRandom(seed);
  // Multiples of 1/256 in [−8, 8): sums of their products are exact.
  return {
    data: Float32Array.from({ length: rows * columns }, () => Math.floor(random() * 4096) / 256 - 8),
    shape: [rows, columns],
  };
};
const row = ({ data, shape }: Features, i: number): number[] =>
  Array.from(data).slice(i * shape[1]!, (i + 1) * shape[1]!);
const square = (x: number[], y: number[]): number => x.reduce((sum, v, k) => sum + (v - y[k]!) ** 2, 0);
const product = (x: number[], y: number[]): number => x.reduce((sum, v, k) => sum + v * y[k]!, 0);

const rows = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(63, 64, 65, 130));

test("every pair is in one block, with its distance or its product, for any type of array", () => {
  fc.assert(
    fc.property(rows, rows, fc.integer({ min: 1, max: 5 }), fc.nat(99), (n, m, columns, seed) => {
      const a = features(n, columns, seed);
      const b = features(m, columns, seed + 100);
      const plain = { data: Array.from(a.data), shape: a.shape };
      const distances = gather(pairBlocks(a, b, squaredDistances));
      const products = gather(pairBlocks(plain, b, innerProducts));
      expect(distances.size).toBe(n * m);
      for (let i = 0; i < n; i += 7) {
        for (let j = 0; j < m; j += 5) {
          expect(distances.get(`${i} ${j}`)).toEqual([square(row(a, i), row(b, j))]);
          expect(products.get(`${i} ${j}`)).toEqual([product(row(a, i), row(b, j))]);
        }
      }
    }),
    { seed: 1, numRuns: 40 },
  );
});

test("of one matrix every pair i ≤ j is in one block", () => {
  const a = features(130, 3, 1);
  const pairs = gather(ownPairBlocks(a, squaredDistances));
  for (let i = 0; i < 130; i++) {
    for (let j = i; j < 130; j++) expect(pairs.get(`${i} ${j}`)).toEqual([square(row(a, i), row(a, j))]);
  }
});

test("distances keep their digits far from the origin", () => {
  const a = { data: [1e8, 1e8 + 1e-3], shape: [2, 1] };
  const gap = 1e8 + 1e-3 - 1e8;
  const pairs = gather(ownPairBlocks(a, squaredDistances));
  expect(pairs.get("0 0")).toEqual([0]);
  expect(pairs.get("0 1")).toEqual([gap * gap]);
});
