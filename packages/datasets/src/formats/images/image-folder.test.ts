import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DatasetFileError } from "../../dataset-file-error.ts";
import { type ImageFolderOptions, imageFolder } from "./image-folder.ts";
import { loadImageFolder } from "./load-image-folder.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "mhgan-image-folder-"));
});
afterEach(async () => {
  vi.doUnmock("pngjs");
  await rm(dir, { recursive: true });
});

async function write(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(dir, name)), { recursive: true });
  await writeFile(join(dir, name), bytes);
}

/** A picture of one colour, written by hand. */
function png(width: number, height: number, colour: readonly [number, number, number], grey = false): Buffer {
  const row = [0, ...Array.from({ length: width }, () => (grey ? [colour[0]] : colour)).flat()];
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, grey ? 0 : 2, 0, 0, 0]);
  const rows = deflateSync(Buffer.from(Array.from({ length: height }, () => row).flat()));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const bytes = Buffer.concat([Buffer.alloc(4), named, Buffer.alloc(4)]);
  bytes.writeUInt32BE(data.length, 0);
  bytes.writeUInt32BE(crc32(named), bytes.length - 4);
  return bytes;
}

const red = [200, 1, 2] as const;
const blue = [3, 4, 250] as const;

test("loadImageFolder reads images in the order of their names, those of folders too", async () => {
  const names = ["a10.png", "B.PNG", "a9.png", "a/c.png", "a-b.png"];
  for (const [i, name] of names.entries()) await write(name, png(2, 1, [i, 10 + i, 20 + i]));
  await write("labels.csv", Buffer.from("not an image"));
  const loaded = await loadImageFolder(dir);
  expect(loaded.names).toEqual(["B.PNG", "a-b.png", "a/c.png", "a10.png", "a9.png"]);
  expect(loaded.images.shape).toEqual([5, 1, 2, 3]);
  const points = [1, 4, 3, 0, 2].flatMap((i) => [i, 10 + i, 20 + i, i, 10 + i, 20 + i]);
  expect(loaded.images.data).toEqual(Uint8Array.from(points));
});

test("loadImageFolder keeps grey images grey", async () => {
  await write("a.png", png(2, 2, [9, 9, 9], true));
  const { images } = await loadImageFolder(dir);
  expect(images).toEqual({ data: new Uint8Array([9, 9, 9, 9]), shape: [1, 2, 2, 1] });
});

test("imageFolder reads an image when it is asked for, and tells how far it came", async () => {
  await write("a.png", png(1, 2, red));
  await write("b.png", Buffer.from("broken"));
  const steps: unknown[] = [];
  for await (const image of imageFolder(dir, { onProgress: (progress) => steps.push(progress) })) {
    steps.push(image);
    break;
  }
  expect(steps).toEqual([
    { name: "a.png", read: 1, total: 2 },
    { name: "a.png", data: new Uint8Array([...red, ...red]), shape: [2, 1, 3] },
  ]);
});

test("options.decode replaces the packages, for any extension", async () => {
  await write("x.raw", new Uint8Array([1, 2, 3]));
  await write("y.png", png(1, 1, red));
  const decode = vi.fn(async (data: Uint8Array) => ({ width: 3, height: 1, channels: 1 as const, data }));
  const { names, images } = await loadImageFolder(dir, { extensions: [".RAW"], decode });
  expect(names).toEqual(["x.raw"]);
  expect([...images.data]).toEqual([1, 2, 3]);
  expect(decode.mock.calls.map(([, path]: unknown[]) => path)).toEqual([join(dir, "x.raw")]);
});

