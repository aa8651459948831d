import { requireBytes } from "../../requirements.ts";
import { NPY_FORMATS, type NpyArray, type NpyData, type NpyType } from "./npy-array.ts";
import { npyElements } from "./npy-elements.ts";
import { npyByteLength, npyLayout } from "./npy-layout.ts";

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
  const layout = npyLayout(SAY, bytes);
  const { dtype, fortranOrder, shape, begin } = layout;
  const length = npyByteLength(dtype, shape);
  if (bytes.length !== begin + length) {
    throw new RangeError(
      `${SAY} must be ${begin + length} long for shape [${shape.join(", ")}] of ${dtype}, got ${bytes.length} bytes`,
    );
  }
  const stored = new Uint8Array(length);
  stored.set(bytes.subarray(begin));
  const elements = npyElements(SAY, stored, layout);
  const data = fortranOrder ? rowMajor(elements, shape, NPY_FORMATS[dtype].parts) : elements;
  return { dtype, data, shape } as NpyArray;
}

/** Function and argument, for the errors. */
const SAY = "parseNpy: bytes";

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
