import { type CsvSeparator, CsvTokenizer } from "./csv-tokenizer.ts";

/** What a CSV text is like, and what is wanted of it. */
export interface CsvOptions {
  /** The columns to read, by name or by index from 0, in the order wanted; the others may hold anything. Default: all. */
  readonly columns?: readonly (string | number)[];
  /** Whether the first row holds the names of the columns. Default: true. */
  readonly header?: boolean;
  /** What stands between fields. Default: a comma. */
  readonly separator?: CsvSeparator;
  /** Whether NaN and infinities are errors. Default: false. */
  readonly finite?: boolean;
}

/**
 * Reads rows of numbers from text that may arrive in pieces.
 *
 * @internal
 */
export class CsvNumbers {
  /** The names of the columns that are read; none without a header. Known after the first row. */
  names: string[] = [];
  /** How many columns are read. */
  width = 0;
  readonly #say: string;
  readonly #options: CsvOptions;
  readonly #tokenizer: CsvTokenizer;
  /** The places in a row of the columns that are read. */
  #places: number[] | undefined;
  #rowLength = 0;
  #row = new Float64Array(0);

  /**
   * @param caller - the function, for the errors.
   * @param argument - its argument with the text.
   * @param take - is given the numbers of each row, in an array that the next row is written into.
   */
  constructor(
    caller: string,
    argument: string,
    options: CsvOptions,
    maxRowLength: number,
    take: (numbers: Float64Array) => void,
  ) {
    const { separator = ",", header = true } = options;
    requireSeparator(caller, separator);
    this.#say = `${caller}: ${argument}`;
    this.#options = options;
    this.#tokenizer = new CsvTokenizer(this.#say, separator, maxRowLength, (fields, line) => {
      if (this.#places === undefined) {
        this.#places = this.#choose(caller, fields, header);
        if (header) return;
      }
      take(this.#numbers(fields, line, this.#places));
    });
  }

  push(text: string): void {
    this.#tokenizer.push(text);
  }

  end(): void {
    this.#tokenizer.end();
    if (this.#places === undefined && (this.#options.header ?? true)) {
      throw new RangeError(
        `${this.#say} must have a row with the names of columns (or header: false), got nothing`,
      );
    }
  }

  #choose(caller: string, fields: readonly string[], header: boolean): number[] {
    const names = header ? fields : [];
    const { columns = fields.map((_, place) => place) } = this.#options;
    const places = columns.map((column, i) => {
      const place = typeof column === "string" ? names.indexOf(column) : column;
      const isThere = Number.isInteger(place) && place >= 0 && place < fields.length;
      if (!isThere || (typeof column === "string" && names.indexOf(column, place + 1) >= 0)) {
        const known = names.length > 0 ? `one of the names ${shown(names.join(", "))} (once), or ` : "";
        throw new RangeError(
          `${caller}: columns[${i}] must be ${known}a whole number from 0 to ${fields.length - 1}, got ${typeof column === "string" ? shown(column) : String(column)}`,
        );
      }
      return place;
    });
    this.#rowLength = fields.length;
    this.width = places.length;
    this.#row = new Float64Array(places.length);
    if (header) this.names = places.map((place) => names[place]!);
    return places;
  }

  #numbers(fields: readonly string[], line: number, places: readonly number[]): Float64Array {
    if (fields.length !== this.#rowLength) {
      throw new RangeError(
        `${this.#say} must have as many fields in each row as in the first, ${this.#rowLength}, got ${fields.length} at line ${line}`,
      );
    }
    const { finite = false } = this.#options;
    for (let i = 0; i < places.length; i++) {
      const field = fields[places[i]!]!;
      const value = numberOf(field);
      if (value === undefined || (finite && !Number.isFinite(value))) {
        const column =
          this.names[i] === undefined ? `column ${places[i]} (from 0)` : `column ${shown(this.names[i]!)}`;
        throw new RangeError(
          `${this.#say} must have a ${finite ? "finite " : ""}number at line ${line}, ${column}, got ${shown(field)}`,
        );
      }
      this.#row[i] = value;
    }
    return this.#row;
  }
}

/** A decimal number of a size that a double can have, NaN, or an infinity that is said to be one. */
function numberOf(field: string): number | undefined {
  if (DECIMAL.test(field)) {
    const value = Number(field);
    return Number.isFinite(value) ? value : undefined;
  }
  const [, sign, word] = WORD.exec(field) ?? [];
  if (word === undefined) return undefined;
  return word.toLowerCase() === "nan" ? NaN : sign === "-" ? -Infinity : Infinity;
}

const DECIMAL = /^[ \t]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?[ \t]*$/i;
const WORD = /^[ \t]*([+-]?)(nan|inf|infinity)[ \t]*$/i;

/** @internal */
export function requireSeparator(caller: string, separator: string): void {
  if (![",", ";", "\t"].includes(separator)) {
    throw new RangeError(
      `${caller}: separator must be a comma, a semicolon or a tab, got ${JSON.stringify(separator)}`,
    );
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
