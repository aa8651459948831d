import { availableParallelism } from "node:os";
import type { BackendName } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import type { Shard } from "../draw-methods.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../io.ts";
import { requireMethodOptions } from "../methods.ts";
import { progress } from "../progress.ts";
import { digestOf, type RunStages, type StageOutcome } from "../run-stages.ts";
import { drawInBlocks } from "./draw-in-blocks.ts";
import { type DrawRange, requireSetName, setStage, summaryOf, writeDraws } from "./draw-set.ts";
import type { DrawOptions } from "./drawer.ts";

/** Options of {@link sampleStage}. */
export interface SampleStageOptions extends DrawOptions {
  /** What the set of draws is called. */
  readonly name: string;
  /** Which part to draw, for machines that share the work. Default: all of it. */
  readonly shard?: Shard;
  /** Worker threads that share the draws. Default: one a core, at most four, if there are many draws and the engine has no threads of its own. */
  readonly threads?: number;
  /** Whether to begin anew, and to replace what is finished and what rests on it. */
  readonly force: boolean;
}

/**
 * Draws a set of samples, or a shard of one; one that was stopped goes on after its last full block. Draw i depends on the seed and i alone, so all
 * shards together are the set to the bit.
 */
export function sampleStage(run: RunStages, options: SampleStageOptions, io: Io): Promise<StageOutcome> {
  const { name, shard, method, refit, force } = options;
  requireSetName(name);
  requireMethodOptions(method, options);
  const selects = method !== "none";
  const source = refit ? "refit" : "calibrate";
  const part = shard ? `shard-${shard.part}-of-${shard.parts}` : "samples";
  const unfinished = `draws/${name}/unfinished-${part}`;
  const stage = {
    name: setStage(name, shard),
    options: { ...settingsOf(options), ...(shard && { shard }) },
    inputs: selects ? ["train", source] : ["train"],
    force,
    elsewhere: "another --name",
    unfinished: [unfinished],
  };
  return run.run(stage, async (writer) => {
    const train = await run.required("train", "mhgan train");
    const selection = selects ? await run.required(source, `mhgan ${source}`) : undefined;
    const range = rangeOf(options.draws, shard);
    const count = range[1] - range[0];
    const { backend } = await useBackend(options.backend);
    const { threads = selects ? threadsFor(backend, count) : 1 } = options;
    const bar = progress(io.stderr, `sample ${name}`, count, "draws");
    const made = await drawInBlocks(run, train, options, {
      range,
      threads,
      unfinished,
      key: [settingsOf(options), digestOf(train), selection && digestOf(selection), backend],
      signal: io.signal,
      onProgress: (done) => bar.update(done),
    });
    bar.finish();
    await writeDraws(writer, `draws/${name}/${part}`, made.samples, made.record, shard === undefined);
    return { ...summaryOf(made.record, count), label: made.label, backend: made.backend };
  });
}

/** The draws of a shard: from the first, and up to the second. */
function rangeOf(draws: number, shard: Shard | undefined): DrawRange {
  if (shard === undefined) return [0, draws];
  const { part, parts } = shard;
  if (!(part >= 1 && part <= parts && parts <= draws)) {
    throw new UsageError(
      `--shard must be from 1/n to n/n with n at most ${draws} draws, got ${part}/${parts}`,
    );
  }
  return [Math.floor((draws * (part - 1)) / parts), Math.floor((draws * part) / parts)];
}

/** What draws depend on. */
function settingsOf(options: SampleStageOptions): Record<string, unknown> {
  const { method, refit, draws, seed, temper, chainLength, restart, candidates, steps } = options;
  const { budget, gamma, totalVariation, proposalsPerDraw } = options;
  const own = { chainLength, restart, candidates, steps, budget, gamma, totalVariation, proposalsPerDraw };
  return { method, refit, draws, seed, temper, ...own };
}

/** Draws for which it is worth to start a thread. */
const DRAWS_A_THREAD = 128;

function threadsFor(backend: BackendName, draws: number): number {
  if (backend !== "wasm" && backend !== "cpu") return 1;
  return Math.max(1, Math.min(availableParallelism(), 4, Math.floor(draws / DRAWS_A_THREAD)));
}
