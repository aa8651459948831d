import { requireCount } from "../../requirements.ts";
import type { TextChunks } from "../../text-chunks.ts";
import { Utf8Text } from "../../utf8-text.ts";
import { type CsvColumns, CsvColumnsReader } from "./csv-columns-reader.ts";
import type { CsvRowsOptions } from "./csv-rows.ts";

/**
 * Reads columns of numbers from CSV text that arrives in pieces: holds the numbers, and no more of the text than a piece and a row.
 *
 * What is a number, and what an error, is as for `parseCsv`. Where rows are used one by one, `csvRows` does not hold the numbers either.
 *
 * @param chunks - strings, or bytes in UTF-8: a body of `fetch`, a stream of a file. Pieces may end anywhere.
 * @returns the columns asked for, in that order. O(text).
 * @throws as `csvRows`.
 * @see RFC 4180, Common format and MIME type for comma-separated values (CSV) files, section 2.
 * @example
 * ```ts
 * import { csvColumns } from "@mhgan/datasets";
 * const { names, columns } = await csvColumns(["name,x\na,1", "0\nb,2", "0\n"], { columns: ["x"] });
 * names; // => ["x"]
 * columns[0]; // => [10, 20]
 * ```
 */
export async function csvColumns(chunks: TextChunks, options: CsvRowsOptions = {}): Promise<CsvColumns> {
  const { maxRowLength = 2 ** 20 } = options;
  requireCount("csvColumns", "maxRowLength", maxRowLength, 1);
  const reader = new CsvColumnsReader("csvColumns", "chunks", options, maxRowLength);
  const text = new Utf8Text("csvColumns: chunks");
  for await (const chunk of chunks) reader.push(text.take(chunk));
  reader.push(text.take(""));
  return reader.end();
}
