import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "./run-stages.ts";
import { idxGzip } from "./testing/idx-gzip.ts";
import { runMain as run } from "./testing/run-main.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const small = ["--steps", "20", "--draws", "50", "--chain-length", "5"];

describe("mhgan demo", () => {
  test("prints the table and writes a report without network links, and a record", async () => {
    const out = join(folder, "demo");
    const { code, out: text } = await run(["demo", ...small, "--out", out]);
    expect(code).toBe(0);
    for (const row of ["real data", "GAN", "MH-GAN, K = 5", "acceptance rate"]) expect(text).toContain(row);
    expect((await readdir(out)).sort()).toEqual(["report.html", "run.json"]);
    const html = await readFile(join(out, "report.html"), "utf8");
    // Three samples, two calibration curves, two histograms, two of chains, and the samplers twice: wide and narrow.
    expect(html.match(/<svg[^>]* role="img"/g)).toHaveLength(11);
    expect(html).not.toMatch(/(src|href)="(?!data:|#)/);
    expect(html).not.toContain("NaN");
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    expect(record).toMatchObject({ format: "mhgan-run", version: 1 });
    const { demo } = record.stages;
    expect(demo.options).toEqual({ seed: 1, steps: 20, draws: 50, chainLength: 5, calibrator: "isotonic" });
    expect(demo.result).toMatchObject({ backend: "wasm" });
    expect(demo.files["report.html"]).toMatch(/^[0-9a-f]{64}$/);
  });

  test("--refit adds the draws of a fresh discriminator", async () => {
    const out = join(folder, "refit");
    const { code, out: text } = await run(["demo", ...small, "--refit", "5", "--out", out]);
    expect(code).toBe(0);
    expect(text).toContain("refit + MH-GAN, K = 5");
    const html = await readFile(join(out, "report.html"), "utf8");
    expect(html.match(/<svg class="scatter"/g)).toHaveLength(4);
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    expect(record.stages.demo.result.refit).toMatchObject({
      critics: [{ steps: 5 }],
      rows: { training: 57_600, stopping: 6400, heldOut: 0 },
      selection: { samples: { real: 4096, fake: 4096 } },
    });
    expect(record.stages.demo.result.metrics.refit.highQualityShare).toBeGreaterThanOrEqual(0);
    const refused = await run(["demo", "--refit", "many"]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("It must be a whole number from 1.");
  });

  test("--calibrator takes another one, and refuses what is none", async () => {
    const options = ["demo", ...small, "--json", "--out", join(folder, "calibrator"), "--calibrator"];
    const { code, out } = await run([...options, "venn-abers"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ calibrator: "venn-abers" });
    const refused = await run([...options, "sigmoid"]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /'sigmoid' is invalid. Allowed choices are isotonic, centred-isotonic, venn-abers, platt/,
    );
  });

  test("--json prints one line for machines, the same for the same seed", async () => {
    const args = ["demo", ...small, "--seed", "5", "--json", "--out", join(folder, "json")];
    const results = [await run(args), await run(args)].map(({ code, out }) => {
      expect(code).toBe(0);
      expect(out.trim().split("\n")).toHaveLength(1);
      const { seconds, ...result } = JSON.parse(out);
      expect(seconds).toBeGreaterThan(0);
      return result;
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[0].metrics.mhgan.highQualityShare).toBeLessThanOrEqual(1);
  });

  test("stops at once when interrupted and leaves no file", async () => {
    const controller = new AbortController();
    const out = join(folder, "interrupted");
    setTimeout(() => controller.abort(new Error("interrupted")), 300);
    const { code, err } = await run(["demo", "--steps", "100000000", "--out", out], controller.signal);
    expect(code).toBe(130);
    expect(err).toContain("interrupted");
    expect(await readdir(out)).toEqual([]);
  });
});

describe("mhgan run", () => {
  test("trains on images, improves the samples and draws the picture", async () => {
    const data = join(folder, "images");
    const out = join(folder, "run");
    await idxGzip(data, { train: 400, test: 20 });
    const args = [
      "run",
      "--dataset",
      "fashion-mnist",
      "--data-dir",
      data,
      "--steps",
      "3",
      "--batch-size",
      "4",
    ];
    const {
      code,
      out: text,
      err,
    } = await run([...args, "--draws", "16", "--chain-length", "4", "--out", out, "--no-verify"]);
    expect(err).toContain("360 images");
    expect(code).toBe(0);
    expect(text).toContain("samples.png");
    expect((await readdir(out)).sort()).toEqual([
      "calibration.svg",
      "calibrator.json",
      "discriminator",
      "draws",
      "generator",
      "held-out.npz",
      "log.jsonl",
      "report.html",
      "run.json",
      "samples.png",
      "scores",
    ]);
    const png = decode(await readFile(join(out, "samples.png")));
    expect(png).toMatchObject({ width: 15 * 60 + 4, height: 3 * 64, channels: 1 });
    const { stages } = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    expect(Object.keys(stages)).toEqual(["train", "calibrate", "sample:gan", "sample:mh", "report"]);
    const model = ["model.json", "weights.bin", "manifest.json"];
    expect(Object.keys(stages.train.files).sort()).toEqual(
      [
        ...model.map((file) => `discriminator/${file}`),
        ...model.map((file) => `generator/${file}`),
        ...["held-out.npz", "log.jsonl"],
      ].sort(),
    );
    expect(stages.train.result).toMatchObject({ images: 360, heldOut: 40 });
    const refit = await run([
      ...args,
      ...["--draws", "16", "--chain-length", "4", "--refit", "2", "--out", out, "--no-verify"],
    ]);
    expect(refit.code).toBe(0);
    expect(decode(await readFile(join(out, "samples.png")))).toMatchObject({ height: 5 * 64 });
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    // What was finished was not done again.
    expect(record.stages.train).toEqual(stages.train);
    expect(record.stages.refit.result.refit.rows).toMatchObject({ training: 324, stopping: 36 });
    expect(record.stages.refit.result.refit.critics).toHaveLength(3);
    expect(record.stages["sample:refit"].result.label).toMatch(
      /^obrs --budget \S+ \(chosen on held-out images\)$/,
    );
    // A finished run is not overwritten by accident.
    const again = await run([...args, "--steps", "4", "--no-verify", "--out", out]);
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain("other options: steps 3, now 4");
    expect(again.err).toContain("--force");
  });

  test("goes on where it was stopped, to the same files", async () => {
    const data = join(folder, "few-images");
    await idxGzip(data, { train: 100, test: 4 });
    const args = [
      ...["run", "--dataset", "fashion-mnist", "--data-dir", data, "--no-verify", "--backend", "wasm"],
      ...["--steps", "60", "--batch-size", "2", "--draws", "4", "--chain-length", "2"],
    ];
    const [whole, stopped] = [join(folder, "whole"), join(folder, "stopped")];
    expect((await run([...args, "--out", whole])).code).toBe(0);
    const controller = new AbortController();
    const poll = setInterval(async () => {
      const log = await readFile(join(stopped, "log.jsonl"), "utf8").catch(() => "");
      if (log.includes("\n")) controller.abort(new Error("interrupted"));
    }, 10);
    const first = await run([...args, "--out", stopped], controller.signal);
    clearInterval(poll);
    expect(first.code).toBe(130);
    expect(await readdir(stopped)).toEqual(["checkpoints", "log.jsonl"]);
    // With other options it does not go on with the same run.
    const other = await run([...args, "--batch-size", "3", "--out", stopped]);
    expect(other.code).toBe(2);
    expect(other.err).toContain("batchSize (2 then, 3 now)");
    const second = await run([...args, "--out", stopped]);
    expect(second.code).toBe(0);
    expect(second.err).toMatch(/Went on from the checkpoint of step \d+/);
    const filesOf = async (path: string) => {
      const { stages } = JSON.parse(await readFile(join(path, "run.json"), "utf8")) as RunRecord;
      const files = Object.values(stages).flatMap((stage) => Object.entries(stage.files));
      // The report says how long it took; models hold layer names, which TensorFlow.js numbers through a process.
      return files.filter(([name]) => !/report|model\.json|manifest/.test(name));
    };
    expect(await filesOf(stopped)).toEqual(await filesOf(whole));
    expect(await filesOf(stopped)).toHaveLength(15);
    expect(await readdir(stopped)).toEqual(await readdir(whole));
  });

  test("names the missing or wrong file in one sentence", async () => {
    const missing = await run([
      "run",
      "--dataset",
      "fashion-mnist",
      "--data-dir",
      join(folder, "nothing"),
      "--out",
      join(folder, "x"),
    ]);
    expect(missing.code).toBe(1);
    expect(missing.err).toContain("nothing");
    for (const dataset of ["mnist", "kmnist"]) {
      const args = ["run", "--dataset", dataset, "--data-dir", join(folder, "nothing")];
      expect((await run([...args, "--out", join(folder, "x")])).err).toContain(
        `mhgan: ${join(folder, "nothing")} must hold`,
      );
    }
    const data = join(folder, "truncated");
    await idxGzip(data, { train: 40, test: 4 });
    const path = join(data, "train-images-idx3-ubyte.gz");
    await writeFile(path, (await readFile(path)).subarray(0, 100));
    const truncated = await run([
      "run",
      "--dataset",
      "fashion-mnist",
      "--data-dir",
      data,
      "--out",
      join(folder, "y"),
    ]);
    expect(truncated.code).toBe(1);
    expect(truncated.err).toContain("train-images-idx3-ubyte.gz");
    expect(truncated.err.trim().split("\n")).toHaveLength(1);
  });
});

describe("the command line", () => {
  test.each([
    [["demo", "--draws", "0"], "It must be a whole number from 1."],
    [["demo", "--steps", "many"], "It must be a whole number from 1."],
    [["demo", "--drawss", "3"], "Did you mean --draws?"],
    [["demo", "--backend", "quantum"], "Allowed choices are tfjs-node-gpu"],
    [["run", "--out", "x"], "required option '--dataset <name>'"],
    [["run", "--dataset", "mona-lisa", "--out", "x"], "Allowed choices are fashion-mnist"],
    [["dance"], "unknown command"],
    [["demo", "--out", "/dev/null/x"], "--out must be a folder that can be written"],
  ])("answers %j with exit code 2 and a reason", async (args, reason) => {
    const { code, err } = await run(args);
    expect(err).toContain(reason);
    expect(code).toBe(2);
  });

  test("--help and --version succeed", async () => {
    expect(await run(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("demo") });
    expect(await run(["run", "--help"])).toMatchObject({ code: 0, out: expect.stringContaining("Example") });
    expect((await run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("a backend that is not installed is an error, not another backend", async () => {
    const { code, err } = await run(["demo", "--backend", "tfjs-node", "--out", join(folder, "none")]);
    expect(code).toBe(1);
    expect(err).toContain("npm install @tensorflow/tfjs-node");
  });
});
