/** What may stand between the fields of a line. */
export type CsvSeparator = "," | ";" | "\t";

/** Takes the fields of a row, and the line that it begins on, counted from 1. @internal */
export type TakeFields = (fields: readonly string[], line: number) => void;

type State = "start" | "plain" | "quoted" | "after quote" | "after return";

/**
 * Cuts text, which may arrive in pieces, into rows of fields.
 *
 * Rows end in a newline, or a return and a newline; the last may end with the text. A field in quotes may hold separators,
 * newlines, and quotes, doubled.
 *
 * @see RFC 4180, section 2.
 * @internal
 */
export class CsvTokenizer {
  readonly #say: string;
  readonly #separator: number;
  readonly #maxRowLength: number;
  readonly #take: TakeFields;
  #state: State = "start";
  #fields: string[] = [];
  /** What is there of the field that a piece ended in. */
  #field = "";
  /** The characters of the row so far, field by field. */
  #length = 0;
  #line = 1;
  #rowLine = 1;
  #isFirst = true;

  /** @param say - function and argument, for the errors. */
  constructor(say: string, separator: CsvSeparator, maxRowLength: number, take: TakeFields) {
    this.#say = say;
    this.#separator = separator.charCodeAt(0);
    this.#maxRowLength = maxRowLength;
    this.#take = take;
  }

  push(text: string): void {
    if (text.length === 0) return;
    let begin = this.#isFirst && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    this.#isFirst = false;
    for (let i = begin; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.#state === "quoted") {
        if (code === NEWLINE) this.#line++;
        if (code !== QUOTE) continue;
        this.#extend(text.slice(begin, i));
        this.#state = "after quote";
      } else if (code === QUOTE && this.#state === "after quote") {
        begin = i; // the second of two quotes belongs to the field
        this.#state = "quoted";
      } else if (code === QUOTE && this.#state === "start") {
        begin = i + 1;
        this.#state = "quoted";
      } else if (code === NEWLINE) {
        if (this.#state === "plain") this.#extend(text.slice(begin, i));
        this.#endField();
        this.#endRow();
        begin = i + 1;
      } else if (this.#state === "after return") {
        this.#fail("a newline after each return", "a return alone");
      } else if (code === this.#separator || code === RETURN) {
        if (this.#state === "plain") this.#extend(text.slice(begin, i));
        if (code === RETURN) this.#state = "after return";
        else this.#endField();
        begin = i + 1;
      } else if (this.#state === "after quote" || code === QUOTE) {
        this.#fail(
          "quotes around whole fields, and doubled inside them",
          JSON.stringify(text.slice(i, i + 12)),
        );
      } else if (this.#state === "start") {
        begin = i;
        this.#state = "plain";
      }
    }
    if (this.#state === "plain" || this.#state === "quoted") this.#extend(text.slice(begin));
  }

  /** Ends the last row, if it did not end with a newline. */
  end(): void {
    if (this.#state === "quoted")
      this.#fail("an end to each quoted field", "none for one in the row that begins here", this.#rowLine);
    if (this.#state === "after return") this.#fail("a newline after each return", "a return alone");
    if (this.#state === "start" && this.#fields.length === 0) return;
    this.#endField();
    this.#endRow();
  }

  #extend(piece: string): void {
    this.#field += piece;
    this.#grow(piece.length);
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = "";
    this.#state = "start";
    this.#grow(1);
  }

  #grow(length: number): void {
    this.#length += length;
    if (this.#length > this.#maxRowLength) {
      this.#fail(
        `rows of at most ${this.#maxRowLength} characters`,
        "a longer one begins here",
        this.#rowLine,
      );
    }
  }

  #endRow(): void {
    this.#take(this.#fields, this.#rowLine);
    this.#fields = [];
    this.#length = 0;
    this.#rowLine = ++this.#line;
  }

  #fail(need: string, found: string, line = this.#line): never {
    throw new RangeError(`${this.#say} must have ${need}, got at line ${line}: ${found}`);
  }
}

const BYTE_ORDER_MARK = 0xfeff;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
