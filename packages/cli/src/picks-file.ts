import { access, constants, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { formatNpy } from "@mhgan/datasets";
import { UsageError, type Writer } from "./io.ts";
import { writeWhole } from "./write-whole.ts";

/** The formats that picks are written in. */
const formats = ["csv", "npy", "jsonl"] as const;
type PicksFormat = (typeof formats)[number];

/** What a selection gives: indices of the picked proposals, or a weight for each proposal. */
export type PickedRows = { readonly picked: Int32Array } | { readonly weights: Float64Array };

/** Where picks are written. */
export interface PicksFile {
  write(rows: PickedRows): Promise<void>;
}

/**
 * Makes sure, before there is anything to write, that a file can be written, in the format that its name says.
 *
 * CSV has the columns `index` and, with weights, `weight`; JSON lines the same keys; NPY is one array: the indices (int32), or the weights of all
 * proposals in their order (float64).
 *
 * @throws {UsageError} if the name says no format, the folder is not there or cannot be written, or the path is a folder.
 */
export async function openPicksFile(path: string): Promise<PicksFile> {
  const format = formats.find((known) => path.toLowerCase().endsWith(`.${known}`));
  if (format === undefined) {
    throw new UsageError(`--out must be a file whose name ends in .${formats.join(", .")}, got ${path}`);
  }
  const whole = resolve(path);
  const folder = dirname(whole);
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new UsageError(
      `--out must be in a folder that can be written, got ${path} (${missing ? "there is no such folder" : (error as Error).message})`,
    );
  }
  if ((await stat(whole).catch(() => undefined))?.isDirectory()) {
    throw new UsageError(`--out must be a file, got the folder ${path}`);
  }
  return { write: (rows) => writeWhole(folder, basename(whole), formatPicks(format, rows)) };
}

/** Writes picks as CSV to a stream. */
export function writePicks(out: Writer, rows: PickedRows): void {
  for (const text of formatPicks("csv", rows)) out.write(text as string);
}

function* formatPicks(format: PicksFormat, rows: PickedRows): Generator<string | Uint8Array> {
  const numbers = "picked" in rows ? rows.picked : rows.weights;
  if (format === "npy") {
    yield formatNpy({ data: numbers, shape: [numbers.length] });
    return;
  }
  const isWeighted = "weights" in rows;
  if (format === "csv") yield isWeighted ? "index,weight\n" : "index\n";
  const line: (place: number) => string =
    format === "csv"
      ? (place) => (isWeighted ? `${place},${numbers[place]}\n` : `${numbers[place]}\n`)
      : (place) =>
          isWeighted ? `{"index":${place},"weight":${numbers[place]}}\n` : `{"index":${numbers[place]}}\n`;
  for (let first = 0; first < numbers.length; first += BLOCK) {
    let text = "";
    for (let place = first; place < Math.min(first + BLOCK, numbers.length); place++) text += line(place);
    yield text;
  }
}

/** Rows that become text at a time. */
const BLOCK = 2 ** 14;
