import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Server, serve } from "../../test/serve.ts";
import { DatasetFileError } from "../dataset-file-error.ts";
import { DatasetNotFoundError } from "../dataset-not-found-error.ts";
import type { DownloadProgress } from "../downloads/download-file.ts";
import { loadFashionMnist } from "./fashion-mnist.ts";
import type { ImageDatasetOptions } from "./labelled-images.ts";

// Two images of 2 × 3 pixels under the names of the test part; the real files have a test of their own.
const FIXTURES = fileURLToPath(new URL("../../test/fixtures", import.meta.url));
const IMAGES = "t10k-images-idx3-ubyte";
const LABELS = "t10k-labels-idx1-ubyte";
const images = await readFile(join(FIXTURES, `${IMAGES}.gz`));
const labels = gzipSync(await readFile(join(FIXTURES, LABELS)));
const expected = {
  images: { data: new Uint8Array([0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]), shape: [2, 2, 3] },
  labels: { data: new Uint8Array([9, 2]), shape: [2] },
};

let cacheDir: string;
let servers: Server[];
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "mhgan-fashion-"));
  servers = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.map((server) => server.close()));
  await rm(cacheDir, { recursive: true, force: true });
});

const noFetch = vi.fn<typeof fetch>(() => Promise.reject(new Error("the network was used")));
const small = { only: "test", verify: false, systemDirs: [], attempts: 1 } as const;
const load = (options: ImageDatasetOptions<"test">) =>
  loadFashionMnist<"test">({ ...small, cacheDir, ...options });

async function errorOf(
  options: ImageDatasetOptions<"test">,
): Promise<DatasetFileError & DatasetNotFoundError> {
  return load(options).then(
    () => expect.fail("the loading succeeded"),
    (error) => error,
  );
}

async function mirror(listener: RequestListener): Promise<Server> {
  const server = await serve(listener);
  servers.push(server);
  return server;
}

/** A mirror with the two files, unless `bodies` says otherwise. */
function goodMirror(bodies: Record<string, Uint8Array> = {}): Promise<Server> {
  return mirror((request, response) => {
    const body = { [`/${IMAGES}.gz`]: images, [`/${LABELS}.gz`]: labels, ...bodies }[request.url ?? ""];
    response.writeHead(body ? 200 : 404, body ? { "content-length": body.length } : {}).end(body);
  });
}

describe("a folder that is given", () => {
  test("may hold the files with or without .gz", async () => {
    const { test: part, classNames, source } = await load({ dataDir: FIXTURES, fetch: noFetch });
    expect(part).toEqual(expected);
    expect(classNames).toHaveLength(10);
    expect(classNames[part.labels.data[0]!]).toBe("Ankle boot");
    expect(source).toEqual({ kind: "dataDir", folder: FIXTURES });
  });

  test("gives both parts by default, or one", async () => {
    await cp(FIXTURES, cacheDir, { recursive: true });
    await writeFile(join(cacheDir, "train-images-idx3-ubyte"), gunzipSync(images));
    await writeFile(join(cacheDir, "train-labels-idx1-ubyte"), labels);
    const both = await loadFashionMnist({ dataDir: cacheDir, verify: false });
    expect(both.train).toEqual(expected);
    expect(both.test).toEqual(expected);
    const one = await loadFashionMnist({ dataDir: cacheDir, verify: false, only: "train" });
    expect(Object.keys(one)).toEqual(["train", "classNames", "source"]);
  });

  test("is not replaced by a download if a file is missing; the error names it", async () => {
    await writeFile(join(cacheDir, `${IMAGES}.gz`), images);
    const error = await errorOf({ dataDir: cacheDir, fetch: noFetch });
    expect(error).toBeInstanceOf(DatasetFileError);
    expect(error.message).toBe(
      `loadFashionMnist: ${cacheDir} must hold ${LABELS}.gz (or the same without .gz), got no such file`,
    );
    expect(error).toMatchObject({ problem: "missing", path: join(cacheDir, `${LABELS}.gz`) });
    expect(noFetch).not.toHaveBeenCalled();
  });

  test.each([
    [
      "cut off",
      images.subarray(0, -5),
      labels,
      IMAGES,
      "must be a whole gzip file, got one that is damaged or cut off",
    ],
    ["empty", new Uint8Array(0), labels, IMAGES, "must be an IDX file; its bytes must start with"],
    [
      "of the wrong kind",
      labels,
      labels,
      IMAGES,
      "must have shape [images, rows, columns] of uint8, got [2] of uint8",
    ],
    [
      "too few labels",
      images,
      gzipSync(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 1, 5])),
      LABELS,
      "must have 2 labels, one for each image, got 1",
    ],
    [
      "labels of another type",
      images,
      gzipSync(new Uint8Array([0, 0, 9, 1, 0, 0, 0, 2, 5, 6])),
      LABELS,
      "must have shape [images] of uint8, got [2] of int8",
    ],
  ])("must not hold a file that is %s; the error names it", async (_, imageFile, labelFile, name, reason) => {
    await writeFile(join(cacheDir, `${IMAGES}.gz`), imageFile);
    await writeFile(join(cacheDir, `${LABELS}.gz`), labelFile);
    const error = await errorOf({ dataDir: cacheDir });
    expect(error.message).toContain(`loadFashionMnist: ${join(cacheDir, name)}.gz ${reason}`);
    expect(error).toBeInstanceOf(DatasetFileError);
  });

  test("must hold the published content, unless verify is false", async () => {
    const error = await errorOf({ dataDir: FIXTURES, verify: true });
    expect(error.problem).toBe("unexpected");
    expect(error.message).toMatch(
      /t10k-images-idx3-ubyte\.gz must have the published content \(SHA-256 5b4141f0\w+\), got other content \(\w{64}\)$/,
    );
  });
});

