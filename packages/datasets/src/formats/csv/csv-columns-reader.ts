import { GrowingNumbers } from "../../growing-numbers.ts";
import { CsvNumbers, type CsvOptions } from "./csv-numbers.ts";

/** Numbers by column. */
export interface CsvColumns {
  /** The name of each column; none where the text has no header. */
  readonly names: readonly string[];
  /** The numbers of each column, all columns of one length. */
  readonly columns: readonly Float64Array[];
}

/**
 * Reads columns of numbers from text that may arrive in pieces.
 *
 * @internal
 */
export class CsvColumnsReader {
  readonly #numbers: CsvNumbers;
  readonly #columns: GrowingNumbers[] = [];

  /** Takes what `CsvNumbers` takes. */
  constructor(caller: string, argument: string, options: CsvOptions, maxRowLength: number) {
    this.#numbers = new CsvNumbers(caller, argument, options, maxRowLength, (row) => {
      this.#makeColumns();
      for (let i = 0; i < row.length; i++) this.#columns[i]!.push(row[i]!);
    });
  }

  push(text: string): void {
    this.#numbers.push(text);
  }

  end(): CsvColumns {
    this.#numbers.end();
    this.#makeColumns(); // a header may be all there is
    return { names: this.#numbers.names, columns: this.#columns.map((column) => column.toArray()) };
  }

  #makeColumns(): void {
    while (this.#columns.length < this.#numbers.width) this.#columns.push(new GrowingNumbers());
  }
}
