import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readNpyFile } from "@mhgan/datasets";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDemoImages } from "../commands/demo-images.ts";
import type { RunRecord } from "../run-stages.ts";
import { idxGzip } from "../testing/idx-gzip.ts";
import { runMain as run } from "../testing/run-main.ts";

let folder: string;
let data: string;
/** A run that is trained and calibrated. */
let trained: string;

/** A copy of the trained run, for a test to go on with. */
async function copy(name: string): Promise<string> {
  const path = join(folder, name);
  await cp(trained, path, { recursive: true });
  return path;
}

const stagesOf = async (path: string): Promise<RunRecord["stages"]> =>
  JSON.parse(await readFile(join(path, "run.json"), "utf8")).stages;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-stages-"));
  data = join(folder, "images");
  await idxGzip(data, { train: 300, test: 120 });
  trained = join(folder, "trained");
  const source = ["--dataset", "fashion-mnist", "--data-dir", data, "--no-verify"];
  const train = await run(["train", ...source, "--steps", "4", "--batch-size", "4", "--out", trained]);
  expect(train).toMatchObject({ code: 0, out: expect.stringContaining("mhgan calibrate") });
  const calibrate = await run(["calibrate", trained, "--calibrator", "platt"]);
  expect(calibrate).toMatchObject({ code: 0, out: expect.stringContaining("Z after calibration") });
});
afterAll(() => rm(folder, { recursive: true }));

describe("mhgan train and calibrate", () => {
  test("record what they did, and do it once", async () => {
    const path = await copy("once");
    const before = await stagesOf(path);
    expect(before["train"]!.options).toEqual({
      dataset: "fashion-mnist",
      verify: false,
      seed: 1,
      steps: 4,
      batchSize: 4,
    });
    expect(Object.keys(before["calibrate"]!.inputs)).toEqual(["train"]);
    const again = await run(["calibrate", path, "--calibrator", "platt", "--json"]);
    expect(JSON.parse(again.out)).toMatchObject({ command: "calibrate", reused: true });
    expect(await stagesOf(path)).toEqual(before);
  });

  test("ask for --force where options differ, and then drop what rests on them", async () => {
    const path = await copy("forced");
    expect((await run(["sample", path, "--draws", "3", "--chain-length", "2"])).code).toBe(0);
    const other = await run(["calibrate", path, "--calibrator", "isotonic"]);
    expect(other.code).toBe(2);
    expect(other.err).toContain('calibrator "platt", now "isotonic"');
    expect((await run(["calibrate", path, "--calibrator", "isotonic", "--force"])).code).toBe(0);
    expect(Object.keys(await stagesOf(path))).toEqual(["train", "calibrate"]);
    expect(await readdir(join(path, "draws", "mh"))).toEqual([]);
  });

  test("say what is missing, changed or no run at all", async () => {
    expect(await run(["calibrate", join(folder, "nowhere")])).toMatchObject({
      code: 2,
      err: expect.stringContaining("is no folder of a run"),
    });
    const path = await copy("changed");
    await writeFile(join(path, "generator", "weights.bin"), "x");
    const changed = await run(["sample", path, "--draws", "2", "--chain-length", "2"]);
    expect(changed).toMatchObject({ code: 1, err: expect.stringContaining("weights.bin was changed") });
    await rm(join(path, "scores", "real.npy"));
    expect((await run(["predict", path])).err).toContain("real.npy could not be read");
    await writeFile(join(path, "run.json"), "{");
    expect((await run(["predict", path])).err).toContain("run.json is not JSON");
    await writeFile(join(path, "run.json"), '{"command":"demo"}');
    expect((await run(["predict", path])).err).toContain("is not of a run that can be gone on with");
  });
});

