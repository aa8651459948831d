import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Tinypool } from "tinypool";
import type { Io } from "../io.ts";
import type { RunStages } from "../run-stages.ts";
import type { DrawOptions } from "./draw-range.ts";
import { type Drawn, type DrawRange, joinedDraws } from "./draw-set.ts";

/** What a worker thread is asked. */
export interface SampleTask {
  readonly folder: string;
  readonly options: DrawOptions;
  readonly range: DrawRange;
}

/** Parts for each thread: some are dearer than others. */
const PARTS = 4;

/** Draws a stretch of a set in worker threads, each with models of its own: to the bit what one thread draws. */
export async function drawInThreads(
  run: RunStages,
  options: DrawOptions & { readonly threads?: number },
  [from, to]: DrawRange,
  io: Io,
  onProgress: (done: number) => void,
): Promise<Drawn> {
  const threads = Math.min(options.threads ?? 1, to - from);
  const parts = Math.min(PARTS * threads, to - from);
  const edge = (part: number) => from + Math.floor(((to - from) * part) / parts);
  // Workers run from the built package, also where this runs from source: without this process's own conditions.
  const root = dirname(createRequire(import.meta.url).resolve("@mhgan/cli/package.json"));
  const filename = pathToFileURL(join(root, "dist", "sample-worker.js")).href;
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads, execArgv: [] });
  try {
    let done = 0;
    const drawn = await Promise.all(
      Array.from({ length: parts }, async (_, part) => {
        const range = [edge(part), edge(part + 1)] as const;
        const task: SampleTask = { folder: run.path, options, range };
        const one: Drawn = await pool.run(task, { signal: io.signal });
        done += range[1] - range[0];
        onProgress(done);
        return one;
      }),
    );
    return joinedDraws(drawn);
  } catch (error) {
    io.signal.throwIfAborted();
    throw error;
  } finally {
    await pool.destroy();
  }
}
