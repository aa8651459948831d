import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DatasetFileError } from "../../dataset-file-error.ts";
import { readIdxFile } from "./read-idx-file.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../../../test/fixtures/${name}`, import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-read-idx-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function problemOf(path: string, options = {}): Promise<DatasetFileError> {
  const error = await readIdxFile(path, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatasetFileError);
  expect((error as DatasetFileError).message).toContain(`readIdxFile: ${path} must `);
  expect((error as DatasetFileError).path).toBe(path);
  return error as DatasetFileError;
}

test("readIdxFile reads a plain file", async () => {
  const { type, shape, data } = await readIdxFile(fixture("int16.idx"));
  expect({ type, shape, data }).toEqual({
    type: "int16",
    shape: [3],
    data: new Int16Array([-32768, -2, 32767]),
  });
});

test("readIdxFile reads a gzip file, whatever its name", async () => {
  const compressed = fixture("t10k-images-idx3-ubyte.gz");
  const renamed = join(folder, "images");
  await writeFile(renamed, await readFile(compressed));
  for (const path of [compressed, renamed]) {
    const { shape, data } = await readIdxFile(path);
    expect(shape).toEqual([2, 2, 3]);
    expect(Array.from(data)).toEqual([0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]);
  }
});

test("readIdxFile names a missing file and a folder", async () => {
  const missing = await problemOf(join(folder, "none"));
  expect(missing.message).toMatch(/must be a readable file, got no such file$/);
  expect(missing.problem).toBe("missing");
  expect((await problemOf(folder)).problem).toBe("unreadable");
});

test("readIdxFile finds a gzip file cut off, or damaged", async () => {
  const whole = gzipSync(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  const path = join(folder, "damaged");
  await writeFile(path, whole.subarray(0, -3));
  expect(await problemOf(path)).toMatchObject({ problem: "corrupt" });
  whole[whole.length - 6]! ^= 1; // the checksum of the content
  await writeFile(path, whole);
  expect((await problemOf(path)).message).toContain(
    "must be a whole gzip file, got one that is damaged or cut off (",
  );
});

test("readIdxFile says of a file that is not IDX what parseIdx says", async () => {
  const path = join(folder, "page.html");
  await writeFile(path, "<html>");
  const error = await problemOf(path);
  expect(error.message).toContain("must be an IDX file; its bytes must start with an IDX magic number");
  expect(error.message).toContain("got 3c 68 74 6d");
  expect(error.problem).toBe("corrupt");
});

test("readIdxFile stops at maxBytes, on disk and in the content", async () => {
  const content = new Uint8Array(8 + 1000);
  content.set([0, 0, 8, 1, 0, 0, 3, 232]);
  const plain = join(folder, "plain");
  const compressed = join(folder, "bomb.gz");
  await writeFile(plain, content);
  await writeFile(compressed, gzipSync(content));
  for (const path of [plain, compressed]) {
    expect((await readIdxFile(path, { maxBytes: 1008 })).shape).toEqual([1000]);
    expect(await problemOf(path, { maxBytes: 1007 })).toMatchObject({ problem: "too-large" });
  }
  await expect(readIdxFile(plain, { maxBytes: 0 })).rejects.toThrow(
    new RangeError("readIdxFile: maxBytes must be a safe integer from 1, got 0"),
  );
});

test("readIdxFile is stopped by its signal", async () => {
  const reason = new Error("enough");
  await expect(readIdxFile(fixture("int8.idx"), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
