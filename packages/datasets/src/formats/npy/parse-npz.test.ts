import { describe, expect, test } from "vitest";
import { described, fromBase64, numpyFiles, valuesOf } from "../../testing/numpy-files.ts";
import { zip } from "../archives/zip.ts";
import { formatNpy } from "./format-npy.ts";
import { formatNpz } from "./format-npz.ts";
import { parseNpz } from "./parse-npz.ts";

test.each(["stored", "deflated"] as const)("parseNpz reads what NumPy wrote, %s", async (kind) => {
  const arrays = await parseNpz(fromBase64(numpyFiles.npz[kind]));
  expect([...arrays].map(([name, array]) => ({ name, ...described(array) }))).toEqual(
    numpyFiles.npz.arrays.map(({ name, ...array }) => ({ name, ...valuesOf(array) })),
  );
});

// np.savez(file, x=np.array([1, 2], "u1")) of NumPy 2.4.6 on Python 3.11.7. What is older writes the sizes in both places.
const NEWER_NUMPY =
  "UEsDBC0AAAAAAAAAIQBiAmVf//////////8FABQAeC5ucHkBABAAggAAAAAAAACCAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJ3x1MScsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAQJQSwECLQMtAAAAAAAAACEAYgJlX4IAAACCAAAABQAAAAAAAAAAAAAAgAEAAAAAeC5ucHlQSwUGAAAAAAEAAQAzAAAAuQAAAAAA";

test("parseNpz reads what newer NumPy writes, with zip64 sizes beside the array and plain ones in the directory", async () => {
  const bytes = fromBase64(NEWER_NUMPY);
  expect([...bytes.subarray(18, 26)]).toEqual(new Array(8).fill(255));
  expect([...(await parseNpz(bytes))].map(([name, array]) => ({ name, ...array }))).toEqual([
    { name: "x", dtype: "uint8", data: Uint8Array.of(1, 2), shape: [2] },
  ]);
});

test("parseNpz reads an archive of nothing, one with a comment, and a Buffer in the middle of a larger one", async () => {
  expect(await parseNpz(await formatNpz([]))).toEqual(new Map());
  const bytes = await formatNpz([["a", { data: new Uint8Array([7]), shape: [] }]]);
  const commented = Buffer.from([9, ...bytes, 80, 75, 5, 6, 9]).subarray(1, -1);
  commented[bytes.length - 2] = 4;
  expect((await parseNpz(commented)).get("a")!.data).toEqual(new Uint8Array([7]));
});

const values = { data: Float64Array.from({ length: 100 }, (_, i) => i % 5), shape: [100] };
const plain = await formatNpz([["a", values]]);
const packed = await formatNpz([["a", values]], { compress: true });

/** An archive with other numbers in it: at these distances from where its end record begins, or from its start. */
function edited(bytes: Uint8Array, edits: readonly (readonly [number, number])[]): Uint8Array {
  const copy = bytes.slice();
  for (const [at, byte] of edits) copy[at < 0 ? copy.length + at : at] = byte;
  return copy;
}

async function refusal(bytes: Uint8Array, options = {}): Promise<unknown> {
  return parseNpz(bytes, options).then(
    () => "no error",
    (error: unknown) => error,
  );
}

