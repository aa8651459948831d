import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** How far a result may be from its reference. */
export interface Tolerance {
  readonly rel: number;
  readonly abs: number;
}

/** Reads a golden file of this folder; the strings that stand for non-finite numbers become numbers. */
export function readGolden<File>(file: string): File {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const nonFinite = new Set(["NaN", "Infinity", "-Infinity"]);
  return JSON.parse(text, (_, value) => (nonFinite.has(value) ? Number(value) : value));
}

/** `|got − want| ≤ abs + rel·|want|`; NaN equals NaN and infinities their like. */
export function expectClose(got: number, want: number, { rel, abs }: Tolerance, what = ""): void {
  const close = Object.is(got, want) || Math.abs(got - want) <= abs + rel * Math.abs(want);
  if (!close) expect.fail(`${what}: got ${got}, want ${want}`);
}