describe("mhgan sample", () => {
  const sampled = ["--draws", "11", "--chain-length", "6", "--seed", "3"];

  test("shards, threads and one process draw the same bits", async () => {
    const path = await copy("shards");
    const files = async (name: string) =>
      Promise.all(
        ["npy", "json", "png"].map((kind) => readFile(join(path, "draws", name, `samples.${kind}`))),
      );
    expect((await run(["sample", path, ...sampled])).code).toBe(0);
    const { data: numbers, shape } = await readNpyFile(join(path, "draws", "mh", "samples.npy"));
    expect(shape).toEqual([11, 28, 28, 1]);
    expect(new Set(Array.from(numbers as Float32Array, (value) => value >= -1 && value <= 1))).toEqual(
      new Set([true]),
    );
    for (const shard of ["3/3", "1/3"]) {
      expect((await run(["sample", path, ...sampled, "--name", "parts", "--shard", shard])).code).toBe(0);
    }
    const early = await run(["merge", path, "--name", "parts"]);
    expect(early).toMatchObject({ code: 2, err: expect.stringContaining("shard 2/3 of parts is missing") });
    expect((await run(["sample", path, ...sampled, "--name", "parts", "--shard", "2/3"])).code).toBe(0);
    expect((await run(["merge", path, "--name", "parts"])).code).toBe(0);
    const threads = ["--name", "threads", "--threads", "2"];
    expect(await run(["sample", path, ...sampled, ...threads])).toMatchObject({ code: 0 });
    expect(await files("parts")).toEqual(await files("mh"));
    expect(await files("threads")).toEqual(await files("mh"));
    const stages = await stagesOf(path);
    expect(stages["sample:parts"]!.options).toEqual(stages["sample:mh"]!.options);
  });

  test("merge refuses shards that do not belong together", async () => {
    const path = await copy("strangers");
    const one = ["sample", path, "--draws", "4", "--chain-length", "2", "--name", "a"];
    expect((await run([...one, "--shard", "1/2"])).code).toBe(0);
    expect((await run([...one, "--shard", "2/2", "--seed", "2"])).code).toBe(0);
    expect(await run(["merge", path, "--name", "a"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("shards 1/2 and 2/2 of a do not belong together"),
    });
    expect((await run(["merge", path, "--name", "b"])).err).toContain("has no shards of b");
  });

  test.each([
    [["--shard", "3/2"], "--shard must be from 1/n to n/n"],
    [["--shard", "1-2"], "It must be a part of a number of parts, such as 1/4."],
    [["--name", "../x"], "--name must be letters"],
    [["--method", "perfect", "--chain-length", "3"], "--chain-length is not for --method perfect"],
    [["--method", "chosen"], "give --refit too"],
    [["--method", "by-class"], "give --refit too"],
    [["--refit"], "has no finished refit yet: mhgan refit --help"],
    [["--method", "weights"], "Allowed choices are mh"],
  ])("answers %j with exit code 2", async (args, reason) => {
    const { code, err } = await run(["sample", trained, "--draws", "4", ...args]);
    expect(err).toContain(reason);
    expect(code).toBe(2);
  });

  test("stops when interrupted, and records nothing", async () => {
    const path = await copy("stopped");
    const before = await stagesOf(path);
    const signal = AbortSignal.timeout(300);
    const { code } = await run(["sample", path, "--draws", "100000", "--method", "none"], signal);
    expect(code).toBe(130);
    expect(await stagesOf(path)).toEqual(before);
    expect((await readdir(path)).filter((name) => /\.(lock|part)$/.test(name))).toEqual([]);
  });
});

describe("mhgan sample, stopped", () => {
  test("goes on after the blocks that are finished, and takes none of other draws", async () => {
    const [whole, path] = [await copy("whole"), await copy("blocks")];
    const sample = (folder: string, seed: string) => [
      "sample",
      folder,
      "--method",
      "none",
      "--draws",
      "2000",
      "--seed",
      seed,
    ];
    expect((await run(sample(whole, "1"))).code).toBe(0);
    const unfinished = join(path, "draws", "gan", "unfinished-samples");
    const blocks = async () =>
      (await readdir(unfinished).catch(() => [])).filter((name) => name.endsWith(".json"));
    const controller = new AbortController();
    const poll = setInterval(async () => {
      if ((await blocks()).length > 0) controller.abort(new Error("interrupted"));
    }, 1);
    expect((await run(sample(path, "1"), controller.signal)).code).toBe(130);
    clearInterval(poll);
    expect(await blocks()).not.toEqual([]);
    const numbers = (folder: string) => readFile(join(folder, "draws", "gan", "samples.npy"));

    // Blocks that are taken over are not drawn again: a mark that was made in one is still there.
    const marked = join(folder, "marked");
    await cp(path, marked, { recursive: true });
    const block = join(marked, "draws", "gan", "unfinished-samples", "0-256.npy");
    const bytes = await readFile(block);
    bytes.writeFloatLE(0.125, bytes.length - 4);
    await writeFile(block, bytes);
    expect((await run(sample(marked, "1"))).code).toBe(0);
    expect((await numbers(marked)).equals(await numbers(whole))).toBe(false);

    const other = join(folder, "other");
    await cp(path, other, { recursive: true });
    expect((await run(sample(other, "2"))).code).toBe(0);
    expect((await numbers(other)).equals(await numbers(whole))).toBe(false);

    expect((await run(sample(path, "1"))).code).toBe(0);
    expect((await numbers(path)).equals(await numbers(whole))).toBe(true);
    expect(await blocks()).toEqual([]);
  });
});

describe("what is known before and after", () => {
  test("predict, compare, evaluate and report go on with a run", async () => {
    const path = await copy("known");
    const predicted = await run(["predict", path, "--json", "--chain-length", "30"]);
    expect(predicted.code).toBe(0);
    expect(JSON.parse(predicted.out)).toMatchObject({
      command: "predict",
      chains: [{ chainLength: 30, proposalsPerDraw: expect.any(Number) }],
      recommendation: { selector: expect.any(String) },
    });
    expect((await run(["predict", path])).out).toContain("Recommended: ");

    const compared = await run(["compare", path, "--proposals", "1000", "--draws", "200", "--json"]);
    expect(compared.code).toBe(0);
    const { chains, samplers } = JSON.parse(compared.out);
    expect(chains.map(({ chainLength }: { chainLength: number }) => chainLength)).toContain(640);
    expect(samplers[0]).toMatchObject({ name: "plain samples", cost: 1 });
    expect(samplers.filter(({ chosen }: { chosen: boolean }) => chosen)).toHaveLength(1);

    const judge = join(folder, "judge");
    const source = ["--dataset", "fashion-mnist", "--data-dir", data, "--no-verify"];
    const few = ["--steps", "5", "--batch-size", "4", "--features", "6"];
    expect((await run(["train-judge", ...source, ...few, "--out", judge])).code).toBe(0);
    const none = await run(["evaluate", path, "--judge", judge, "--data-dir", data]);
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining("has no samples to judge yet") });
    for (const method of [["mh", "--chain-length", "3"], ["none"]]) {
      expect((await run(["sample", path, "--draws", "50", "--method", ...method])).code).toBe(0);
    }
    const judged = await run(["evaluate", path, "--judge", judge, "--data-dir", data]);
    expect(judged.code).toBe(0);
    expect(judged.out).toMatch(/^ +Fréchet distance +kernel distance +precision/m);
    // Plain samples come first: the others are compared with them.
    expect((await stagesOf(path))["evaluate"]!.options["sets"]).toEqual(["gan", "mh"]);

    const reported = await run(["report", path]);
    expect(reported.code).toBe(0);
    const html = await readFile(join(path, "report.html"), "utf8");
    for (const part of ["Quality", "Calibration", "Chains", "Samplers"])
      expect(html).toContain(`>${part}</h2>`);
    expect(html).not.toContain("NaN");
    // Nothing new: nothing is done. A new set: the report is made again.
    expect((await run(["report", path])).err).toContain("done before");
    expect((await run(["sample", path, "--draws", "2", "--method", "obrs"])).code).toBe(0);
    expect((await run(["report", path])).err).not.toContain("done before");
    expect(await readFile(join(path, "report.html"), "utf8")).toContain("obrs --budget 0.25");
  });

  test("refit saves critics that draw again", async () => {
    const path = await copy("refitted");
    const refit = ["refit", path, "--steps", "2", "--critics", "2", "--data-dir", data];
    expect(await run(refit)).toMatchObject({ code: 0, out: expect.stringContaining("2 critics") });
    for (const name of ["one", "two"]) {
      const sample = ["sample", path, "--refit", "--draws", "3", "--name", name];
      expect(await run(sample)).toMatchObject({
        code: 0,
        out: expect.stringContaining("chosen on held-out"),
      });
    }
    const [one, two] = await Promise.all(
      ["one", "two"].map((name) => readFile(join(path, "draws", name, "samples.npy"))),
    );
    expect(two).toEqual(one);
    const byClass = ["sample", path, "--refit", "--method", "by-class", "--draws", "3", "--budget", "0.5"];
    expect(await run(byClass)).toMatchObject({
      code: 0,
      out: expect.stringContaining("by-class --budget 0.5"),
    });
    expect((await run(["predict", path, "--refit"])).code).toBe(0);
    expect((await run(["compare", path, "--refit", "--proposals", "1000", "--draws", "100"])).code).toBe(0);
    expect((await run(["report", path])).code).toBe(0);
  });

  test("refit goes on after the networks that are finished, to the same bits", async () => {
    const [whole, stopped] = [await copy("whole-refit"), await copy("stopped-refit")];
    const refit = (path: string) => ["refit", path, "--steps", "8", "--critics", "3", "--data-dir", data];
    expect((await run(refit(whole))).code).toBe(0);
    const first = join(stopped, "refit", "unfinished", "critic-0.json");
    const controller = new AbortController();
    const poll = setInterval(async () => {
      if (await readFile(first).catch(() => undefined)) controller.abort(new Error("interrupted"));
    }, 1);
    expect((await run(refit(stopped), controller.signal)).code).toBe(130);
    clearInterval(poll);
    expect((await run(refit(stopped))).code).toBe(0);
    const weights = async (path: string) =>
      Promise.all(
        ["classifier", "critics/0", "critics/1", "critics/2"].map((name) =>
          readFile(join(path, "refit", name, "weights.bin"), "base64"),
        ),
      );
    expect(await weights(stopped)).toEqual(await weights(whole));
    const results = await Promise.all(
      [stopped, whole].map(async (path) => (await stagesOf(path))["refit"]!.result),
    );
    expect(results[0]).toEqual(results[1]);
    expect(await readdir(join(stopped, "refit"))).not.toContain("unfinished");
  });

  test("the demo of images goes on with a copy of a run", async () => {
    const [out, path] = [[] as string[], join(folder, "demo-images")];
    const io = {
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: () => {} },
      signal: new AbortController().signal,
    };
    const options = { seed: 1, draws: 16, chainLength: 4, out: path, from: trained, json: true };
    await runDemoImages(options, io);
    expect(JSON.parse(out.join(""))).toMatchObject({
      images: true,
      gan: { draws: 16 },
      mh: { draws: 16, label: expect.stringContaining("--chain-length 4") },
    });
    expect(Object.keys(await stagesOf(path))).toEqual([
      "train",
      "calibrate",
      "sample:gan",
      "sample:mh",
      "report",
    ]);
    // Once more into the same folder.
    await runDemoImages({ ...options, chainLength: 5 }, io);
  });
});
