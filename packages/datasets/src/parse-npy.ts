import { isLittleEndian, swapBytes } from "./byte-order.ts";
import { fromFloat16Bits } from "./float16.ts";
import { NPY_FORMATS, type NpyArray, type NpyData, type NpyType } from "./npy-array.ts";
import { parseNpyHeader } from "./npy-header.ts";
import { requireBytes } from "./requirements.ts";

/**
 * Reads an NPY file, the format of `numpy.save`: versions 1.0, 2.0 and 3.0, both byte orders, C and Fortran order.
 *
 * Booleans, integers of 8 to 64 bits, floats of 16, 32 and 64 bits, and complex numbers of two of the latter. Python objects,
 * structures, texts, dates and long doubles are refused. The header is read, never executed; the size that it announces is held
 * against the size of the file before anything is allocated, so the bytes may come from anywhere.
 *
 * @param bytes - the whole file, not compressed.
 * @returns `data` is a row-major copy in the byte order of this machine; 64-bit integers are bigints. O(bytes).
 * @throws {TypeError} if `bytes` is not a Uint8Array.
 * @throws {RangeError} if the magic string, the version, the header or the type is not one of these, the header and the length
 * disagree, or a boolean is neither 0 nor 1.
 * @see NumPy enhancement proposal 1, A simple file format for NumPy arrays.
 * @example
 * ```ts
 * import { formatNpy, parseNpy } from "@mhgan/datasets";
 * const bytes = formatNpy({ data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [2, 3] });
 * const { dtype, shape, data } = parseNpy(bytes);
 * dtype; // => "float32"
 * shape; // => [2, 3]
 * data; // => [1, 2, 3, 4, 5, 6]
 * parseNpy(bytes.subarray(0, 150)); // throws RangeError: parseNpy: bytes must be 152 long for shape [2, 3] of float32, got 150 bytes
 * ```
 */
export function parseNpy(bytes: Uint8Array): NpyArray {
  requireBytes("parseNpy", bytes);
  const { text, end } = headerOf(bytes);
  const { descr, fortranOrder, shape } = parseNpyHeader(text);
  const { dtype, littleEndian } = typeOf(descr);
  const { width, parts, array } = NPY_FORMATS[dtype];
  // A product too large for a double to hold exactly is still larger than any file, so the comparison stays right.
  const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  const expectedLength = end + count * parts * width;
  if (bytes.length !== expectedLength) {
    throw new RangeError(
      `parseNpy: bytes must be ${expectedLength} long for shape [${shape.join(", ")}] of ${dtype}, got ${bytes.length} bytes`,
    );
  }
  const stored = new Uint8Array(count * parts * width);
  stored.set(bytes.subarray(end));
  if (dtype === "bool") requireBooleans(stored);
  if (littleEndian !== isLittleEndian()) swapBytes(stored, width);
  const elements =
    dtype === "float16" ? fromFloat16Bits(new Uint16Array(stored.buffer)) : new array(stored.buffer);
  const data = fortranOrder ? rowMajor(elements, shape, parts) : elements;
  return { dtype, data, shape } as NpyArray;
}

/** The header, and where the numbers begin. */
function headerOf(bytes: Uint8Array): { text: string; end: number } {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError(
      `parseNpy: bytes must start with the magic string of NPY (93 4e 55 4d 50 59) and a header, got ${hex(bytes.subarray(0, 6))}`,
    );
  }
  const [major, minor] = bytes.subarray(6, 8) as unknown as [number, number];
  if (!(major >= 1 && major <= 3 && minor === 0)) {
    throw new RangeError(`parseNpy: bytes must be of the NPY version 1.0, 2.0 or 3.0, got ${major}.${minor}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = major === 1 ? 10 : 12;
  const length = begin > bytes.length ? 0 : major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) {
    throw new RangeError(
      `parseNpy: bytes must have a header of at most ${MAX_HEADER} bytes, got one of ${length}`,
    );
  }
  const end = begin + length;
  if (end > bytes.length) {
    throw new RangeError(
      `parseNpy: bytes must hold a header that ends at byte ${end}, got ${bytes.length} bytes`,
    );
  }
  // One character for each byte: what is not ASCII could only be the name of a field, and is refused as such.
  return { text: String.fromCharCode(...bytes.subarray(begin, end)), end };
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy's own bound; it also keeps the call of `fromCharCode` small. */
const MAX_HEADER = 10_000;

function typeOf(descr: string): { dtype: NpyType; littleEndian: boolean } {
  const [, order, code] = /^([<>|])([a-z]\d+)$/.exec(descr) ?? [];
  const dtype = (Object.keys(NPY_FORMATS) as NpyType[]).find((name) => NPY_FORMATS[name].code === code);
  // Where the order matters it must be said: | stands for "does not apply".
  if (dtype === undefined || (order === "|" && NPY_FORMATS[dtype].width > 1)) {
    const kind = REFUSED[descr.replace(/^[<>|=]/, "")[0] ?? ""];
    throw new RangeError(
      `parseNpy: bytes must hold booleans, integers, floats or complex numbers (${supported()}), got ${JSON.stringify(descr.slice(0, 24))}${kind === undefined ? "" : `, ${kind}`}`,
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

function requireBooleans(stored: Uint8Array): void {
  const at = stored.findIndex((byte) => byte > 1);
  if (at >= 0) {
    throw new RangeError(`parseNpy: bytes must hold 0 or 1 for each boolean, got ${stored[at]} for [${at}]`);
  }
}

/** Turns an array whose first dimension is the fastest into one whose last dimension is. */
function rowMajor(elements: NpyData[NpyType], shape: readonly number[], parts: number): NpyData[NpyType] {
  const target = elements.slice();
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((product, size) => product * size, parts),
  );
  const index = new Float64Array(shape.length);
  let from = 0;
  for (let to = 0; to < target.length; to += parts) {
    for (let part = 0; part < parts; part++) target[to + part] = elements[from + part]!;
    // The next index, as an odometer counts.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return target;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ") || "no bytes";
}
