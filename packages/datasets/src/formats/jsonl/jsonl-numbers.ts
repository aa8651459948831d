import { GrowingNumbers } from "../../growing-numbers.ts";
import { requireCount } from "../../requirements.ts";
import type { TextChunks } from "../../text-chunks.ts";
import { Utf8Text } from "../../utf8-text.ts";

/** What a stream of JSON lines is like. */
export interface JsonlNumbersOptions {
  /** Each line is an object, and this the key of the number in it; the other keys may hold anything. Default: each line is a number. */
  readonly key?: string;
  /** The most characters in a line. Default: 2²⁰. */
  readonly maxLineLength?: number;
}

/**
 * Reads one number from each line of JSON text that arrives in pieces: holds the numbers, and no more of the text than a piece and a line.
 *
 * JSON knows neither NaN nor infinities, so all numbers are finite; one that is too large for a double is an error. Lines may end
 * in CRLF, the last need not end, and a byte order mark is passed over. An empty line is an error.
 *
 * @param chunks - strings, or bytes in UTF-8: a body of `fetch`, a stream of a file. Pieces may end anywhere.
 * @returns the numbers, one a line; none where there is no line. O(text).
 * @throws {TypeError} if a piece is neither a string nor a Uint8Array.
 * @throws {RangeError} naming the line, if one is no JSON, or holds no finite number, or is longer than `maxLineLength`; if bytes are not
 * UTF-8, or `maxLineLength` is not a positive integer.
 * @see RFC 8259, The JavaScript Object Notation (JSON) data interchange format.
 * @example
 * ```ts
 * import { jsonlNumbers } from "@mhgan/datasets";
 * await jsonlNumbers(["0.5\n-1e", "-3\n"]); // => [0.5, -0.001]
 * await jsonlNumbers(['{"score":1}\n', '{"id":7,"score":2}\n'], { key: "score" }); // => [1, 2]
 * await jsonlNumbers(["0.5\nNaN\n"]); // throws RangeError: jsonlNumbers: chunks must have a number at line 2, got NaN
 * ```
 */
export async function jsonlNumbers(
  chunks: TextChunks,
  options: JsonlNumbersOptions = {},
): Promise<Float64Array> {
  const { key, maxLineLength = 2 ** 20 } = options;
  requireCount("jsonlNumbers", "maxLineLength", maxLineLength, 1);
  const text = new Utf8Text(SAY);
  const numbers = new GrowingNumbers();
  let line = 0;
  /** What is there of the line that a piece ended in. */
  let rest = "";
  let isFirst = true;
  const push = (piece: string): void => {
    let begin = 0;
    if (isFirst && piece.length > 0) {
      isFirst = false;
      if (piece.charCodeAt(0) === BYTE_ORDER_MARK) begin = 1;
    }
    for (let end = piece.indexOf("\n", begin); end !== -1; end = piece.indexOf("\n", begin)) {
      numbers.push(numberOf(rest + piece.slice(begin, end), ++line, key, maxLineLength));
      rest = "";
      begin = end + 1;
    }
    rest += piece.slice(begin);
    requireLength(rest, line + 1, maxLineLength);
  };
  for await (const chunk of chunks) push(text.take(chunk));
  push(text.take(""));
  if (rest !== "") numbers.push(numberOf(rest, ++line, key, maxLineLength));
  return numbers.toArray();
}

const SAY = "jsonlNumbers: chunks";
const BYTE_ORDER_MARK = 0xfeff;

function numberOf(text: string, line: number, key: string | undefined, maxLineLength: number): number {
  requireLength(text, line, maxLineLength);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    fail(text, line, key);
  }
  if (key !== undefined) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) fail(text, line, key);
    value = (value as Record<string, unknown>)[key];
  }
  if (typeof value !== "number" || !Number.isFinite(value)) fail(text, line, key);
  return value;
}

function requireLength(text: string, line: number, maxLineLength: number): void {
  if (text.length > maxLineLength) {
    throw new RangeError(
      `${SAY} must have lines of at most ${maxLineLength} characters, got a longer one at line ${line}`,
    );
  }
}

function fail(text: string, line: number, key: string | undefined): never {
  const needed = key === undefined ? "a number" : `an object with a number as ${JSON.stringify(key)}`;
  const got = text.trim() === "" ? "nothing" : text.length > 80 ? `${text.slice(0, 80)}…` : text.trim();
  throw new RangeError(`${SAY} must have ${needed} at line ${line}, got ${got}`);
}
