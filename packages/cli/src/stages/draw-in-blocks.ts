import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatNpy, parseNpy } from "@mhgan/datasets";
import { Tinypool } from "tinypool";
import type { RunStages, StageRecord } from "../run-stages.ts";
import { writeWhole } from "../write-whole.ts";
import { type Drawn, type DrawRange, joinedDraws } from "./draw-set.ts";
import { type DrawOptions, openDrawer } from "./drawer.ts";

/** What a worker thread is asked. */
export interface SampleTask {
  readonly folder: string;
  readonly options: DrawOptions;
  readonly range: DrawRange;
}

/** How a set, or a shard of one, is drawn. */
export interface BlocksOptions {
  readonly range: DrawRange;
  readonly threads: number;
  /** Folder in the run that keeps finished blocks of a set until it is finished. */
  readonly unfinished: string;
  /** What the draws depend on: blocks of anything else are not taken over. */
  readonly key: object;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Draws in a block: many enough for full batches, few enough to lose little when the process is stopped. */
const BLOCK = 256;

/**
 * Draws a stretch of a set in blocks, by this thread or by several, each with models of its own: to the bit the same. Finished blocks are kept, so that a
 * run that was stopped goes on after them.
 */
export async function drawInBlocks(
  run: RunStages,
  train: StageRecord,
  options: DrawOptions,
  { range: [from, to], threads, unfinished, key, signal, onProgress }: BlocksOptions,
): Promise<Drawn> {
  const ranges: DrawRange[] = [];
  for (let first = from; first < to; first += BLOCK) ranges.push([first, Math.min(to, first + BLOCK)]);
  const kept = new KeptBlocks(run, unfinished, key);
  const blocks = await Promise.all(ranges.map((range) => kept.read(range)));
  const missing = ranges.filter((_, i) => blocks[i] === undefined);
  let done = to - from - missing.reduce((sum, [first, end]) => sum + end - first, 0);
  onProgress(done);
  const finish = async (range: DrawRange, block: Drawn): Promise<void> => {
    blocks[ranges.indexOf(range)] = block;
    if (ranges.length > 1) await kept.write(range, block);
    done += range[1] - range[0];
    onProgress(done);
  };
  if (missing.length > 0) {
    if (threads > 1) await drawInThreads(run, options, missing, threads, signal, finish);
    else {
      const drawer = await openDrawer(run, train, options, signal);
      try {
        for (const range of missing) {
          const before = done;
          await finish(range, await drawer.draw(range, signal, (drawn) => onProgress(before + drawn)));
        }
      } finally {
        drawer.dispose();
      }
    }
  }
  return joinedDraws(blocks as Drawn[]);
}

async function drawInThreads(
  run: RunStages,
  options: DrawOptions,
  ranges: readonly DrawRange[],
  threads: number,
  signal: AbortSignal,
  finish: (range: DrawRange, block: Drawn) => Promise<void>,
): Promise<void> {
  // Workers run from the built package, also where this runs from source: without this process's own conditions.
  const root = dirname(createRequire(import.meta.url).resolve("@mhgan/cli/package.json"));
  const filename = pathToFileURL(join(root, "dist", "sample-worker.js")).href;
  const count = Math.min(threads, ranges.length);
  const pool = new Tinypool({ filename, minThreads: count, maxThreads: count, execArgv: [] });
  try {
    await Promise.all(
      ranges.map(async (range) => {
        const task: SampleTask = { folder: run.path, options, range };
        await finish(range, await pool.run(task, { signal }));
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await pool.destroy();
  }
}

/** Blocks of a set that is not finished, on disk. */
class KeptBlocks {
  readonly #run: RunStages;
  readonly #folder: string;
  readonly #key: string;

  constructor(run: RunStages, folder: string, key: object) {
    this.#run = run;
    this.#folder = folder;
    this.#key = createHash("sha256").update(JSON.stringify(key)).digest("hex");
  }

  async write(range: DrawRange, { samples, ...rest }: Drawn): Promise<void> {
    const folder = this.#run.pathOf(this.#folder);
    await mkdir(folder, { recursive: true });
    const name = nameOf(range);
    await writeWhole(folder, `${name}.npy`, formatNpy(samples));
    // Last, as it is what says that the block is there.
    await writeWhole(folder, `${name}.json`, JSON.stringify({ key: this.#key, ...rest }));
  }

  /** A block, if it is there and of these draws. */
  async read(range: DrawRange): Promise<Drawn | undefined> {
    const path = join(this.#run.pathOf(this.#folder), nameOf(range));
    try {
      const { key, ...rest } = JSON.parse(await readFile(`${path}.json`, "utf8"));
      if (key !== this.#key) return undefined;
      const { data, shape } = parseNpy(new Uint8Array(await readFile(`${path}.npy`)));
      return { ...rest, samples: { data: data as Float32Array, shape } };
    } catch {
      return undefined; // it is drawn again
    }
  }
}

const nameOf = ([from, to]: DrawRange): string => `${from}-${to}`;
