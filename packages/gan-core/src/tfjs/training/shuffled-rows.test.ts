import { randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { shuffledRows } from "./shuffled-rows.ts";

const rows = Uint32Array.of(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

test("gives each row once in a pass, in a new order each time, whatever the batch size", () => {
  const rowsAt = shuffledRows(rows, randomStream(1));
  const places = [
    [0, 3],
    [3, 3],
    [6, 3],
    [9, 3],
    [12, 8],
  ] as const;
  const all = places.flatMap(([first, howMany]) => Array.from(rowsAt(first, howMany)));
  const [first, second] = [all.slice(0, 10), all.slice(10)];
  expect(first.slice().sort((a, b) => a - b)).toEqual(Array.from(rows));
  expect(second.slice().sort((a, b) => a - b)).toEqual(Array.from(rows));
  expect(second).not.toEqual(first);
  expect(Array.from(rows)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test("what stands at a place depends on nothing that was asked before", () => {
  const inOrder = shuffledRows(rows, randomStream(1));
  const all = Array.from({ length: 50 }, (_, place) => inOrder(place, 1)[0]);
  const jumping = shuffledRows(rows, randomStream(1));
  expect(Array.from(jumping(37, 13))).toEqual(all.slice(37));
  expect(Array.from(jumping(5, 30))).toEqual(all.slice(5, 35));
});

test("every order is as likely as any other", () => {
  const rowsAt = shuffledRows(Uint32Array.of(0, 1, 2), randomStream(2));
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = rowsAt(3 * i, 3).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // 1000 each, sd 29: beyond 5 sd for about 3 seeds in a million.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
});
