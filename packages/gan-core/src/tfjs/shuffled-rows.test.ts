import { randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { shuffledRows } from "./shuffled-rows.ts";

test("gives each row once in a pass, in a new order each time, whatever the batch size", () => {
  const next = shuffledRows(10, randomStream(1));
  const rows = [3, 3, 3, 3, 8].flatMap((howMany) => Array.from(next(howMany)));
  const [first, second] = [rows.slice(0, 10), rows.slice(10)];
  expect(first.slice().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(second.slice().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(second).not.toEqual(first);
  const single = shuffledRows(10, randomStream(1));
  expect(Array.from({ length: 20 }, () => single(1)[0])).toEqual(rows);
});

test("every order is as likely as any other", () => {
  const next = shuffledRows(3, randomStream(2));
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = next(3).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // 1000 each, sd 29: beyond 5 sd for about 3 seeds in a million.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
});