describe("folders that are looked in", () => {
  test("the first system folder with all files is used", async () => {
    await writeFile(join(cacheDir, `${IMAGES}.gz`), images); // labels missing: passed over
    const { test: part, source } = await load({
      systemDirs: ["/no/such", cacheDir, FIXTURES],
      fetch: noFetch,
    });
    expect(part).toEqual(expected);
    expect(source).toEqual({ kind: "system", folder: FIXTURES });
  });

  test("then the cache, without the network", async () => {
    await cp(FIXTURES, cacheDir, { recursive: true });
    const { test: part, source } = await load({ fetch: noFetch });
    expect(part).toEqual(expected);
    expect(source).toEqual({ kind: "cache", folder: cacheDir });
  });

  test("the cache is in XDG_CACHE_HOME, or in ~/.cache if that is not an absolute path", async () => {
    for (const [xdg, home, caches] of [
      [cacheDir, "/no/home", cacheDir],
      ["not/absolute", cacheDir, join(cacheDir, ".cache")],
    ] as const) {
      vi.stubEnv("XDG_CACHE_HOME", xdg);
      vi.stubEnv("HOME", home);
      vi.stubEnv("USERPROFILE", home);
      const folder = join(caches, "mhgan", "fashion-mnist");
      await cp(FIXTURES, folder, { recursive: true });
      expect((await loadFashionMnist(small)).source).toEqual({ kind: "cache", folder });
    }
  });

  test("offline, the error says what to do and the network is not used", async () => {
    const error = await errorOf({ offline: true, fetch: noFetch, systemDirs: ["/no/such"] });
    expect(error).toBeInstanceOf(DatasetNotFoundError);
    expect(error.message).toBe(
      `loadFashionMnist: ${IMAGES}.gz must be in /no/such or ${cacheDir} or on a mirror, got neither (the download is off (offline: true)). On Debian and Ubuntu: sudo apt-get install dataset-fashion-mnist. Elsewhere: download the files and pass their folder as dataDir, or pass the address of a copy in mirrors.`,
    );
    expect(error).toMatchObject({ folders: ["/no/such", cacheDir], downloads: [] });
    expect(noFetch).not.toHaveBeenCalled();
  });
});

