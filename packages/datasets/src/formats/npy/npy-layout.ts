import { NPY_FORMATS, type NpyType } from "./npy-array.ts";
import { parseNpyHeader } from "./npy-header.ts";

/** How the numbers of an NPY file lie in it. @internal */
export interface NpyLayout {
  readonly dtype: NpyType;
  readonly littleEndian: boolean;
  /** Whether the first dimension is the fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly begin: number;
}

/** As many bytes as are needed to know where the header ends. @internal */
export const NPY_START = 12;

/**
 * Reads where the header ends from the first `NPY_START` bytes, or from all if they are fewer.
 *
 * @param say - function and argument, for the errors.
 * @throws {RangeError} if that is not the start of an NPY file, or the header is longer than NumPy's are.
 * @internal
 */
export function npyHeaderEnd(say: string, bytes: Uint8Array): number {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError(
      `${say} must start with the magic string of NPY (93 4e 55 4d 50 59) and a header, got ${hex(bytes.subarray(0, 6))}`,
    );
  }
  const [major, minor] = bytes.subarray(6, 8) as unknown as [number, number];
  if (!(major >= 1 && major <= 3 && minor === 0)) {
    throw new RangeError(`${say} must be of the NPY version 1.0, 2.0 or 3.0, got ${major}.${minor}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = major === 1 ? 10 : 12;
  const length = begin > bytes.length ? 0 : major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) {
    throw new RangeError(`${say} must have a header of at most ${MAX_HEADER} bytes, got one of ${length}`);
  }
  return begin + length;
}

/**
 * Reads the header.
 *
 * @param say - function and argument, for the errors.
 * @param bytes - the file, at least to the end of the header.
 * @throws {RangeError} if the start, the header or the type is not one that is read, or the header is cut off.
 * @internal
 */
export function npyLayout(say: string, bytes: Uint8Array): NpyLayout {
  const end = npyHeaderEnd(say, bytes);
  if (end > bytes.length) {
    throw new RangeError(`${say} must hold a header that ends at byte ${end}, got ${bytes.length} bytes`);
  }
  const begin = bytes[6] === 1 ? 10 : 12;
  // One character for each byte: what is not ASCII could only be the name of a field, and is refused as such.
  const text = String.fromCharCode(...bytes.subarray(begin, end));
  const { descr, fortranOrder, shape } = parseNpyHeader(say, text);
  return { ...typeOf(say, descr), fortranOrder, shape, begin: end };
}

/**
 * How many bytes the numbers of an array take in a file.
 *
 * A product too large for a double to hold exactly is still larger than any file, so that comparisons with it stay right.
 *
 * @internal
 */
export function npyByteLength(dtype: NpyType, shape: readonly number[]): number {
  const { width, parts } = NPY_FORMATS[dtype];
  return shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1) * parts * width;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy's own bound; it also keeps the call of `fromCharCode` small. */
const MAX_HEADER = 10_000;

function typeOf(say: string, descr: string): { dtype: NpyType; littleEndian: boolean } {
  const [, order, code] = /^([<>|])([a-z]\d+)$/.exec(descr) ?? [];
  const dtype = (Object.keys(NPY_FORMATS) as NpyType[]).find((name) => NPY_FORMATS[name].code === code);
  // Where the order matters it must be said: | stands for "does not apply".
  if (dtype === undefined || (order === "|" && NPY_FORMATS[dtype].width > 1)) {
    const kind = REFUSED[descr.replace(/^[<>|=]/, "")[0] ?? ""];
    throw new RangeError(
      `${say} must hold booleans, integers, floats or complex numbers (${supported()}), got ${JSON.stringify(descr.slice(0, 24))}${kind === undefined ? "" : `, ${kind}`}`,
    );
  }
  return { dtype, littleEndian: order !== ">" };
}

const supported = (): string =>
  Object.values(NPY_FORMATS)
    .map(({ code }) => code)
    .join(" ");

/** The kinds of NumPy that are not numbers, by their letters. */
const REFUSED: Readonly<Record<string, string>> = {
  O: "Python objects, which only Python can read and which may run code",
  S: "texts",
  a: "texts",
  U: "texts",
  V: "structures",
  M: "dates",
  m: "lengths of time",
};

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ") || "no bytes";
}
