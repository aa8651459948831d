import { formatNpy, parseNpy, takeRows } from "@mhgan/datasets";
import type { ArrayBatch } from "@mhgan/gan-core";
import { greyImages } from "../grey-images.ts";
import type { RunStages, StageRecord, StageWriter } from "../run-stages.ts";

/** Real samples that no training saw: what calibrates, and the first rows of pictures. */
const IMAGES = "held-out.npy";
/** Which of the data set they are. */
const ROWS = "held-out-rows.npy";

/** Saves the grey images, of a byte a pixel, that were held out. */
export async function writeHeldOut(
  writer: StageWriter,
  images: { readonly data: Uint8Array; readonly shape: readonly number[] },
  rows: Uint32Array,
): Promise<void> {
  await writer.write(IMAGES, formatNpy(takeRows(images, rows)));
  await writer.write(ROWS, formatNpy({ data: rows, shape: [rows.length] }));
}

/** The held-out samples on the scale of the generator's: [samples, height, width, 1], −1 black. */
export async function readHeldOut(run: RunStages, train: StageRecord): Promise<ArrayBatch> {
  const { data, shape } = parseNpy(await run.file(train, IMAGES));
  if (!(data instanceof Uint8Array)) throw new Error(`${run.pathOf(IMAGES)} must hold bytes`);
  return { data: greyImages({ data, shape }), shape: [...shape, 1] };
}

/** Which images of the data set were held out. */
export async function readHeldOutRows(run: RunStages, train: StageRecord): Promise<ReadonlySet<number>> {
  const { data } = parseNpy(await run.file(train, ROWS));
  return new Set(Array.from(data as Uint32Array));
}
