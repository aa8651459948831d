import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, numpyFiles } from "../../testing/numpy-files.ts";
import { formatNpy } from "./format-npy.ts";
import type { NpyArray } from "./npy-array.ts";
import { npyRows } from "./npy-rows.ts";
import { parseNpy } from "./parse-npy.ts";

async function blocksOf(
  chunks: Parameters<typeof npyRows>[0],
  options?: Parameters<typeof npyRows>[1],
): Promise<NpyArray[]> {
  const blocks: NpyArray[] = [];
  for await (const block of npyRows(chunks, options)) blocks.push(block);
  return blocks;
}

/** What `npyRows` should give, cut from the whole. */
function cutIntoBlocks({ dtype, data, shape }: NpyArray, rows: number): NpyArray[] {
  const [count, ...row] = shape as [number, ...number[]];
  const width = data.length / count;
  const blocks: NpyArray[] = [];
  for (let begin = 0; begin < count; begin += rows) {
    const end = Math.min(count, begin + rows);
    const part = data.slice(begin * width, end * width);
    blocks.push({ dtype, data: part, shape: [end - begin, ...row] } as NpyArray);
  }
  return blocks;
}

/** The bytes in pieces that end at these places. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

/** What the header of NumPy's file says: what can be cut, and what cannot. */
const files = numpyFiles.npy.map((golden) => ({ ...golden, bytes: fromBase64(golden.file) }));
const isFortran = (bytes: Uint8Array) => Buffer.from(bytes).includes("'fortran_order': True");
const streamable = files.filter(
  ({ bytes, shape }) => shape.length > 0 && !isFortran(bytes) && (shape[0] === 0 || !shape.includes(0)),
);

test.each(streamable)("npyRows reads what NumPy wrote, byte by byte: $name", async ({ bytes, shape }) => {
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  for (const rows of [1, 2, 1024]) {
    const expected = shape[0] === 0 ? [] : cutIntoBlocks(parseNpy(bytes), rows);
    expect(await blocksOf(single, { rows })).toEqual(expected);
  }
});

test("npyRows gives the blocks of parseNpy however the bytes are cut", async () => {
  const cuts = fc.array(fc.nat(), { maxLength: 12 });
  const rows = fc.integer({ min: 1, max: 9 });
  const shape = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }));
  await fc.assert(
    fc.asyncProperty(cuts, rows, shape, async (cuts, rows, shape) => {
      const data = Float64Array.from({ length: shape[0] * shape[1] }, (_, i) => i / 3);
      const bytes = formatNpy({ data, shape });
      expect(await blocksOf(pieces(bytes, cuts), { rows })).toEqual(cutIntoBlocks(parseNpy(bytes), rows));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("npyRows reads a stream of a file and the body of a response", async () => {
  const data = Float32Array.from({ length: 100_000 }, (_, i) => i);
  const bytes = formatNpy({ data, shape: [50_000, 2] });
  const expected = cutIntoBlocks(parseNpy(bytes), 16_384);
  const folder = await mkdtemp(join(tmpdir(), "mhgan-npy-rows-"));
  try {
    const path = join(folder, "numbers.npy");
    await writeFile(path, bytes);
    expect(await blocksOf(createReadStream(path), { rows: 16_384 })).toEqual(expected);
  } finally {
    await rm(folder, { recursive: true });
  }
  expect(await blocksOf(new Response(bytes.slice()).body!, { rows: 16_384 })).toEqual(expected);
});

test("npyRows gives a block as soon as its bytes are there, and lets pieces be used again", async () => {
  const bytes = formatNpy({ data: Uint16Array.from({ length: 100 }, (_, i) => i), shape: [50, 2] });
  let sent = 0;
  async function* reused(): AsyncGenerator<Uint8Array> {
    const piece = new Uint8Array(10);
    for (let at = 0; at < bytes.length; at += 10) {
      const part = bytes.subarray(at, at + 10);
      piece.set(part);
      sent += part.length;
      yield piece.subarray(0, part.length);
    }
  }
  const blocks: NpyArray[] = [];
  for await (const block of npyRows(reused(), { rows: 10 })) {
    blocks.push(block);
    expect(sent).toBeLessThan(128 + 40 * blocks.length + 10);
  }
  expect(blocks).toEqual(cutIntoBlocks(parseNpy(bytes), 10));
  expect(blocks.map(({ data }) => data.buffer.byteLength)).toEqual(Array(5).fill(40));
});

test("npyRows holds a block, not the file, and makes no room before bytes come", async () => {
  const header = headerOf("(1099511627776, 4)", "<f4"); // 16 TiB
  const piece = new Uint8Array(2 ** 16);
  function* source(): Generator<Uint8Array> {
    yield header;
    for (;;) yield piece;
  }
  const before = process.resourceUsage().maxRSS;
  let read = 0;
  for await (const { data } of npyRows(source(), { rows: 4096 })) {
    read += data.byteLength;
    if (read >= 2 ** 29) break;
  }
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(2 ** 18); // in KiB: half of what was read
  // No machine has this room.
  await expect(npyRows([header], { rows: 2 ** 36, maxBytes: 2 ** 40 }).next()).rejects.toThrow(
    `must be ${2 ** 44 + header.length} long in all for shape [1099511627776, 4] of float32, got ${header.length} bytes`,
  );
});

test("npyRows ends the source when it is left, also by an error, and not twice", async () => {
  let ended = 0;
  const bytes = formatNpy({ data: new Uint8Array(4), shape: [4] });
  function* source(...more: unknown[]): Generator<Uint8Array> {
    try {
      yield bytes;
      yield* more as Uint8Array[];
    } finally {
      ended++;
    }
  }
  for await (const _ of npyRows(source(), { rows: 1 })) break;
  expect(ended).toBe(1);
  await expect(blocksOf(source("text"))).rejects.toThrow(TypeError);
  expect(ended).toBe(2);
  await blocksOf(source());
  expect(ended).toBe(3);
});

test("npyRows passes on the error of the source", async () => {
  let closed = 0;
  const source: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.reject(new Error("the wire is cut")),
      return: () => Promise.resolve({ done: true, value: closed++ }),
    }),
  };
  await expect(blocksOf(source)).rejects.toThrow("the wire is cut");
  expect(closed).toBe(0);
});

