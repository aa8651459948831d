import { formatNpz, parseNpz, takeRows } from "@mhgan/datasets";
import type { ArrayBatch } from "@mhgan/gan-core";
import { greyImages } from "../grey-images.ts";
import type { RunStages, StageRecord, StageWriter } from "../run-stages.ts";

/** Real samples that no training saw, as `images` of a byte a pixel, and which of the data set they are, as `rows`. */
const FILE = "held-out.npz";

/** Saves the grey images that were held out. */
export async function writeHeldOut(
  writer: StageWriter,
  images: { readonly data: Uint8Array; readonly shape: readonly number[] },
  rows: Uint32Array,
): Promise<void> {
  const arrays = { images: takeRows(images, rows), rows: { data: rows, shape: [rows.length] } };
  await writer.write(FILE, await formatNpz(Object.entries(arrays), { compress: true }));
}

/** The held-out samples on the scale of the generator's: [samples, height, width, 1], −1 black. */
export async function readHeldOut(run: RunStages, train: StageRecord): Promise<ArrayBatch> {
  const { data, shape } = await arrayOf(run, train, "images", Uint8Array);
  return { data: greyImages({ data, shape }), shape: [...shape, 1] };
}

/** Which images of the data set were held out. */
export async function readHeldOutRows(run: RunStages, train: StageRecord): Promise<ReadonlySet<number>> {
  const { data } = await arrayOf(run, train, "rows", Uint32Array);
  return new Set(data);
}

async function arrayOf<Data extends Uint8Array | Uint32Array>(
  run: RunStages,
  train: StageRecord,
  name: string,
  type: new () => Data,
): Promise<{ readonly data: Data; readonly shape: readonly number[] }> {
  const array = (await parseNpz(await run.file(train, FILE))).get(name);
  if (!(array?.data instanceof type))
    throw new Error(`${run.pathOf(FILE)} must hold ${name} as ${type.name}`);
  return { data: array.data, shape: array.shape };
}
