import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { BackendName } from "@mhgan/gan-core";
import { type Io, UsageError } from "../io.ts";
import { formatSeconds } from "../progress.ts";
import { RunStages } from "../run-stages.ts";
import { reportStage } from "../stages/report.ts";
import { sampleStage } from "../stages/sample.ts";
import { prose } from "../wrapped.ts";

/** Options of `mhgan demo --images`. */
export interface DemoImagesOptions {
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Images to draw by each method. */
  readonly draws: number;
  /** K: the proposals that each Metropolis-Hastings chain sees. */
  readonly chainLength: number;
  /** Folder of the run that is made. */
  readonly out: string;
  /** Folder of the run that is copied: trained, calibrated, and perhaps refitted. */
  readonly from: string;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/**
 * Makes the picture of the tutorial from a GAN that was trained before: rows of real images, of the GAN's, and of what its discriminator picks. Needs no
 * network and no data. Leaves a run's folder, with which all other commands can go on.
 */
export async function runDemoImages(options: DemoImagesOptions, io: Io): Promise<void> {
  const { seed, draws, chainLength, out, from, json } = options;
  const started = performance.now();
  const run = await RunStages.create(out);
  const { stages } = await run.read();
  if (Object.keys(stages).length === 0) await copyRun(from, run.path);
  else if (stages["train"] === undefined) {
    throw new UsageError(`--out ${out} holds another run; give another folder`);
  }
  const shared = {
    seed,
    draws,
    temper: 1,
    force: true,
    ...(options.backend !== undefined && { backend: options.backend }),
  };
  const sets = {
    gan: await sampleStage(run, { ...shared, method: "none", refit: false, name: "gan" }, io),
    mh: await sampleStage(run, { ...shared, method: "mh", chainLength, refit: false, name: "mh" }, io),
    ...((await run.stage("refit")) && {
      "by-class": await sampleStage(
        run,
        { ...shared, method: "by-class", refit: true, name: "by-class" },
        io,
      ),
    }),
  };
  const report = await reportStage(run, { force: true });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (json) {
    const results = Object.fromEntries(
      Object.entries(sets).map(([name, { record }]) => [name, record.result]),
    );
    io.stdout.write(
      `${JSON.stringify({ command: "demo", images: true, folder: run.path, seed, draws, chainLength, ...results, seconds })}\n`,
    );
    return;
  }
  const { summary } = report.record.result as { summary: string };
  const rows = ["real images", "the GAN", ...Object.keys(sets).slice(1)].join(", ");
  io.stdout.write(
    prose(
      io.stdout,
      `\n${summary}\nPicture: ${run.pathOf("samples.png")} (rows: ${rows})\nReport: ${run.pathOf("report.html")} (${formatSeconds(seconds)} in all)\nGo on: mhgan compare ${out}, mhgan sample ${out} --help\n`,
    ),
  );
}

/** Copies a run, its record last: a copy that was broken off is none. */
async function copyRun(from: string, to: string): Promise<void> {
  for (const name of (await readdir(from)).filter((each) => each !== "run.json")) {
    await cp(join(from, name), join(to, name), { recursive: true });
  }
  await cp(join(from, "run.json"), join(to, "run.json"));
}
