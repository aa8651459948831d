import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readNpyFile } from "@mhgan/datasets";
import { beforeAll, describe, expect, it } from "vitest";
import { writeImageFiles } from "./image-files.ts";
import type { Ended, InstalledProgram } from "./installed-program.ts";

/** Tests of the commands that leave a folder which the next ones go on with: train, calibrate, refit, sample, … */
export function testRunFolders({ mhgan, startMhgan, bash, outOf }: InstalledProgram): void {
  /** The options of a data set of {@link writeImageFiles}. */
  const images = (name: string): string[] => [
    ...["--dataset", "fashion-mnist", "--data-dir", outOf(name), "--no-verify"],
  ];
  /** A copy of the trained and calibrated run, for a test of its own. */
  const copy = async (name: string): Promise<string> => {
    await cp(outOf("trained"), outOf(name), { recursive: true });
    return outOf(name);
  };
  const stagesOf = (folder: string): string[] =>
    existsSync(join(folder, "run.json"))
      ? Object.keys(JSON.parse(readFileSync(join(folder, "run.json"), "utf8")).stages)
      : [];
  /** Whatever only a process at work may have: locks, and files that are being written. */
  const leftIn = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(lock|part)$/.test(name));
  const complaints = ({ err }: Ended): string[] =>
    err.split("\n").filter((line) => line.startsWith("mhgan:"));
  const wellDone = (ended: Ended): Ended => {
    expect(ended, ended.err).toMatchObject({ code: 0 });
    return ended;
  };

  beforeAll(() => writeImageFiles(outOf("images"), { train: 240, test: 60 }));

  describe.concurrent("the folder of a run", () => {
    beforeAll(async () => {
      wellDone(
        await mhgan(
          ...["train", ...images("images"), "--steps", "4", "--batch-size", "4", "--out", outOf("trained")],
        ),
      );
      wellDone(await mhgan("calibrate", outOf("trained"), "--calibrator", "platt"));
    });

    it("makes the demo of images from the GAN in the package", async () => {
      const out = outOf("demo-images");
      const demo = wellDone(await mhgan("demo", "--images", "--draws", "15", "--out", out, "--json"));
      expect(JSON.parse(demo.out)).toMatchObject({ mh: { draws: 15 }, "by-class": { draws: 15 } });
      expect(existsSync(join(out, "samples.png"))).toBe(true);
      expect(JSON.parse(wellDone(await mhgan("predict", out, "--refit", "--json")).out)).toMatchObject({
        refit: true,
      });
    });

    it("takes all stages, one after the other and side by side", async () => {
      const run = await copy("all");
      const draws = ["--draws", "24", "--chain-length", "3", "--seed", "2"];
      const judge = outOf("judge");
      const few = ["--steps", "4", "--batch-size", "8", "--features", "6"];
      const shard = (part: string) => mhgan("sample", run, ...draws, "--name", "parts", "--shard", part);
      const work = await Promise.all([
        mhgan("train-judge", ...images("images"), ...few, "--out", judge),
        mhgan("refit", run, "--steps", "2", "--critics", "1"),
        mhgan("sample", run, ...draws, "--threads", "2"),
        mhgan("sample", run, ...draws.slice(0, 2), "--method", "none"),
        shard("1/2"),
        shard("2/2"),
        mhgan("compare", run, "--proposals", "1000", "--draws", "100"),
      ]);
      for (const ended of work) wellDone(ended);
      wellDone(await mhgan("merge", run, "--name", "parts"));
      const [threads, parts] = await Promise.all(
        ["mh", "parts"].map((name) => readFile(join(run, "draws", name, "samples.npy"))),
      );
      // A draw depends on the seed and its own number alone.
      expect(parts!.equals(threads!)).toBe(true);
      expect((await readNpyFile(join(run, "draws/mh/samples.npy"))).shape).toEqual([24, 28, 28, 1]);

      const refitted = wellDone(await mhgan("sample", run, "--refit", "--draws", "24", "--json"));
      expect(JSON.parse(refitted.out)).toMatchObject({
        command: "sample",
        reused: false,
        draws: 24,
        label: expect.stringContaining("chosen on held-out images"),
      });
      const [predicted, judged] = await Promise.all([
        mhgan("predict", run, "--json"),
        // The test images are where those for training were.
        mhgan("evaluate", run, "--judge", judge, "--json"),
      ]);
      expect(JSON.parse(wellDone(predicted).out)).toMatchObject({ command: "predict", refit: false });
      const { sets } = JSON.parse(wellDone(judged).out) as { sets: { name: string }[] };
      expect(sets.map(({ name }) => name).sort()).toEqual(["gan", "mh", "parts", "refit"]);
      expect(stagesOf(run).sort()).toEqual([
        ...["calibrate", "compare", "evaluate", "refit", "sample:gan", "sample:mh", "sample:parts"],
        ...["sample:parts:1-of-2", "sample:parts:2-of-2", "sample:refit", "train"],
      ]);

      wellDone(await mhgan("report", run));
      const html = readFileSync(join(run, "report.html"), "utf8");
      for (const part of ["Quality", "Calibration", "Chains", "Samplers"])
        expect(html).toContain(`>${part}</h2>`);
      expect(html).not.toContain("NaN");
      expect(leftIn(run)).toEqual([]);
    });

    it("of mhgan run is the same, and nothing is done twice", async () => {
      const all = ["run", ...images("images"), "--steps", "3", "--batch-size", "4", "--out", outOf("run")];
      const args = [...all, "--draws", "16", "--chain-length", "2", "--json"];
      const first = JSON.parse(wellDone(await mhgan(...args)).out);
      expect(first).toMatchObject({ command: "run", gan: { draws: 16 }, mh: { draws: 16 } });
      const record = readFileSync(join(outOf("run"), "run.json"), "utf8");
      wellDone(await mhgan(...args));
      expect(readFileSync(join(outOf("run"), "run.json"), "utf8")).toBe(record);
      const sampled = ["sample", outOf("run"), "--method", "obrs", "--draws", "4"];
      expect(wellDone(await mhgan(...sampled)).out).toContain("4 draws of obrs");
    });

    it("says in a sentence which images cannot be used, and keeps nothing of them", async () => {
      await Promise.all([
        writeImageFiles(outOf("narrow"), { train: 40, test: 10, height: 27 }),
        writeImageFiles(outOf("unlabelled"), { train: 40, test: 10, labels: 39 }),
        writeImageFiles(outOf("torn"), { train: 40, test: 10 }),
      ]);
      const torn = join(outOf("torn"), "train-images-idx3-ubyte.gz");
      writeFileSync(torn, readFileSync(torn).subarray(0, 100));
      const wrong = {
        narrow: /must be of 28 × 28 pixels, got 27 × 28/,
        unlabelled: /labels-idx1-ubyte\.gz must have 40 labels, one for each image, got 39/,
        torn: /torn\/train-images-idx3-ubyte\.gz must be/,
        nowhere: /nowhere must hold train-images-idx3-ubyte\.gz/,
      };
      await Promise.all(
        Object.entries(wrong).map(async ([name, reason]) => {
          const out = outOf(`of-${name}`);
          const ended = await mhgan("train", ...images(name), "--steps", "2", "--out", out);
          expect(ended).toMatchObject({ code: 1, out: "" });
          expect(complaints(ended)).toEqual([expect.stringMatching(reason)]);
          expect(readdirSync(out)).toEqual([]);
        }),
      );
    });

    it("is held against its record", async () => {
      const run = await copy("changed");
      const before = readFileSync(join(run, "run.json"), "utf8");
      writeFileSync(join(run, "generator/weights.bin"), "changed");
      await rm(join(run, "scores/real.npy"));
      const [sampled, predicted, nothing] = await Promise.all([
        mhgan("sample", run, "--draws", "2"),
        mhgan("predict", run),
        mhgan("calibrate", outOf("images")),
      ]);
      expect(sampled).toMatchObject({ code: 1, out: "" });
      expect(complaints(sampled)).toEqual([expect.stringContaining("generator/weights.bin was changed")]);
      expect(predicted).toMatchObject({
        code: 1,
        err: expect.stringContaining("real.npy could not be read"),
      });
      expect(nothing).toMatchObject({ code: 2, err: expect.stringContaining("is no folder of a run") });
      expect(readFileSync(join(run, "run.json"), "utf8")).toBe(before);
    });

    it("survives a full disk in the middle of a stage, and is gone on with", async () => {
      const run = await copy("full");
      const before = readFileSync(join(run, "run.json"), "utf8");
      const sample = `sample '${run}' --draws 50 --method none`;
      // A file may have 64 kB here, which the samples outgrow.
      const full = await bash(`ulimit -f 64; mhgan ${sample}`);
      expect(full).toMatchObject({ code: 1, out: "" });
      expect(complaints(full)).toEqual([expect.stringMatching(/could not write .*samples\.npy: EFBIG/)]);
      expect(readFileSync(join(run, "run.json"), "utf8")).toBe(before);
      expect(leftIn(run)).toEqual([]);
      wellDone(await bash(`mhgan ${sample}`));
      expect(stagesOf(run)).toEqual(["train", "calibrate", "sample:gan"]);

      const out = outOf("full-training");
      const train = `train ${images("images").join(" ")} --steps 4 --batch-size 4 --out '${out}'`;
      const stopped = await bash(`ulimit -f 64; mhgan ${train}`);
      expect(stopped.code).toBe(1);
      expect(complaints(stopped)).toEqual([expect.stringMatching(/could not write .*EFBIG/)]);
      expect(stagesOf(out)).toEqual([]);
      wellDone(await bash(`mhgan ${train}`));
      expect(readFileSync(join(out, "generator/weights.bin"))).toEqual(
        readFileSync(join(outOf("trained"), "generator/weights.bin")),
      );
    });

    it("does not mind a reader that has seen enough", async () => {
      const run = outOf("trained");
      expect(await bash(`mhgan predict '${run}' | head -n 1`)).toMatchObject({ code: 0 });
      const { child, ended } = startMhgan("sample", await copy("unread"), "--draws", "4", "--json");
      child.stderr!.destroy();
      expect(JSON.parse(wellDone(await ended).out)).toMatchObject({ command: "sample", draws: 4 });
    });
  });

  describe.concurrent("a training", () => {
    const train = (out: string, steps: string): string[] => [
      ...["train", ...images("images"), "--batch-size", "1", "--steps", steps, "--out", outOf(out)],
    ];
    const steps = "400";
    let whole: Promise<Ended>;
    beforeAll(() => {
      whole = mhgan(...train("whole", steps));
    });
    /** When a file is there and holds something. */
    const appears = async (path: string, of: Promise<Ended>): Promise<void> => {
      let over = false;
      of.then(() => {
        over = true;
      });
      while (!over && !(existsSync(path) && readFileSync(path).length > 0)) await pause(5);
    };
    const expectAsWhole = async (out: string): Promise<void> => {
      wellDone(await whole);
      for (const file of [
        "generator/weights.bin",
        "discriminator/weights.bin",
        "log.jsonl",
        "held-out.npz",
      ]) {
        const [one, other] = [outOf(out), outOf("whole")].map((run) => readFileSync(join(run, file)));
        expect(one!.equals(other!), file).toBe(true);
      }
      expect(readdirSync(outOf(out)).sort()).toEqual(readdirSync(outOf("whole")).sort());
    };

    it("that is stopped by Ctrl-C goes on to the same weights", async () => {
      const { child, ended } = startMhgan(...train("stopped", steps));
      await appears(join(outOf("stopped"), "log.jsonl"), ended);
      child.kill("SIGINT");
      const stopped = await ended;
      expect(stopped).toMatchObject({ code: 130, out: "" });
      expect(complaints(stopped)).toEqual(["mhgan: interrupted; nothing half-written was left"]);
      expect(readdirSync(outOf("stopped")).sort()).toEqual(["checkpoints", "log.jsonl"]);

      const other = await mhgan(...train("stopped", steps), "--seed", "2");
      expect(other).toMatchObject({ code: 2, out: "" });
      expect(complaints(other)).toEqual([expect.stringMatching(/holds a training that was stopped: .*seed/)]);
      const resumed = wellDone(await mhgan(...train("stopped", steps)));
      expect(resumed.err).toMatch(/Went on from the checkpoint of step [1-9]/);
      await expectAsWhole("stopped");
    });

    it("that is killed goes on to the same weights", async () => {
      const { child, ended } = startMhgan(...train("killed", steps));
      await appears(join(outOf("killed"), "checkpoints/step-000000000250.checkpoint"), ended);
      child.kill("SIGKILL");
      expect(await ended).toMatchObject({ signal: "SIGKILL" });
      mkdirSync(join(outOf("killed"), "generator"));
      writeFileSync(join(outOf("killed"), `generator/.weights.bin.${child.pid}.part`), "half");
      // Its lock is there still, until it is too old to be of a living process.
      const resumed = wellDone(await mhgan(...train("killed", steps)));
      expect(resumed.err).toContain("Went on from the checkpoint of step 250");
      await expectAsWhole("killed");
      expect(leftIn(outOf("killed"))).toEqual([]);
    });

    it("is done by one of two that begin together, and found done by the other", async () => {
      const both = await Promise.all([mhgan(...train("both", "30")), mhgan(...train("both", "30"))]);
      for (const ended of both) wellDone(ended);
      expect(both.filter(({ err }) => err.includes("train: done before"))).toHaveLength(1);
      expect(leftIn(outOf("both"))).toEqual([]);
    });

    it("is not disturbed by another that does not want to wait", async () => {
      const first = startMhgan(...train("busy", "100000000"));
      await first.says("Training");
      const second = await mhgan(...train("busy", "100000000"));
      expect(second).toMatchObject({ code: 2, out: "" });
      expect(complaints(second)).toEqual([
        `mhgan: another mhgan is at work on train in ${outOf("busy")}; wait for it, or stop it`,
      ]);
      first.child.kill("SIGINT");
      expect(await first.ended).toMatchObject({ code: 130 });
      expect(leftIn(outOf("busy"))).toEqual([]);
    });
  });
}
