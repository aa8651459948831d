import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, numpyFiles } from "../testing/numpy-files.ts";
import { parseCifar10 } from "./cifar/parse-cifar10.ts";
import { parseCifar100 } from "./cifar/parse-cifar100.ts";
import { csvRows } from "./csv/csv-rows.ts";
import { formatCsv } from "./csv/format-csv.ts";
import { parseCsv } from "./csv/parse-csv.ts";
import { parseIdx } from "./idx/parse-idx.ts";
import { imageHeader } from "./images/image-header.ts";
import { formatNpy } from "./npy/format-npy.ts";
import { formatNpz } from "./npy/format-npz.ts";
import { NPY_FORMATS, type NpyArray } from "./npy/npy-array.ts";
import { npyRows } from "./npy/npy-rows.ts";
import { parseNpy } from "./npy/parse-npy.ts";
import { parseNpz } from "./npy/parse-npz.ts";

// More than 100,000 damaged files, the same in every run: each is refused in one sentence, or what comes out is consistent with it.

const bytesOf = (text: string) => new TextEncoder().encode(text);
const SNIPPETS = [
  ...[[0, 0, 0, 0], [255, 255, 255, 255], [127, 255, 255, 255], [0, 0, 0, 128], [0], [1], [255]].map((b) =>
    Uint8Array.from(b),
  ),
  ...[
    "-1",
    "0",
    "9",
    "99999999999",
    "999999999999999999999",
    "(",
    ")",
    ",",
    '"',
    "'",
    "\r",
    "\n",
    ";",
    "True",
    "|O",
    ">f8",
    "<c16",
    "|b1",
    "nan",
    "1e999",
    " ",
  ].map(bytesOf),
];

/** A place from the start on, most often in what a header takes. */
const place = fc.oneof({ arbitrary: fc.nat(150), weight: 3 }, { arbitrary: fc.nat(5000), weight: 1 });
const edit = fc.oneof(
  fc.record({ how: fc.constant("flip"), at: place, bit: fc.nat(7) }),
  fc.record({ how: fc.constant("overwrite"), at: place, snippet: fc.constantFrom(...SNIPPETS) }),
  fc.record({ how: fc.constant("insert"), at: place, snippet: fc.constantFrom(...SNIPPETS) }),
  fc.record({ how: fc.constant("drop"), at: place, length: fc.nat(40) }),
  fc.record({ how: fc.constant("cut"), at: place }),
  fc.record({ how: fc.constant("splice"), at: place, other: fc.nat(1000) }),
) as fc.Arbitrary<{
  how: string;
  at: number;
  bit?: number;
  snippet?: Uint8Array;
  length?: number;
  other?: number;
}>;

const concatenated = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** Damaged copies of files. `fromEnd`: count places from the end, where a zip archive has its directory. */
function damaged(files: readonly Uint8Array[], fromEnd = false): fc.Arbitrary<Uint8Array> {
  const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.constantFrom(...files), edits, fc.boolean()).map(([file, edits, end]) => {
    let bytes = file.slice();
    for (const { how, at, bit = 0, snippet = bytes, length = 0, other = 0 } of edits) {
      const forward = at % (bytes.length + 1);
      const begin = fromEnd && end ? bytes.length - forward : forward;
      const [before, after] = [bytes.subarray(0, begin), bytes.subarray(begin)];
      if (how === "flip" && begin < bytes.length) bytes[begin]! ^= 1 << bit;
      else if (how === "overwrite") bytes = concatenated(before, snippet, after.subarray(snippet.length));
      else if (how === "insert") bytes = concatenated(before, snippet, after);
      else if (how === "drop") bytes = concatenated(before, after.subarray(length));
      else if (how === "cut") bytes = before.slice();
      else if (how === "splice") bytes = concatenated(files[other % files.length]!.subarray(0, begin), after);
    }
    return bytes;
  });
}

/** Parses, and says whether that went well; an error must be of the kind and the form that the package promises. */
async function outcome(name: string, parse: () => unknown): Promise<boolean> {
  try {
    await parse();
    return true;
  } catch (error) {
    if (
      !(error instanceof RangeError && new RegExp(`^${name}: \\w+ must .+, got .+`, "s").test(error.message))
    )
      throw error;
    if (error.message.length > 600) throw error;
    return false;
  }
}

/** Both outcomes must have come up, so that neither is tested in name only. */
async function expectOutcomes(
  name: string,
  bytes: fc.Arbitrary<Uint8Array>,
  numRuns: number,
  parse: (bytes: Uint8Array) => unknown,
): Promise<void> {
  const counts = { sound: 0, refused: 0 };
  const before = process.resourceUsage().maxRSS;
  await fc.assert(
    fc.asyncProperty(bytes, async (input) => {
      counts[(await outcome(name, () => parse(input))) ? "sound" : "refused"]++;
    }),
    { seed: 4, numRuns },
  );
  expect(counts.sound).toBeGreaterThan(numRuns / 200);
  expect(counts.refused).toBeGreaterThan(numRuns / 20);
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(2 ** 19); // in KiB: half a gigabyte
}

