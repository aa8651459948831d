import { requireCount } from "../../requirements.ts";
import type { TextChunks } from "../../text-chunks.ts";
import { Utf8Text } from "../../utf8-text.ts";
import { CsvNumbers, type CsvOptions } from "./csv-numbers.ts";

/** What a CSV stream is like, what is wanted of it, and how much of it may be held at once. */
export interface CsvRowsOptions extends CsvOptions {
  /** The most characters in a row. A quote that is never closed makes all that follows one row. Default: 2²⁰. */
  readonly maxRowLength?: number;
}

/**
 * Reads rows of numbers from CSV text that arrives in pieces, and holds no more of it than a piece and a row.
 *
 * What is a number, and what an error, is as for `parseCsv`.
 *
 * @param chunks - strings, or bytes in UTF-8: a body of `fetch`, a stream of a file. Pieces may end anywhere.
 * @returns an iterator over rows: the numbers of the columns asked for, in that order, in an array of its own. O(text).
 * @throws {TypeError} if a piece is neither a string nor a Uint8Array.
 * @throws {RangeError} as `parseCsv`; also if bytes are not UTF-8, a row is longer than `maxRowLength`, or that is not a positive
 * integer.
 * @see RFC 4180, Common format and MIME type for comma-separated values (CSV) files, section 2.
 * @example
 * ```ts
 * import { csvRows } from "@mhgan/datasets";
 * let sum = 0;
 * for await (const [x] of csvRows(["name,x\na,1", "0\nb,2", "0\n"], { columns: ["x"] })) sum += x!;
 * sum; // => 30
 * ```
 */
export async function* csvRows(
  chunks: TextChunks,
  options: CsvRowsOptions = {},
): AsyncGenerator<Float64Array, void, undefined> {
  const { maxRowLength = 2 ** 20 } = options;
  requireCount("csvRows", "maxRowLength", maxRowLength, 1);
  let rows: Float64Array[] = [];
  const reader = new CsvNumbers("csvRows", "chunks", options, maxRowLength, (row) => rows.push(row.slice()));
  const text = new Utf8Text("csvRows: chunks");
  for await (const chunk of chunks) {
    reader.push(text.take(chunk));
    yield* rows;
    rows = [];
  }
  reader.push(text.take(""));
  reader.end();
  yield* rows;
}
