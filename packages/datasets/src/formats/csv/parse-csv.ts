import { type CsvColumns, CsvColumnsReader } from "./csv-columns-reader.ts";
import type { CsvOptions } from "./csv-numbers.ts";

/**
 * Reads columns of numbers from CSV text.
 *
 * A number is decimal (`-1.5e-3`), `nan`, `inf` or `infinity`, in any case, and may have blanks around it. A field that is empty
 * or anything else, a row with a field too many or too few, also an empty line, and a number too large for a double are errors.
 * Fields may be quoted, lines may end in CRLF, and a byte order mark is passed over.
 *
 * @param text - the whole text.
 * @returns the columns asked for, in that order. O(text).
 * @throws {TypeError} if `text` is no string.
 * @throws {RangeError} naming line and column, if a field that is read is no number, or not finite though it must be; if rows differ in length, quotes are not as
 * they must be, a return stands without a newline, the header is missing, a column is not there or its name is there twice; or
 * if `separator` is another.
 * @see RFC 4180, Common format and MIME type for comma-separated values (CSV) files, section 2.
 * @example
 * ```ts
 * import { parseCsv } from "@mhgan/datasets";
 * const text = "x;class;y\n1;a;0.5\n2;b;-1e3\n";
 * const { names, columns } = parseCsv(text, { separator: ";", columns: ["x", "y"] });
 * names; // => ["x", "y"]
 * columns[1]; // => [0.5, -1000]
 * parseCsv(text, { separator: ";" }); // throws RangeError: parseCsv: text must have a number at line 2, column "class", got "a"
 * ```
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvColumns {
  if (typeof text !== "string") throw new TypeError(`parseCsv: text must be a string, got ${typeof text}`);
  const reader = new CsvColumnsReader("parseCsv", "text", options, Infinity);
  reader.push(text);
  return reader.end();
}
