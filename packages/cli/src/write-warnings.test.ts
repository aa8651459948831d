import { calibrateScores } from "@mhgan/gan-core";
import { normal, randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { writeWarnings } from "./write-warnings.ts";

test("warnings name what is typed, not what is called", () => {
  const random = randomStream(1);
  const scores = (mean: number) => Float64Array.from({ length: 2000 }, () => mean + normal(random));
  // So far apart that hardly a fake score carries weight.
  const { report } = calibrateScores(scores(4), scores(0), {
    output: "unbounded",
    calibrator: "isotonic",
    seed: 1,
  });
  expect(report.warnings.join(" ")).toMatch(/[a-z][A-Z]/);
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text) };
  writeWarnings({ stdout: stderr, stderr, signal: new AbortController().signal }, report.warnings);
  expect(written).toHaveLength(report.warnings.length);
  expect(written.join("")).toContain("see obrs and --temper\n");
  expect(written.join("")).not.toMatch(/[a-z][A-Z]/);
});
