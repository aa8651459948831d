import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CelebaOptions, celebaImages } from "./celeba.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "mhgan-celeba-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Takes the bytes of a file for the grey image of a row. */
const decode = (data: Uint8Array) => ({ width: data.length, height: 1, channels: 1 as const, data });

async function all(options: Omit<CelebaOptions, "dataDir">) {
  const images: [string, number[]][] = [];
  for await (const { name, data } of celebaImages({ dataDir, ...options })) images.push([name, [...data]]);
  return images;
}

const put = (name: string, ...bytes: number[]) => writeFile(join(dataDir, name), new Uint8Array(bytes));

test("celebaImages gives the images in their order, and no other files", async () => {
  await put("000002.jpg", 3, 4);
  await put("000001.jpg", 1, 2);
  await put("readme.txt", 0);
  expect(await all({ decode, verify: false })).toEqual([
    ["000001.jpg", [1, 2]],
    ["000002.jpg", [3, 4]],
  ]);
});

test.each([
  ["000001.jpg", "1 files"],
  ["000002.jpg", "000002.jpg in place of 000001.jpg"],
  ["face.jpg", "face.jpg in place of 000001.jpg"],
])("a folder with %s alone is not the data set", async (name, got) => {
  await put(name, 1);
  await expect(all({ decode })).rejects.toMatchObject({
    name: "DatasetFileError",
    problem: "unexpected",
    path: join(dataDir, name),
    message: `celebaImages: ${dataDir} must hold the 202599 images 000001.jpg to 202599.jpg alone, got ${got}`,
  });
});

test("images are of the published size, unless they are decoded to another", async () => {
  await put("000001.jpg", 1);
  await expect(all({ decode, size: [218, 178] })).rejects.toThrow(
    "000001.jpg must have 218 × 178 × 1 values, as options.size says, got 1 × 1 × 1",
  );
  expect(await all({ decode, size: [1, 1], verify: false })).toHaveLength(1);
});

test("a folder that is not there is named", async () => {
  await rm(dataDir, { recursive: true });
  await expect(all({})).rejects.toMatchObject({ problem: "missing", path: dataDir });
  dataDir = await mkdtemp(join(tmpdir(), "mhgan-celeba-"));
});
