import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DatasetFileError } from "../../dataset-file-error.ts";
import { formatNpy } from "./format-npy.ts";
import { formatNpz } from "./format-npz.ts";
import { readNpyFile } from "./read-npy-file.ts";
import { readNpzFile } from "./read-npz-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-read-numpy-"));
});
afterAll(() => rm(folder, { recursive: true }));

const values = { data: new Float64Array(1000), shape: [1000] };

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function problemOf(reading: Promise<unknown>): Promise<{ problem: string; message: string }> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatasetFileError);
  return error as DatasetFileError;
}

test("readNpyFile reads, and says of a damaged file what parseNpy says", async () => {
  const bytes = formatNpy(values);
  const path = await written("values.npy", bytes);
  expect(await readNpyFile(path)).toEqual({ dtype: "float64", ...values });
  expect(await problemOf(readNpyFile(await written("cut.npy", bytes.subarray(0, 500))))).toMatchObject({
    problem: "corrupt",
    message: `readNpyFile: ${join(folder, "cut.npy")} must be an NPY file of numbers; its bytes must be 8128 long for shape [1000] of float64, got 500 bytes`,
  });
  expect(await problemOf(readNpyFile(path, { maxBytes: 8127 }))).toMatchObject({ problem: "too-large" });
  expect(await problemOf(readNpyFile(join(folder, "none")))).toMatchObject({ problem: "missing" });
  await expect(readNpyFile(path, { maxBytes: 0 })).rejects.toThrow(
    "readNpyFile: maxBytes must be a safe integer from 1, got 0",
  );
  await expect(readNpyFile(path, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
});

test("readNpzFile reads, and says of a damaged file what parseNpz says", async () => {
  const bytes = await formatNpz([["a", values]], { compress: true });
  const path = await written("values.npz", bytes);
  expect(await readNpzFile(path, { maxBytes: 8128 })).toEqual(
    new Map([["a", { dtype: "float64", ...values }]]),
  );
  expect(await problemOf(readNpzFile(path, { maxBytes: 8127 }))).toMatchObject({ problem: "too-large" });
  expect(await problemOf(readNpzFile(await written("cut.npz", bytes.subarray(0, 50))))).toMatchObject({
    problem: "corrupt",
    message: `readNpzFile: ${join(folder, "cut.npz")} must be an NPZ file of numbers; its bytes must end with the directory of a zip archive, got something else`,
  });
  const damaged = bytes.slice();
  damaged[36]! ^= 255;
  expect(await problemOf(readNpzFile(await written("damaged.npz", damaged)))).toMatchObject({
    problem: "corrupt",
    message: expect.stringContaining(
      'its bytes must have entry "a.npy" deflated from 8128 bytes, got damaged',
    ),
  });
  await expect(readNpzFile(path, { maxBytes: 0 })).rejects.toThrow(
    "readNpzFile: maxBytes must be a safe integer from 1, got 0",
  );
});
