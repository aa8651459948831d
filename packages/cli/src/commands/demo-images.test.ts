import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CalibrationReport } from "@mhgan/gan-core";
import { decode } from "fast-png";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunStages } from "../run-stages.ts";
import { shippedGan } from "../shipped.ts";
import { readScores } from "../stages/stored-scores.ts";
import { runMain as run } from "../testing/run-main.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-images-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("the GAN that comes with the package is whole, and its scores calibrate as they are recorded to", async () => {
  const shipped = await RunStages.open(shippedGan);
  for (const name of ["train", "calibrate", "refit"]) {
    const record = await shipped.required(name, "");
    for (const file of Object.keys(record.files)) await shipped.file(record, file);
  }
  for (const [name, prefix] of [
    ["calibrate", ""],
    ["refit", "refit/"],
  ] as const) {
    const record = await shipped.required(name, "");
    const scores = await readScores(shipped, record, prefix);
    // Another version of Node may round a logarithm otherwise.
    const { auc, logLoss, meanWeight } = record.result["report"] as CalibrationReport;
    expect(scores.report.auc).toBeCloseTo(auc, 9);
    expect(scores.report.logLoss).toBeCloseTo(logLoss, 9);
    expect(scores.report.meanWeight).toBeCloseTo(meanWeight, 9);
    const saved = await readFile(join(shippedGan, `${prefix}calibrator.json`), "utf8");
    expect(JSON.stringify(scores.calibrator)).toBe(saved.trim());
  }
});

test("demo --images makes the picture and a run to go on with", async () => {
  const out = join(folder, "demo");
  const shown = await run(["demo", "--images", "--draws", "15", "--out", out]);
  expect(shown.code).toBe(0);
  expect(shown.out).toContain("rows: real images, the GAN, mh, by-class");
  const png = decode(await readFile(join(out, "samples.png")));
  expect(png).toMatchObject({ width: 15 * 60 + 4, height: 4 * 64 });
  // What the discriminator picks looks more real to it than what the generator makes: no more than a check that they are not mixed up.
  const { out: predicted } = await run(["predict", out, "--json"]);
  expect(JSON.parse(predicted).acceptanceRate).toBeGreaterThan(0.2);
});

test("options of training are not for it", async () => {
  expect((await run(["demo", "--images", "--steps", "3"])).code).toBe(2);
});
