import { RunStages } from "./run-stages.ts";
import type { SampleTask } from "./stages/draw-in-blocks.ts";
import type { Drawn } from "./stages/draw-set.ts";
import { type Drawer, openDrawer } from "./stages/drawer.ts";

/** The models stay loaded from one block to the next: a pool draws one set. */
let drawer: Promise<Drawer> | undefined;

// The pool ends the thread where the work is to be stopped.
const { signal } = new AbortController();

/** Draws a block of a set, in a thread of a pool. */
export default async function drawInWorker({ folder, options, range }: SampleTask): Promise<Drawn> {
  drawer ??= open(folder, options);
  return (await drawer).draw(range, signal);
}

async function open(folder: string, options: SampleTask["options"]): Promise<Drawer> {
  const run = await RunStages.open(folder);
  return openDrawer(run, await run.required("train", "mhgan train"), options, signal);
}
