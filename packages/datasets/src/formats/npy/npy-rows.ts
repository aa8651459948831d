import { type ByteChunks, ByteSource } from "../../byte-source.ts";
import { requireCount } from "../../requirements.ts";
import { NPY_FORMATS, type NpyArray } from "./npy-array.ts";
import { npyElements } from "./npy-elements.ts";
import { NPY_START, type NpyLayout, npyByteLength, npyHeaderEnd, npyLayout } from "./npy-layout.ts";

/** How much of an NPY stream is held at once. */
export interface NpyRowsOptions {
  /** The rows of a block; the last may have fewer. Default: 1024. */
  readonly rows?: number;
  /** The most bytes of a block, as it lies in the file. Default: 2²⁸. */
  readonly maxBytes?: number;
}

/**
 * Reads an NPY file that arrives in pieces, block by block along its first dimension, and never holds the whole of it.
 *
 * Which headers and types are read, and what an error is, is as for `parseNpy`. A block is given as soon as its bytes are there, so
 * that a file is cut off or too long is said only after the blocks before.
 *
 * @param chunks - bytes, not compressed: a stream of a file, a body of `fetch`, or arrays that lie ready. Pieces may end anywhere.
 * @returns an iterator over blocks, each in memory of its own: for a file of shape [n, …], arrays of shape [≤ rows, …]; none where
 * n is 0. O(bytes).
 * @throws {TypeError} if a piece is not a Uint8Array.
 * @throws {RangeError} as `parseNpy`; also if the file is a single number without dimensions, in Fortran order, or of rows
 * without numbers, a block takes more than `maxBytes`, or `rows` or `maxBytes` is not a positive integer.
 * @see NumPy enhancement proposal 1, A simple file format for NumPy arrays.
 * @example
 * ```ts
 * import { formatNpy, npyRows } from "@mhgan/datasets";
 * const bytes = formatNpy({ data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] });
 * const pieces = [bytes.subarray(0, 50), bytes.subarray(50, 141), bytes.subarray(141)];
 * const blocks = [];
 * for await (const block of npyRows(pieces, { rows: 2 })) blocks.push(block);
 * blocks.map(({ shape }) => shape); // => [[2, 2], [1, 2]]
 * blocks[1]!.data; // => [5, 6]
 * await npyRows(pieces, { maxBytes: 20 }).next(); // throws RangeError: npyRows: chunks must have blocks of at most 20 bytes (maxBytes), got 3 rows of 8 bytes
 * ```
 * @example
 * ```ts
 * import { createReadStream } from "node:fs";
 * import { npyRows } from "@mhgan/datasets";
 * for await (const { data, shape } of npyRows(createReadStream("images.npy"), { rows: 64 })) {
 *   console.log(shape, data[0]);
 * }
 * ```
 */
export async function* npyRows(
  chunks: ByteChunks,
  options: NpyRowsOptions = {},
): AsyncGenerator<NpyArray, void, undefined> {
  const { rows = 1024, maxBytes = 2 ** 28 } = options;
  requireCount("npyRows", "rows", rows, 1);
  requireCount("npyRows", "maxBytes", maxBytes, 1);
  const source = new ByteSource(SAY, chunks);
  try {
    const layout = await takeLayout(source);
    const { dtype, shape, begin } = layout;
    const [count, rowLength] = requireRows(layout);
    const most = Math.min(rows, count);
    if (most * rowLength > maxBytes) {
      throw new RangeError(
        `${SAY} must have blocks of at most ${maxBytes} bytes (maxBytes), got ${most} rows of ${rowLength} bytes`,
      );
    }
    const { width, parts } = NPY_FORMATS[dtype];
    const complaint = `${SAY} must be ${begin + count * rowLength} long in all for shape [${shape.join(", ")}] of ${dtype}, got`;
    for (let row = 0; row < count; row += most) {
      const taken = Math.min(most, count - row);
      const stored = await source.take(taken * rowLength);
      if (stored.length < taken * rowLength) {
        throw new RangeError(`${complaint} ${begin + row * rowLength + stored.length} bytes`);
      }
      const data = npyElements(SAY, stored, layout, (row * rowLength) / (width * parts));
      yield { dtype, data, shape: [taken, ...shape.slice(1)] } as NpyArray;
    }
    if ((await source.take(1)).length > 0) throw new RangeError(`${complaint} more`);
  } finally {
    await source.close();
  }
}

/** Function and argument, for the errors. */
const SAY = "npyRows: chunks";

async function takeLayout(source: ByteSource): Promise<NpyLayout> {
  const start = await source.take(NPY_START);
  const rest = await source.take(Math.max(0, npyHeaderEnd(SAY, start) - start.length));
  const header = new Uint8Array(start.length + rest.length);
  header.set(start);
  header.set(rest, start.length);
  return npyLayout(SAY, header);
}

/** The number of rows and the bytes of each, of a file that can be cut into rows. */
function requireRows({ dtype, shape, fortranOrder }: NpyLayout): [count: number, length: number] {
  const [count, ...row] = shape;
  if (count === undefined) {
    throw new RangeError(`${SAY} must have at least one dimension to be cut along, got a single number`);
  }
  // In one dimension both orders are the same.
  if (fortranOrder && row.length > 0) {
    throw new RangeError(
      `${SAY} must be in C order, where rows follow one another (numpy.ascontiguousarray), got Fortran order`,
    );
  }
  const length = npyByteLength(dtype, row);
  // A few bytes could announce 10¹⁵ rows of nothing, and as many blocks.
  if (count > 0 && length === 0) {
    throw new RangeError(`${SAY} must have at least one number in each row, got shape [${shape.join(", ")}]`);
  }
  return [count, length];
}
