import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Reads a golden file of this folder; the strings that stand for non-finite numbers become numbers. */
export function readGolden<Case>(file: string): Case[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const nonFinite = new Set(["NaN", "Infinity", "-Infinity"]);
  const { cases } = JSON.parse(text, (_, value) => (nonFinite.has(value) ? Number(value) : value));
  return cases;
}

/** `|got − want| ≤ abs + rel·|want|`, element by element; NaN equals NaN and infinities their like. */
export function expectClose(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  { rel, abs }: { rel: number; abs: number },
): void {
  expect(got.length).toBe(want.length);
  for (let i = 0; i < want.length; i++) {
    const close = Object.is(got[i], want[i]) || Math.abs(got[i]! - want[i]!) <= abs + rel * Math.abs(want[i]!);
    if (!close) expect.fail(`got ${got[i]}, want ${want[i]} at index ${i}`);
  }
}
