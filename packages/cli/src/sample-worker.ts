import { RunStages } from "./run-stages.ts";
import { type Drawn, type DrawRange, drawRange, type SampleStageOptions } from "./stages/sample.ts";

/** What a worker thread is asked. */
export interface SampleTask {
  readonly folder: string;
  readonly options: SampleStageOptions;
  readonly range: DrawRange;
}

/** Draws a stretch of a set, in a thread of a pool. */
export default async function drawInWorker({ folder, options, range }: SampleTask): Promise<Drawn> {
  const run = await RunStages.open(folder);
  const train = await run.required("train", "mhgan train");
  // The pool ends the thread where the work is to be stopped.
  return drawRange(run, train, options, range, new AbortController().signal, () => {});
}