/** A file of version 1.0 up to its numbers. */
function headerOf(shape: string, descr = "|u1", fortran = "False"): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;
  const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8];
  return Uint8Array.from([...start, ...Buffer.from(text, "latin1")]);
}

test("npyRows reads one dimension in Fortran order, which is C order too, and no rows", async () => {
  const [block] = await blocksOf([headerOf("(2,)", "|u1", "True"), Uint8Array.of(7, 8)]);
  expect(block).toEqual({ dtype: "uint8", data: Uint8Array.of(7, 8), shape: [2] });
  expect(await blocksOf([headerOf("(0, 3)")])).toEqual([]);
  expect(await blocksOf([headerOf("(0, 0)")])).toEqual([]);
});

describe("errors", () => {
  const start = "start with the magic string of NPY (93 4e 55 4d 50 59) and a header, got";
  const six = Uint8Array.of(0, 1, 0, 1, 0, 2);
  test.each<[string, unknown[], object, typeof Error, string]>([
    ["nothing", [], {}, RangeError, `chunks must ${start} no bytes`],
    ["text", [Buffer.from("1,2,3,4,5,6,7")], {}, RangeError, `chunks must ${start} 31 2c 32`],
    [
      "half a header",
      [headerOf("(6,)").subarray(0, 40)],
      {},
      RangeError,
      `chunks must hold a header that ends at byte ${headerOf("(6,)").length}, got 40 bytes`,
    ],
    [
      "a header of one character",
      [Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 1, 0, 123, 125, 0)],
      {},
      RangeError,
      "chunks must have a string at character 1 of the header, got its end",
    ],
    [
      "a long header",
      [Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 255, 255, 255, 255)],
      {},
      RangeError,
      "chunks must have a header of at most 10000 bytes, got one of 4294967295",
    ],
    [
      "Python objects",
      [headerOf("(2,)", "|O")],
      {},
      RangeError,
      'got "|O", Python objects, which only Python can read and which may run code',
    ],
    [
      "a single number",
      [headerOf("()"), Uint8Array.of(7)],
      {},
      RangeError,
      "chunks must have at least one dimension to be cut along, got a single number",
    ],
    [
      "Fortran order",
      [headerOf("(2, 3)", "|u1", "True"), six],
      {},
      RangeError,
      "chunks must be in C order, where rows follow one another (numpy.ascontiguousarray), got Fortran order",
    ],
    [
      "rows of nothing",
      [headerOf("(999999999999999, 0)")],
      {},
      RangeError,
      "chunks must have at least one number in each row, got shape [999999999999999, 0]",
    ],
    [
      "a block above maxBytes",
      [headerOf("(6,)", "<f4")],
      { rows: 3, maxBytes: 11 },
      RangeError,
      "chunks must have blocks of at most 11 bytes (maxBytes), got 3 rows of 4 bytes",
    ],
    [
      "a row without end",
      [headerOf(`(1, ${"999999999999999, ".repeat(30)})`)],
      {},
      RangeError,
      "chunks must have blocks of at most 268435456 bytes (maxBytes), got 1 rows of Infinity bytes",
    ],
    [
      "a file cut off",
      [headerOf("(4, 2)"), six],
      { rows: 2 },
      RangeError,
      `chunks must be ${headerOf("(4, 2)").length + 8} long in all for shape [4, 2] of uint8, got ${headerOf("(4, 2)").length + 6} bytes`,
    ],
    [
      "trailing bytes",
      [headerOf("(5,)"), six],
      { rows: 2 },
      RangeError,
      `chunks must be ${headerOf("(5,)").length + 5} long in all for shape [5] of uint8, got more`,
    ],
    [
      "a boolean of 2, counted from the start of the file",
      [headerOf("(6,)", "|b1"), six],
      { rows: 4 },
      RangeError,
      "chunks must hold 0 or 1 for each boolean, got 2 for [5]",
    ],
    ["a string", ["text"], {}, TypeError, "chunks must be Uint8Arrays, got string"],
    ["null", [null], {}, TypeError, "chunks must be Uint8Arrays, got null"],
    ["bytes for chunks", six as never, {}, TypeError, "chunks must be Uint8Arrays, got number"],
    ["no rows", [], { rows: 0 }, RangeError, "rows must be a safe integer from 1, got 0"],
    ["half a byte", [], { maxBytes: 0.5 }, RangeError, "maxBytes must be a safe integer from 1, got 0.5"],
  ])("npyRows refuses %s", async (_, chunks, options, kind, reason) => {
    const refused = blocksOf(chunks as Uint8Array[], options);
    await expect(refused).rejects.toBeInstanceOf(kind);
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.toThrow(/^npyRows: /);
  });
});