function requireSound({ dtype, shape, data }: NpyArray): void {
  const { parts } = NPY_FORMATS[dtype];
  const length = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, parts);
  if (data.length !== length) throw new Error(`${data.length} elements for shape [${shape.join(", ")}]`);
}

const npy = numpyFiles.npy.map(({ file }) => fromBase64(file));

test("parseIdx", async () => {
  const files = ["int8", "int16", "int32", "float32", "float64"].map(
    (type) => new Uint8Array(readFileSync(new URL(`../../test/fixtures/${type}.idx`, import.meta.url))),
  );
  await expectOutcomes("parseIdx", damaged(files), 25_000, (bytes) => {
    const { shape, data } = parseIdx(bytes);
    expect(4 + 4 * shape.length + data.byteLength).toBe(bytes.length);
  });
});

test("parseNpy", async () => {
  await expectOutcomes("parseNpy", damaged(npy), 35_000, (bytes) => {
    const array = parseNpy(bytes);
    requireSound(array);
    if (array.data.byteLength > 2 * bytes.length) throw new Error("more data than the file can hold");
    const again = parseNpy(formatNpy(array));
    if (again.dtype !== array.dtype || String(again.data) !== String(array.data))
      throw new Error("other data");
  });
});

test("npyRows", async () => {
  await expectOutcomes("npyRows", damaged(npy), 10_000, async (bytes) => {
    const halves = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
    let count = 0;
    let numbers = "";
    for await (const block of npyRows(halves, { rows: 2 })) {
      requireSound(block);
      count += block.shape[0]!;
      numbers += `${block.data},`;
    }
    const whole = parseNpy(bytes);
    if (whole.shape[0] !== count || numbers !== (count > 0 ? `${whole.data},` : "")) {
      throw new Error("other data than parseNpy");
    }
  });
});

test("parseNpz", async () => {
  const small = npy.slice(0, 3).map((file, i) => [`a${i}`, parseNpy(file)] as const);
  const files = [
    fromBase64(numpyFiles.npz.stored),
    fromBase64(numpyFiles.npz.deflated),
    await formatNpz(small),
    await formatNpz(small, { compress: true }),
  ];
  await expectOutcomes("parseNpz", damaged(files, true), 10_000, async (bytes) => {
    let size = 0;
    for (const array of (await parseNpz(bytes)).values()) {
      requireSound(array);
      size += array.data.byteLength;
    }
    if (size > 1032 * bytes.length) throw new Error("more data than the file can hold");
  });
});

test("parseCsv and csvRows", async () => {
  const files = [
    "x,y\n1,2\n3,4\n",
    '"a ""b""","c,\nd"\r\n-1.5e-3,nan\r\n"7",inf\r\n',
    formatCsv({
      names: ["u", "v", "w"],
      columns: [
        [1, 2, 3],
        [4, 5, 6],
        [-0, 0.1, 1e300],
      ],
    }),
  ].map(bytesOf);
  const decoder = new TextDecoder();
  await expectOutcomes("parseCsv", damaged(files), 20_000, (bytes) => {
    const table = parseCsv(decoder.decode(bytes));
    const back = parseCsv(formatCsv(table));
    if (String(back.names) !== String(table.names) || String(back.columns) !== String(table.columns)) {
      throw new Error("other data");
    }
  });
  await expectOutcomes("csvRows", damaged(files), 5_000, async (bytes) => {
    const halves = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    let rows = "";
    for await (const row of csvRows(halves)) rows += `${row};`;
    const { columns } = parseCsv(text);
    let expected = "";
    for (let i = 0; i < (columns[0]?.length ?? 0); i++) expected += `${columns.map((column) => column[i])};`;
    if (rows !== expected) throw new Error("other data than parseCsv");
  });
});

test.each([
  [parseCifar10, 3073],
  [parseCifar100, 3074],
] as const)("%o", async (parse, length) => {
  const files = [1, 2].map((count) => new Uint8Array(count * length));
  await expectOutcomes(parse.name, damaged(files), 2_500, (bytes) => {
    const { images } = parse(bytes);
    expect(images.data.length).toBe(images.shape.reduce((product, size) => product * size, 1));
    expect(images.shape[0] * length).toBe(bytes.length);
  });
});

test("imageHeader answers any bytes", () => {
  const files: { file: string }[] = JSON.parse(
    readFileSync(new URL("../golden/image-files.json", import.meta.url), "utf8"),
  );
  fc.assert(
    fc.property(damaged(files.map(({ file }) => fromBase64(file))), (bytes) => {
      const header = imageHeader(bytes);
      expect(header === undefined || header.width * header.height >= 0).toBe(true);
    }),
    { seed: 5, numRuns: 5_000 },
  );
});
