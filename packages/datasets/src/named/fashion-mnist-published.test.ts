import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, symlink, truncate, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serve } from "../../test/serve.ts";
import { loadFashionMnist } from "./fashion-mnist.ts";

// The real files, as Debian's package installs them. Where they are not, what the user is then told is tested instead.
const FOLDER = "/usr/share/datasets/fashion-mnist";
const installed = existsSync(join(FOLDER, "train-images-idx3-ubyte.gz"));

/**
 * The MD5 that the authors publish for each .gz file, and the second at which they compressed it. Debian's build takes
 * name and time out of the gzip header and leaves the rest; with both put back, the published MD5 must come out. So the
 * SHA-256 values of the content that the package pins are those of the authors' files.
 */
const PUBLISHED = [
  ["train-images-idx3-ubyte", "8d4fb7e6c68d591d4c3dfef9ec88bf0d", 1504176606],
  ["train-labels-idx1-ubyte", "25c81989df183df01b3e8a0aad5dffbe", 1504176606],
  ["t10k-images-idx3-ubyte", "bef4ecab320f06d8554ea6380940ec79", 1504176627],
  ["t10k-labels-idx1-ubyte", "bb300cfdad3c16e7a12a480ee83cd310", 1504176627],
] as const;

if (installed) {
  test("the published data set has 60,000 and 10,000 images, a tenth of each class", {
    timeout: 60_000,
  }, async () => {
    const { train, test: held, source } = await loadFashionMnist({ offline: true });
    expect(source).toEqual({ kind: "system", folder: FOLDER });
    expect(train.images.shape).toEqual([60_000, 28, 28]);
    expect(held.images.shape).toEqual([10_000, 28, 28]);
    for (const { images, labels } of [train, held]) {
      const perClass = new Array(10).fill(0);
      for (const label of labels.data) perClass[label]++;
      expect(perClass).toEqual(new Array(10).fill(labels.shape[0] / 10));
      expect(images.data.length).toBe(labels.shape[0] * 784);
    }
    // The mean and standard deviation with which everybody normalises it.
    let [sum, squares] = [0, 0];
    for (const grey of train.images.data) {
      sum += grey;
      squares += grey * grey;
    }
    const mean = sum / train.images.data.length / 255;
    expect(mean).toBeCloseTo(0.286, 4);
    expect(Math.sqrt(squares / train.images.data.length / 255 ** 2 - mean ** 2)).toBeCloseTo(0.353, 4);
  });

  test.each(PUBLISHED)("%s is the file that the authors published", async (name, md5, time) => {
    const bytes = await readFile(join(FOLDER, `${name}.gz`));
    const header = Buffer.concat([bytes.subarray(0, 10), Buffer.from(`${name}\0`)]);
    header[3] = 0x08; // a name follows
    header.writeUInt32LE(time, 4);
    const restored = createHash("md5").update(header).update(bytes.subarray(10)).digest("hex");
    const asFound = createHash("md5").update(bytes).digest("hex");
    expect([restored, asFound]).toContain(md5);
  });

  test("a download is accepted with its content verified, and a file cut off is named", {
    timeout: 60_000,
  }, async () => {
    const cacheDir = await mkdtemp(join(tmpdir(), "mhgan-fashion-"));
    const server = await serve((request, response) => {
      createReadStream(join(FOLDER, request.url ?? "")).pipe(response);
    });
    try {
      const options = { cacheDir, systemDirs: [], mirrors: [server.url], only: "test" } as const;
      const { test: held, source } = await loadFashionMnist(options);
      expect(source.kind).toBe("download");
      expect(held.labels.shape).toEqual([10_000]);
      const cached = await loadFashionMnist({ ...options, offline: true });
      expect(cached.source.kind).toBe("cache");
      expect(Buffer.compare(cached.test.images.data, held.images.data)).toBe(0);

      const path = join(cacheDir, "t10k-images-idx3-ubyte.gz");
      await truncate(path, 1_000_000);
      await expect(loadFashionMnist({ dataDir: cacheDir, only: "test" })).rejects.toMatchObject({
        path,
        problem: "corrupt",
      });
      await unlink(path);
      await symlink(join(FOLDER, "t10k-images-idx3-ubyte.gz"), path);
      await copyFile(join(FOLDER, "train-labels-idx1-ubyte.gz"), join(cacheDir, "t10k-labels-idx1-ubyte.gz"));
      await expect(loadFashionMnist({ dataDir: cacheDir, only: "test" })).rejects.toThrow(
        "t10k-labels-idx1-ubyte.gz must hold at most 10008 bytes, got more",
      );
    } finally {
      await server.close();
      await rm(cacheDir, { recursive: true });
    }
  });
} else {
  test("without the data set, the error says how to get it", async () => {
    const cacheDir = join(tmpdir(), "mhgan-no-such-cache");
    await expect(loadFashionMnist({ offline: true, cacheDir })).rejects.toThrow(
      "sudo apt-get install dataset-fashion-mnist",
    );
  });
}
