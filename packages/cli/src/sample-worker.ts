import { RunStages } from "./run-stages.ts";
import { drawRange } from "./stages/draw-range.ts";
import type { Drawn } from "./stages/draw-set.ts";
import type { SampleTask } from "./stages/sample-threads.ts";

/** Draws a stretch of a set, in a thread of a pool. */
export default async function drawInWorker({ folder, options, range }: SampleTask): Promise<Drawn> {
  const run = await RunStages.open(folder);
  const train = await run.required("train", "mhgan train");
  // The pool ends the thread where the work is to be stopped.
  return drawRange(run, train, options, range, new AbortController().signal, () => {});
}
