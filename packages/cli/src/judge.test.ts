import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type JudgedImages, loadJudge } from "./judge.ts";
import { shippedJudge } from "./shipped.ts";
import { idxGzip } from "./testing/idx-gzip.ts";
import { runMain as run } from "./testing/run-main.ts";

let folder: string;
let args: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-test-"));
  const data = join(folder, "images");
  await idxGzip(data, { train: 120, test: 20 });
  args = ["train-judge", "--dataset", "fashion-mnist", "--data-dir", data, "--no-verify"];
  args.push("--steps", "12", "--batch-size", "4", "--features", "8");
  expect((await run([...args, "--out", join(folder, "judge")])).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

describe("mhgan train-judge", () => {
  test("writes a model and its record", async () => {
    const out = join(folder, "judge");
    expect((await readdir(out)).sort()).toEqual(["judge", "run.json"]);
    expect((await readdir(join(out, "judge"))).sort()).toEqual([
      "manifest.json",
      "model.json",
      "weights.bin",
    ]);
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    const stage = record.stages["train-judge"];
    expect(stage.options).toMatchObject({
      dataset: "fashion-mnist",
      seed: 1,
      steps: 12,
      batchSize: 4,
      features: 8,
    });
    expect(stage.result).toMatchObject({ images: { training: 110, heldOut: 10, test: 20 } });
    expect(stage.files["judge/weights.bin"]).toMatch(/^[0-9a-f]{64}$/);
    for (const share of [stage.result.testAccuracy, stage.result.heldOutAccuracy]) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  test("--json prints one line; the same seed makes the same judge, another another", async () => {
    const results: { files: string; testAccuracy: number }[] = [];
    for (const [name, seed] of [
      ["one", "1"],
      ["two", "2"],
    ] as const) {
      const { code, out } = await run([
        ...args,
        "--json",
        "--seed",
        seed,
        "--out",
        join(folder, name, "deep"),
      ]);
      expect(code).toBe(0);
      expect(out.trim().split("\n")).toHaveLength(1);
      results.push(JSON.parse(out));
    }
    const hashes: string[] = [];
    for (const name of ["judge", "one/deep", "two/deep"]) {
      const judge = await loadJudge(join(folder, name));
      hashes.push(judge.sha256);
      judge.dispose();
    }
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
    expect(results[0]).toMatchObject({ command: "train-judge", options: { seed: 1 } });
  });

  test("keeps a finished judge unless told to replace it, and refuses other calls", async () => {
    expect((await run([...args, "--out", join(folder, "judge")])).err).toContain("done before");
    const again = await run([...args, "--features", "9", "--out", join(folder, "judge")]);
    expect(again.code).toBe(2);
    expect(again.err).toContain("holds a finished train-judge with other options: features 8, now 9");
    const unknown = await run(["train-judge", "--dataset", "cats", "--out", folder]);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toMatch(/Allowed choices are fashion-mnist, mnist, kmnist/);
  });

  test("stops when interrupted and leaves no file", async () => {
    const controller = new AbortController();
    const out = join(folder, "interrupted");
    setTimeout(() => controller.abort(new Error("interrupted")), 300);
    const { code } = await run([...args, "--steps", "10000000", "--out", out], controller.signal);
    expect(code).toBe(130);
    expect(await readdir(out)).toEqual([]);
  });
});

describe("loadJudge", () => {
  const grey = (count: number, value = 0.5): JudgedImages => ({
    data: new Float32Array(count * 784).fill(value),
    shape: [count, 28, 28, 1],
  });

  test("looks at images, each by itself, and leaves no tensor behind", async () => {
    const judge = await loadJudge(join(folder, "judge"));
    expect(judge).toMatchObject({ dataset: "fashion-mnist" });
    const before = tf.memory().numTensors;
    const seen: number[] = [];
    const { data, shape } = await judge.look(grey(1001), { onProgress: (images) => seen.push(images) });
    expect(shape).toEqual([1001, 8]);
    expect(seen).toEqual([1000, 1001]);
    expect(Array.from(data).every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    for (let k = 0; k < 8; k++) expect(data[1000 * 8 + k]).toBeCloseTo(data[k]!, 5);
    expect(tf.memory().numTensors).toBe(before);
    const stopped = judge.look(grey(2), { signal: AbortSignal.abort(new Error("enough")) });
    await expect(stopped).rejects.toThrow("enough");
    judge.dispose();
  });

  test("takes no tensors, so that no critic can look through it, and no images on another scale", async () => {
    const judge = await loadJudge(join(folder, "judge"));
    const tensor = tf.zeros([1, 28, 28, 1]);
    // @ts-expect-error A tensor is no plain data: the judge does not fit where critics want features.
    await expect(judge.look(tensor)).rejects.toThrow("images must be a Float32Array of shape");
    await expect(judge.look({ data: new Float32Array(784), shape: [28, 28] })).rejects.toThrow(
      "got shape [28,28]",
    );
    const bytes = grey(2);
    bytes.data[1000] = 255;
    await expect(judge.look(bytes)).rejects.toThrow(
      "images must hold numbers from −1 to 1, got 255 in image 1",
    );
    bytes.data[1000] = NaN;
    await expect(judge.look(bytes)).rejects.toThrow("got NaN in image 1");
    tensor.dispose();
    judge.dispose();
  });

  test("loads the judge that comes with the package", async () => {
    const shipped = shippedJudge("fashion-mnist")!;
    const judge = await loadJudge(shipped);
    const record = JSON.parse(await readFile(join(shipped, "run.json"), "utf8"));
    expect(judge.sha256).toBe(record.stages["train-judge"].files["judge/weights.bin"]);
    expect(judge.testAccuracy).toBeGreaterThan(0.9);
    expect((await judge.look(grey(2))).shape).toEqual([2, 64]);
    expect(shippedJudge("mnist")).toBeUndefined();
    judge.dispose();
  });

  test("refuses folders that hold no judge, or one that was changed", async () => {
    await expect(loadJudge(join(folder, "nothing"))).rejects.toThrow(
      "is no folder of a run: it has no run.json; make one: mhgan train-judge --help",
    );
    const copy = join(folder, "copy");
    await cp(join(folder, "judge"), copy, { recursive: true });
    await writeFile(join(copy, "judge", "weights.bin"), new Uint8Array(10));
    await expect(loadJudge(copy)).rejects.toThrow(/weights\.bin was changed/);
    for (const [text, message] of [
      ['{"command":"run"}', "is not of a run that can be gone on with"],
      ["null", "is not of a run that can be gone on with"],
      ["{", "is not JSON"],
      [
        '{"format":"mhgan-run","version":1,"stages":{"train":{"options":{},"inputs":{},"files":{},"result":{}}}}',
        "has no finished train-judge yet: make a judge: mhgan train-judge --help",
      ],
    ] as const) {
      await writeFile(join(copy, "run.json"), text);
      await expect(loadJudge(copy)).rejects.toThrow(message);
    }
  });
});