describe("a download", () => {
  test("fills the cache, so that the next load needs no network", async () => {
    const { url, asked } = await goodMirror();
    const first = await load({ mirrors: [`${url}/`] });
    expect(first.test).toEqual(expected);
    expect(first.source).toEqual({ kind: "download", folder: cacheDir });
    expect(asked).toEqual([`/${IMAGES}.gz`, `/${LABELS}.gz`]);
    expect((await readdir(cacheDir)).sort()).toEqual([`${IMAGES}.gz`, `${LABELS}.gz`]);
    expect(await readFile(join(cacheDir, `${IMAGES}.gz`))).toEqual(images);
    const second = await load({ fetch: noFetch });
    expect(second).toEqual({ ...first, source: { kind: "cache", folder: cacheDir } });
  });

  test("reports every piece", async () => {
    const { url } = await goodMirror();
    const seen: DownloadProgress[] = [];
    await load({ mirrors: [url], onProgress: (progress) => seen.push(progress) });
    expect(seen.filter(({ received, total }) => received === total)).toEqual([
      { url: `${url}/${IMAGES}.gz`, received: images.length, total: images.length },
      { url: `${url}/${LABELS}.gz`, received: labels.length, total: labels.length },
    ]);
  });

  test("takes a body that the server decompresses on the way", async () => {
    const { url } = await mirror((request, response) => {
      const body = request.url?.includes("images") ? images : labels;
      response.writeHead(200, { "content-encoding": "gzip", "content-length": body.length }).end(body);
    });
    const seen: DownloadProgress[] = [];
    const { test: part } = await load({ mirrors: [url], onProgress: (progress) => seen.push(progress) });
    expect(part).toEqual(expected);
    expect(seen.at(-1)).toMatchObject({ received: 10, total: undefined });
    expect((await load({ fetch: noFetch })).test).toEqual(expected);
  });

  test.each<[string, (response: ServerResponse) => void, string]>([
    ["answers 404", (response) => response.writeHead(404).end("no"), "HTTP 404"],
    ["sends a page", (response) => response.end("<html>"), "must be an IDX file"],
    ["sends a damaged file", (response) => response.end(images.subarray(0, -6)), "damaged or cut off"],
    [
      "hangs up in the middle",
      (response) => {
        response.writeHead(200, { "content-length": images.length }).write(images.subarray(0, 9));
        setTimeout(() => response.destroy(), 20);
      },
      "terminated",
    ],
  ])("goes to the next mirror if one %s", async (_, answer, reason) => {
    const bad = await mirror((__, response) => answer(response));
    const good = await goodMirror();
    const { test: part } = await load({ mirrors: [bad.url, good.url] });
    expect(part).toEqual(expected);
    expect(bad.asked).toEqual([`/${IMAGES}.gz`, `/${LABELS}.gz`]);

    await rm(cacheDir, { recursive: true });
    const error = await errorOf({ mirrors: [bad.url] });
    expect(error).toBeInstanceOf(DatasetNotFoundError);
    expect(error.downloads).toEqual([
      { url: `${bad.url}/${IMAGES}.gz`, reason: expect.stringContaining(reason) },
    ]);
    expect(error.message).toContain(`${bad.url}/${IMAGES}.gz: `);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test("is not kept if its content is not the published one", async () => {
    const { url } = await goodMirror();
    const error = await errorOf({ mirrors: [url], verify: true });
    expect(error.downloads[0]!.reason).toContain("must have the published content");
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test("is not read further than the published size", async () => {
    let closed: () => void;
    const hungUp = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { url } = await mirror((_, response) => {
      response.on("close", () => closed());
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        response.once("drain", send);
      };
      send();
    });
    const error = await errorOf({ mirrors: [url], verify: true });
    expect(error.downloads[0]!.reason).toBe("more than 7840016 bytes");
    await hungUp;
  });

  test("names the cause if no server is there, and an empty list of mirrors", async () => {
    const gone = await goodMirror();
    await gone.close();
    const error = await errorOf({ mirrors: [gone.url] });
    expect(error.downloads[0]!.reason).toMatch(/^fetch failed \(.*ECONNREFUSED/);
    expect((await errorOf({ mirrors: [] })).message).toContain("got neither (mirrors is empty)");
  });

  test("that is aborted in the middle leaves nothing and asks no other mirror", async () => {
    const slow = await mirror((_, response) => {
      response.writeHead(200, { "content-length": images.length }).write(images.subarray(0, 20));
    });
    const other = await goodMirror();
    const controller = new AbortController();
    const reason = new Error("enough");
    const loading = load({
      mirrors: [slow.url, other.url],
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(loading).rejects.toBe(reason);
    expect(other.asked).toEqual([]);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test("that is aborted between two files keeps the first, and the next load fetches the second alone", async () => {
    const { url, asked } = await goodMirror();
    const controller = new AbortController();
    const onProgress = (progress: DownloadProgress) => {
      if (progress.url.includes(LABELS)) controller.abort();
    };
    await expect(load({ mirrors: [url], signal: controller.signal, onProgress })).rejects.toThrow("aborted");
    expect(await readdir(cacheDir)).toEqual([`${IMAGES}.gz`]);
    asked.length = 0;
    expect((await load({ mirrors: [url] })).test).toEqual(expected);
    expect(asked).toEqual([`/${LABELS}.gz`]);
  });

  test("that cannot be put in its place leaves no half file", async () => {
    const { url } = await goodMirror();
    await mkdir(join(cacheDir, `${IMAGES}.gz`)); // a folder where the file should go
    const error = await errorOf({ mirrors: [url] });
    expect(error).toBeInstanceOf(DatasetFileError);
    expect(error).toMatchObject({ problem: "unwritable", path: join(cacheDir, `${IMAGES}.gz`) });
    expect(await readdir(cacheDir)).toEqual([`${IMAGES}.gz`]);
  });

  test("replaces a damaged file of the cache", async () => {
    await writeFile(join(cacheDir, `${IMAGES}.gz`), images.subarray(0, 30));
    await writeFile(join(cacheDir, `${LABELS}.gz`), labels);
    await expect(load({ offline: true })).rejects.toThrow(DatasetNotFoundError);
    const { url, asked } = await goodMirror();
    expect((await load({ mirrors: [url] })).test).toEqual(expected);
    expect(asked).toEqual([`/${IMAGES}.gz`]);
    expect(await readFile(join(cacheDir, `${IMAGES}.gz`))).toEqual(images);
  });
});

test("loadFashionMnist refuses a part that does not exist", async () => {
  await expect(loadFashionMnist({ only: "validation" as never })).rejects.toThrow(
    new RangeError('loadFashionMnist: only must be "train" or "test", got validation'),
  );
});