describe("hostile files", () => {
  // The end record is 22 bytes, the only entry of the directory before it 46 and its name, "a.npy".
  const END = -22;
  const ENTRY = END - 51;
  const start = plain.length + ENTRY;
  const big: readonly (readonly [number, number])[] = [0, 1, 2, 3].map((i) => [ENTRY + 24 + i, 0x7f]);
  test.each([
    ["nothing", new Uint8Array(0), "end with the directory of a zip archive, got something else"],
    [
      "text",
      new TextEncoder().encode("PK, but not the rest of an archive"),
      "end with the directory of a zip archive,",
    ],
    ["an archive cut off", plain.subarray(0, -1), "end with the directory of a zip archive,"],
    [
      "one in several parts",
      edited(plain, [[END + 4, 1]]),
      "be a zip archive in one part, got one of several",
    ],
    ["more entries here than in all", edited(plain, [[END + 8, 2]]), "be a zip archive in one part,"],
    [
      "a zip64 count",
      edited(
        plain,
        [8, 9, 10, 11].map((i) => [END + i, 255]),
      ),
      "be a zip archive below 4 GiB and 65535 entries, got a zip64 one",
    ],
    [
      "a zip64 place",
      edited(
        plain,
        [16, 17, 18, 19].map((i) => [END + i, 255]),
      ),
      "be a zip archive below 4 GiB and 65535 entries,",
    ],
    [
      "a directory elsewhere",
      edited(plain, [[END + 16, 0]]),
      `have a zip directory that ends at byte ${plain.length - 22}, got one from`,
    ],
    [
      "an entry too few",
      edited(plain, [
        [END + 8, 2],
        [END + 10, 2],
      ]),
      "have 2 entries, as its zip directory says, got 1",
    ],
    [
      "another signature",
      edited(plain, [[ENTRY, 0]]),
      `have an entry of a zip directory at byte ${start}, got something else`,
    ],
    [
      "a long name",
      edited(plain, [[ENTRY + 29, 1]]),
      `have a zip directory that ends at byte ${plain.length - 22}, got an entry to`,
    ],
    [
      "a name in an old code page",
      edited(plain, [[ENTRY + 46, 0x84]]),
      "have names of entries in ASCII or UTF-8, got others",
    ],
    [
      "a name that is not UTF-8",
      edited(plain, [
        [ENTRY + 46, 0x84],
        [ENTRY + 9, 8],
      ]),
      "have names of entries in ASCII or UTF-8,",
    ],
    [
      "another name in the header",
      edited(plain, [[ENTRY + 46, 98]]),
      'name entry "b.npy" alike in its header and in the directory, got two names',
    ],
    ["a shorter name in the header", edited(plain, [[26, 4]]), 'name entry "a.npy" alike'],
    [
      "a header elsewhere",
      edited(plain, [[ENTRY + 42, 1]]),
      'have the header of entry "a.npy" at byte 1, got something else',
    ],
    [
      "a header outside",
      edited(plain, [[ENTRY + 44, 255]]),
      'have the header of entry "a.npy" at byte 16711680, got something else',
    ],
    [
      "a zip64 entry",
      edited(
        plain,
        [20, 21, 22, 23].map((i) => [ENTRY + i, 255]),
      ),
      "be a zip archive below 4 GiB and 65535 entries,",
    ],
    [
      "an encrypted entry",
      edited(plain, [[ENTRY + 8, 1]]),
      'have entry "a.npy" neither encrypted nor patched, got the flags 0x1',
    ],
    [
      "another method",
      edited(plain, [[ENTRY + 10, 12]]),
      'have entry "a.npy" stored or deflated, got the method 12',
    ],
    [
      "a stored entry of two sizes",
      edited(plain, [[ENTRY + 24, 1]]),
      'have 769 bytes of the stored entry "a.npy", got 928',
    ],
    [
      "data into the directory",
      edited(plain, [
        [ENTRY + 21, 4],
        [ENTRY + 25, 4],
      ]),
      'have entry "a.npy" end before its directory at byte',
    ],
    ["a flipped bit", edited(plain, [[200, 1]]), 'have entry "a.npy" with the CRC-32 '],
    [
      "damaged DEFLATE",
      edited(packed, [
        [35, 255],
        [36, 255],
      ]),
      'have entry "a.npy" deflated from 928 bytes, got damaged data or another size',
    ],
    [
      "more than announced",
      edited(packed, [[ENTRY + 25, 2]]),
      'have entry "a.npy" deflated from 672 bytes, got damaged data or another size',
    ],
    [
      "less than announced",
      edited(packed, [[ENTRY + 25, 4]]),
      'have entry "a.npy" deflated from 1184 bytes, got damaged data or another size',
    ],
    [
      "more than DEFLATE can",
      edited(packed, [[ENTRY + 26, 16]]),
      'have entry "a.npy" deflated from 1049504 bytes, got damaged data or another size',
    ],
    ["gigabytes", edited(packed, big), "unpack to at most 1073741824 bytes, got 2139062143"],
  ])("parseNpz refuses %s", async (_, bytes, reason) => {
    const error = await refusal(bytes);
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toContain(`parseNpz: bytes must ${reason}`);
  });

  const npy = formatNpy(values);
  const path = "have names of arrays that are relative paths that do not climb, got";
  test.each([
    ["twice.npy", "twice.npy", 'have each entry once, got "twice.npy" twice'],
    ["../up.npy", "b.npy", `${path} "../up"`],
    ["b.npy", "a/../../up.npy", `${path} "a/../../up"`],
    ["/root.npy", "b.npy", `${path} "/root"`],
    ["a//b.npy", "b.npy", `${path} "a//b"`],
    ["C:\\a.npy", "b.npy", `${path} "C:\\\\a"`],
    ["c:a.npy", "b.npy", `${path} "c:a"`],
    ["a\0.npy", "b.npy", `${path} "a\\u0000"`],
    [".npy", "b.npy", `${path} ""`],
    ["...npy", "b.npy", `${path} ".."`],
    ["readme.txt", "b.npy", 'have entries whose names end in .npy, got "readme.txt"'],
    ["folder/", "b.npy", 'have entries whose names end in .npy, got "folder/"'],
  ])("parseNpz refuses the names %j and %j", async (first, second, reason) => {
    const bytes = await zip(
      "test",
      [
        [first, npy],
        [second, npy],
      ],
      false,
    );
    expect(await refusal(bytes)).toEqual(new RangeError(`parseNpz: bytes must ${reason}`));
  });

  test("parseNpz says which entry is not an NPY file of numbers", async () => {
    const bytes = await zip(
      "test",
      [
        ["a.npy", npy],
        ["b.npy", npy.subarray(0, -1)],
      ],
      true,
    );
    expect(await refusal(bytes)).toEqual(
      new RangeError(
        'parseNpz: bytes must have an NPY file of numbers as "b.npy"; its bytes must be 928 long for shape [100] of float64, got 927 bytes',
      ),
    );
  });

  test("parseNpz holds the sum of the sizes against maxBytes", async () => {
    const bytes = await formatNpz([
      ["a", values],
      ["b", values],
    ]);
    expect((await parseNpz(bytes, { maxBytes: 1856 })).size).toBe(2);
    expect(await refusal(bytes, { maxBytes: 1855 })).toEqual(
      new RangeError("parseNpz: bytes must unpack to at most 1855 bytes, got 1856"),
    );
  });

  test("parseNpz refuses wrong arguments", async () => {
    expect(await refusal("PK" as never)).toEqual(
      new TypeError("parseNpz: bytes must be a Uint8Array, got string"),
    );
    expect(await refusal(plain, { maxBytes: -1 })).toEqual(
      new RangeError("parseNpz: maxBytes must be a safe integer from 1, got -1"),
    );
  });

  test("parseNpz names no name of any length in full", async () => {
    const bytes = await zip("test", [["x".repeat(60_000), npy]], false);
    expect(String(await refusal(bytes)).length).toBeLessThan(200);
  });
});
