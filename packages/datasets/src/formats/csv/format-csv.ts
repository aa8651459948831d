import { requireSeparator } from "./csv-numbers.ts";
import type { CsvSeparator } from "./csv-tokenizer.ts";

/** What is written as CSV: also what `parseCsv` gives. */
export interface CsvInput {
  /** The name of each column. Default: no header. */
  readonly names?: readonly string[];
  /** The numbers of each column, all columns of one length. */
  readonly columns: readonly ArrayLike<number>[];
}

/**
 * Writes columns of numbers as CSV text: every number with the digits that give it back, −0, NaN and infinities too.
 *
 * @param table - columns of one length, and their names.
 * @param options - `separator`: what stands between fields. Default: a comma.
 * @returns lines that end in a newline each. O(numbers).
 * @throws {TypeError} if an element of a column is no number.
 * @throws {RangeError} if columns differ in length, there are more or fewer names than columns, or `separator` is another.
 * @see RFC 4180, Common format and MIME type for comma-separated values (CSV) files, section 2.
 * @example
 * ```ts
 * import { formatCsv, parseCsv } from "@mhgan/datasets";
 * const text = formatCsv({ names: ["x", "log p"], columns: [[1, 2], new Float64Array([0.1, -Infinity])] });
 * text.split("\n"); // => ["x,log p", "1,0.1", "2,-Infinity", ""]
 * parseCsv(text).columns[1]; // => [0.1, -Infinity]
 * ```
 */
export function formatCsv(table: CsvInput, options: { readonly separator?: CsvSeparator } = {}): string {
  const { names = [], columns } = table;
  const { separator = "," } = options;
  requireSeparator("formatCsv", separator);
  if (names.length > 0 && names.length !== columns.length) {
    throw new RangeError(
      `formatCsv: names must be ${columns.length} long, one for each column, got ${names.length}`,
    );
  }
  const length = columns[0]?.length ?? 0;
  columns.forEach((column, i) => {
    if (column.length !== length) {
      throw new RangeError(
        `formatCsv: columns[${i}] must be ${length} long, as columns[0], got ${column.length}`,
      );
    }
  });
  const lines = names.length > 0 ? [names.map(quotedName).join(separator)] : [];
  for (let row = 0; row < length; row++) {
    lines.push(columns.map((column, i) => numberText(column[row], i, row)).join(separator));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function quotedName(name: string): string {
  return /[",;\t\r\n\ufeff]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function numberText(value: unknown, column: number, row: number): string {
  if (typeof value !== "number") {
    throw new TypeError(`formatCsv: columns[${column}][${row}] must be a number, got ${typeof value}`);
  }
  return Object.is(value, -0) ? "-0" : String(value);
}
