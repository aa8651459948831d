import { NPY_MAX_DIMENSIONS } from "./npy-array.ts";

/** What the header of an NPY file says. @internal */
export interface NpyHeader {
  /** Byte order, kind and size of a number, such as `<f8`. */
  readonly descr: string;
  /** Whether the first dimension is the fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/**
 * Reads the header: a dictionary in the words of Python, of which nothing else is understood.
 *
 * @param say - function and argument, for the errors.
 * @throws {RangeError} if it is anything but the three known keys with literal values.
 * @internal
 */
export function parseNpyHeader(say: string, text: string): NpyHeader {
  let at = 0;
  /** What stands next, if it has this form. */
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match?.[1];
  };
  const fail = (needed: string): never => {
    take(BLANKS);
    const found = at < text.length ? JSON.stringify(text.slice(at, at + 24)) : "its end";
    throw new RangeError(`${say} must have ${needed} at character ${at} of the header, got ${found}`);
  };
  const takeString = (): string => take(SINGLE_QUOTED) ?? take(DOUBLE_QUOTED) ?? fail("a string");
  const takeShape = (): number[] => {
    const shape: number[] = [];
    let comma = true;
    if (take(OPEN_TUPLE) === undefined) fail("a tuple");
    while (take(CLOSE_TUPLE) === undefined) {
      if (!comma) fail("a comma");
      if (shape.length === NPY_MAX_DIMENSIONS) fail(`the end of ${NPY_MAX_DIMENSIONS} dimensions`);
      shape.push(Number(take(SIZE) ?? fail("a size, of at most 15 digits,")));
      comma = take(COMMA) !== undefined;
    }
    if (shape.length === 1 && !comma) fail("a tuple, which (3,) is and (3) is not,");
    return shape;
  };

  const header: { descr?: string; fortranOrder?: boolean; shape?: readonly number[] } = {};
  let comma = true;
  if (take(OPEN_DICT) === undefined) fail("a dictionary");
  while (take(CLOSE_DICT) === undefined) {
    if (!comma) fail("a comma");
    const begin = at;
    const key = takeString();
    if (take(COLON) === undefined) fail("a colon");
    if (key === "descr" && header.descr === undefined) {
      if (take(OPEN_LIST) !== undefined) fail("one type for all numbers, not the fields of a structure,");
      header.descr = takeString();
    } else if (key === "fortran_order" && header.fortranOrder === undefined) {
      header.fortranOrder = (take(BOOLEAN) ?? fail("True or False")) === "True";
    } else if (key === "shape" && header.shape === undefined) {
      header.shape = takeShape();
    } else {
      at = begin;
      fail("one of the keys descr, fortran_order and shape, each once,");
    }
    comma = take(COMMA) !== undefined;
  }
  const { descr, fortranOrder, shape } = header;
  if (descr === undefined || fortranOrder === undefined || shape === undefined) {
    return fail("all of the keys descr, fortran_order and shape");
  }
  if (take(END) === undefined) fail("nothing more");
  return { descr, fortranOrder, shape };
}

const BLANKS = / *()/y;
const OPEN_DICT = / *(\{)/y;
const CLOSE_DICT = / *(\})/y;
const OPEN_LIST = / *(\[)/y;
const OPEN_TUPLE = / *(\()/y;
const CLOSE_TUPLE = / *(\))/y;
const COLON = / *(:)/y;
const COMMA = / *(,)/y;
const SINGLE_QUOTED = / *'([^'\\]*)'/y;
const DOUBLE_QUOTED = / *"([^"\\]*)"/y;
const BOOLEAN = / *(True|False)\b/y;
const SIZE = / *(0|[1-9]\d{0,14})L?(?!\w)/y; // Python 2 wrote 3L
const END = /[ \n]*()$/y;

/**
 * Writes the header as NumPy does, to the byte: padded so that the first dimension may grow in place, then so that the
 * numbers begin at a multiple of 64.
 *
 * @internal
 */
export function formatNpyHeader(descr: string, shape: readonly number[]): string {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const growth = shape.length === 0 ? 0 : LONGEST_SIZE - String(shape[0]).length;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }${" ".repeat(growth)}`;
  return `${text}${" ".repeat(63 - ((PREAMBLE + text.length) % 64))}\n`;
}

/** The bytes before the header: the magic string, the version, the length of the header. */
const PREAMBLE = 10;
/** The digits of 2^64, and one. */
const LONGEST_SIZE = 21;
