import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tar } from "../../test/tar.ts";
import { loadCifar10 } from "./cifar10.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "mhgan-cifar-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** A batch of two records: labels first and first + 1, every byte of the image the label times ten. */
const batch = (first: number) =>
  Uint8Array.from({ length: 2 * 3073 }, (_, i) => {
    const label = first + Math.floor(i / 3073);
    return i % 3073 === 0 ? label : 10 * label;
  });
const entry = (name: string, content: Uint8Array) => ({ name: `cifar-10-batches-bin/${name}.bin`, content });
const training = [1, 2, 3, 4, 5].map((i) => entry(`data_batch_${i}`, batch(i - 1)));
const testing = entry("test_batch", batch(8));
const folder = { name: "cifar-10-batches-bin/", kind: "5" };

const put = (archive: Uint8Array) => writeFile(join(dataDir, "cifar-10-binary.tar.gz"), gzipSync(archive));

test("loadCifar10 joins the batches in their order, wherever they are in the archive", async () => {
  await put(tar([folder, testing, ...training.toReversed()]));
  const { train, test: held, classNames, source } = await loadCifar10({ dataDir, verify: false });
  expect([...train.labels.data]).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5]);
  expect(train.images.shape).toEqual([10, 3, 32, 32]);
  expect(train.labels.shape).toEqual([10]);
  const firstBytes = Array.from({ length: 10 }, (_, i) => train.images.data[i * 3072]);
  expect(firstBytes).toEqual([0, 10, 10, 20, 20, 30, 30, 40, 40, 50]);
  expect(held.images.data).toHaveLength(2 * 3072);
  expect([...held.labels.data].map((label) => classNames[label])).toEqual(["ship", "truck"]);
  expect(source).toEqual({ kind: "dataDir", folder: dataDir });
});

test("loadCifar10 loads one part alone, from an archive that is not compressed as well", async () => {
  await writeFile(join(dataDir, "cifar-10-binary.tar"), tar([testing]));
  const loaded = await loadCifar10({ dataDir, verify: false, only: "test" });
  expect(Object.keys(loaded)).toEqual(["test", "classNames", "source"]);
});

test.each<[string, Uint8Array, string]>([
  ["no archive", batch(5), "its bytes must have tar headers, got a wrong checksum at byte 0"],
  [
    "a batch missing",
    tar(training.slice(1).concat(testing)),
    "its bytes must hold cifar-10-batches-bin/data_batch_1.bin, got",
  ],
  [
    "a batch cut off",
    tar([...training, entry("test_batch", batch(0).subarray(1))]),
    "its bytes must be one or more records",
  ],
  [
    "a label of no class",
    tar([...training, entry("test_batch", batch(9))]),
    "its bytes must have labels from 0 to 9, got 10",
  ],
])("an archive with %s is named", async (_, archive, reason) => {
  await put(archive);
  const path = join(dataDir, "cifar-10-binary.tar.gz");
  await expect(loadCifar10({ dataDir, verify: false })).rejects.toMatchObject({
    name: "DatasetFileError",
    problem: "corrupt",
    path,
    message: expect.stringContaining(
      `loadCifar10: ${path} must be an archive of the binary version of CIFAR-10; ${reason}`,
    ),
  });
});

test("an archive that is not the published one is refused, as is a part that is none", async () => {
  await put(tar([...training, testing]));
  await expect(loadCifar10({ dataDir })).rejects.toThrow(
    "must be the published cifar-10-binary.tar.gz (SHA-256 c4a38c50",
  );
  await expect(loadCifar10({ only: "both" as never })).rejects.toThrow(
    new RangeError('loadCifar10: only must be "train" or "test", got both'),
  );
});