test("imageFolder is stopped by its signal, before and between images", async () => {
  for (const name of ["a.png", "b.png", "c.png"]) await write(name, png(1, 1, red));
  const reason = new Error("enough");
  await expect(loadImageFolder(dir, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const onProgress = vi.fn(() => controller.abort(reason));
  await expect(loadImageFolder(dir, { signal: controller.signal, onProgress })).rejects.toBe(reason);
  expect(onProgress).toHaveBeenCalledTimes(1);
});

describe("errors", () => {
  async function errorOf(options: ImageFolderOptions = {}, folder = dir): Promise<Error> {
    return loadImageFolder(folder, options).then(
      () => new Error("no error"),
      (error: Error) => error,
    );
  }

  async function expectProblem(name: string, problem: string, reason: string, options = {}): Promise<void> {
    const path = name === "" ? dir : join(dir, name);
    const error = await errorOf(options);
    expect(error).toBeInstanceOf(DatasetFileError);
    expect(error).toMatchObject({ path, problem });
    expect(error.message).toContain(`loadImageFolder: ${path} must ${reason}`);
  }

  test("a folder that is missing, a file, or without images", async () => {
    const missing = join(dir, "none");
    expect(await errorOf({}, missing)).toEqual(
      new DatasetFileError(`loadImageFolder: ${missing} must be a readable folder, got no such folder`, {
        path: missing,
        problem: "missing",
      }),
    );
    await write("file", new Uint8Array(0));
    expect(await errorOf({}, join(dir, "file"))).toMatchObject({ problem: "unreadable" });
    await expectProblem("", "missing", "hold files that end in .png, .jpg, .jpeg, got none");
  });

  test("an image of another size or kind, named", async () => {
    await write("a.png", png(3, 2, red));
    await write("b.png", png(2, 3, blue));
    await expectProblem(
      "b.png",
      "unexpected",
      "have 2 × 3 × 3 values, as the images before it have, got 3 × 2 × 3",
    );
    await write("b.png", png(3, 2, [7, 7, 7], true));
    await expectProblem(
      "b.png",
      "unexpected",
      "have 2 × 3 × 3 values, as the images before it have, got 2 × 3 × 1",
    );
    await expectProblem("a.png", "unexpected", "have 3 × 3 × 3 values, as options.size says, got 2 × 3 × 3", {
      size: [3, 3],
    });
  });

  test("a damaged image, one too large, and a folder with the name of an image", async () => {
    await write("a.png", png(3, 2, red).subarray(0, -20));
    await expectProblem("a.png", "corrupt", "be a whole picture, got a damaged one (");
    await write("a.png", png(100, 100, red));
    await expectProblem("a.png", "too-large", "have at most 29999 values, got 100 × 100 × 3", {
      maxBytes: 29999,
    });
    await expectProblem("a.png", "too-large", "hold at most 50 bytes, got more", { maxBytes: 50 });
    // The second header is the one that the decoder believes.
    const twice = Buffer.concat([png(1, 1, red).subarray(0, 33), png(3, 2, red).subarray(8)]);
    await write("a.png", twice);
    await expectProblem("a.png", "corrupt", "have one header (IHDR), got more");
    await rm(join(dir, "a.png"));
    await mkdir(join(dir, "a.png"));
    await expectProblem("a.png", "unreadable", "be a readable file, got");
  });

  test("a package that is not installed", async () => {
    await write("a.png", png(1, 1, red));
    vi.doMock("pngjs", () => {
      throw new Error("Cannot find package");
    });
    expect((await errorOf()).message).toContain("(npm install pngjs), or options.decode given, got neither");
  });

  const image = { width: 2, height: 2, channels: 1, data: new Uint8Array(4) };
  test.each([
    [{ maxBytes: 0 }, "options.maxBytes must be a safe integer from 1, got 0"],
    [{ size: [64] }, "options.size must be rows and columns, got [64]"],
    [{ size: [64, 0.5] }, "options.size[1] must be a safe integer from 1, got 0.5"],
    [
      { decode: () => ({ ...image, width: 0 }) },
      "width of options.decode for PATH must be a safe integer from 1, got 0",
    ],
    [
      { decode: () => ({ ...image, height: "2" }) },
      "height of options.decode for PATH must be a safe integer from 1, got 2",
    ],
    [
      { decode: () => ({ ...image, channels: 4 }) },
      "channels of options.decode for PATH must be 1 or 3, got 4",
    ],
    [
      { decode: () => ({ ...image, channels: 3 }) },
      "data of options.decode for PATH must be a Uint8Array of 12 values, got another",
    ],
    [
      { decode: () => ({ ...image, data: [1, 2, 3, 4] }) },
      "data of options.decode for PATH must be a Uint8Array of 4 values, got another",
    ],
  ])("options %j", async (options, reason) => {
    await write("a.png", png(1, 1, red));
    const error = await errorOf(options as never);
    expect(error).toEqual(new RangeError(`loadImageFolder: ${reason.replace("PATH", join(dir, "a.png"))}`));
  });

  test("more values than one array may have", async () => {
    for (let i = 0; i < 70; i++) await write(`${i}.png`, png(1, 1, red));
    const side = 2 ** 13;
    const decode = () => ({ width: side, height: side, channels: 1 as const, data: shared });
    const shared = new Uint8Array(side * side);
    expect(await errorOf({ decode })).toEqual(
      new RangeError(
        `loadImageFolder: images in ${dir} must have fewer than 2^32 values, got 70 × 8192 × 8192 × 1; imageFolder gives one at a time`,
      ),
    );
  });
});
