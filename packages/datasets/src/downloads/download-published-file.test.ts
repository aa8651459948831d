import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { compileSources } from "../../test/compile-sources.ts";
import { seededRandom } from "../../test/seeded-random.ts";
import { type Server, serve } from "../../test/serve.ts";
import { type Flaw, hangUp, serveFile } from "../../test/serve-file.ts";
import type { DatasetNotFoundError } from "../dataset-not-found-error.ts";
import { findPublishedFiles } from "../named/find-published-files.ts";
import type { DatasetFilesOptions, PublishedDataset, PublishedFile } from "../named/published-dataset.ts";
import type { DownloadProgress } from "./download-file.ts";

// A data set of one file of 200,000 bytes that do not compress, from a server that does what it should not.
const random = seededRandom(1);
const content = Uint8Array.from({ length: 200_000 }, () => Math.floor(256 * random()));
const gzip = new Uint8Array(gzipSync(content));
const otherGzip = new Uint8Array(gzipSync(content.toReversed()));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const NAME = "numbers";
const file: PublishedFile = {
  name: NAME,
  bytes: 210_000,
  gzipBytes: gzip.length,
  sha256Of: "content",
  sha256: sha256(content),
};
const dataset: PublishedDataset = { caller: "load", name: "numbers", systemDirs: [], mirrors: [] };
const original = { bytes: gzip, etag: '"1"' };

let cacheDir: string;
let servers: Server[];
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "mhgan-download-"));
  servers = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(servers.map((server) => server.close()));
  await rm(cacheDir, { recursive: true, force: true });
});

async function mirror(listener: RequestListener): Promise<Server> {
  const server = await serve(listener);
  servers.push(server);
  return server;
}

/** A mirror whose first answers have these flaws, one after the other; the answers after them are right. */
async function flawedMirror(...flaws: Flaw[]): Promise<Server & { ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  let answers = 0;
  const server = await mirror((request, response) => {
    ranges.push(request.headers.range);
    serveFile(request, response, original, flaws[answers++]);
  });
  return { ...server, ranges };
}

async function load(options: DatasetFilesOptions, wanted: PublishedFile = file) {
  const quick = { cacheDir, retryDelay: 0, stallTimeout: 20_000 };
  const onProgress = (progress: DownloadProgress) => {
    hangUp(); // once something has arrived and is written
    options.onProgress?.(progress);
  };
  const { found, source } = await findPublishedFiles(
    dataset,
    [wanted],
    { ...quick, ...options, onProgress },
    (b) => b,
  );
  return { bytes: found[0]!.content, kind: source.kind };
}

const failureOf = (options: DatasetFilesOptions, wanted?: PublishedFile): Promise<DatasetNotFoundError> =>
  load(options, wanted).then(
    () => expect.fail("the loading succeeded"),
    (error) => error,
  );

async function expectWhole(options: DatasetFilesOptions): Promise<void> {
  const { bytes, kind } = await load(options);
  expect(kind).toBe("download");
  expect(Buffer.compare(bytes, content)).toBe(0);
  expect(await readdir(cacheDir)).toEqual([`${NAME}.gz`]);
  expect(Buffer.compare(await readFile(join(cacheDir, `${NAME}.gz`)), gzip)).toBe(0);
}

const startOf = (range: string | undefined) => Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1]);

describe("an answer that breaks off", () => {
  test("is gone on with where it stopped", async () => {
    const { url, ranges } = await flawedMirror({ holdAfter: 60_000 }, { holdAfter: 60_000 });
    const seen: number[] = [];
    await expectWhole({ mirrors: [url], onProgress: ({ received }) => seen.push(received) });
    expect(ranges).toHaveLength(3);
    expect(ranges[0]).toBeUndefined();
    expect(startOf(ranges[1])).toBeGreaterThan(0);
    expect(startOf(ranges[1])).toBeLessThanOrEqual(60_000);
    expect(startOf(ranges[2])).toBeGreaterThan(startOf(ranges[1]));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(gzip.length);
  });

  test("is gone on with by the next call, too", async () => {
    const { url, ranges } = await flawedMirror({ holdAfter: 60_000 });
    expect((await failureOf({ mirrors: [url], attempts: 1 })).downloads).toHaveLength(1);
    expect(await readdir(cacheDir)).toEqual([`${NAME}.gz.part`]);
    await expectWhole({ mirrors: [url] });
    expect(startOf(ranges[1])).toBeGreaterThan(0);
  });

  test("is begun anew if the server has nothing by which it knows the file again", async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await mirror((request, response) => {
      asked.push(request.headers.range);
      serveFile(
        request,
        response,
        { bytes: gzip, etag: "" },
        asked.length === 1 ? { holdAfter: 60_000 } : {},
      );
    });
    await expectWhole({ mirrors: [url] });
    expect(asked).toEqual([undefined, undefined]);
  });

  test("goes by the date if the tag is a weak one", async () => {
    const asked: (string | undefined)[] = [];
    const date = "Sat, 01 Jan 2022 00:00:00 GMT";
    const { url } = await mirror((request, response) => {
      asked.push(request.headers["if-range"] as string | undefined);
      response.setHeader("etag", 'W/"1"');
      response.setHeader("last-modified", date);
      serveFile(
        request,
        response,
        { bytes: gzip, etag: "" },
        asked.length === 1 ? { holdAfter: 60_000 } : {},
      );
    });
    await expectWhole({ mirrors: [url] });
    expect(asked).toEqual([undefined, date]);
  });

  test.each<[string, Flaw, number]>([
    ["ignores the range", { ignoreRange: true }, 2],
    ["sends another range", { shiftRange: 7 }, 3],
    ["sends a wrong end", { corruptAt: 190_000 }, 3],
  ])("is begun anew if the server %s", async (_, flaw, requests) => {
    const { url, ranges } = await flawedMirror({ holdAfter: 60_000 }, flaw);
    await expectWhole({ mirrors: [url] });
    expect(ranges).toHaveLength(requests);
  });

  test.each<[string, Flaw, number]>([
    ["says so", {}, 2],
    ["does not", { ignoreIfRange: true }, 3],
  ])("of a file that then changed is begun anew, whether the server %s", async (_, flaw, requests) => {
    const before = { bytes: otherGzip, etag: '"0"' };
    let answers = 0;
    const { url } = await mirror((request, response) => {
      answers++;
      if (answers === 1) serveFile(request, response, before, { holdAfter: 60_000 });
      else serveFile(request, response, original, flaw);
    });
    await expectWhole({ mirrors: [url] });
    expect(answers).toBe(requests);
  });

  test("of a file that then got shorter than what is there is begun anew", async () => {
    const before = { bytes: new Uint8Array(209_000), etag: '"1"' };
    const short = new Uint8Array(gzipSync(content.subarray(0, 100)));
    let answers = 0;
    const { url } = await mirror((request, response) => {
      answers++;
      if (answers === 1) serveFile(request, response, before, { holdAfter: 100_000 });
      else serveFile(request, response, { bytes: short, etag: '"1"' }, {});
    });
    const wanted = { ...file, sha256: sha256(content.subarray(0, 100)) };
    expect((await load({ mirrors: [url] }, wanted)).bytes).toHaveLength(100);
    expect(answers).toBe(3); // 416 in between
  });

  test.each<[string, string | Uint8Array]>([
    ["nonsense", "nonsense\nmore of it"],
    ["no line", new Uint8Array(300)],
    ["JSON of another kind", `${JSON.stringify({ url: 3 })}\nabc`],
    ["a length that is none", `${JSON.stringify({ url: "x", validator: "y", total: "z" })}\nabc`],
    ["nothing", ""],
  ])("is begun anew if the part holds %s", async (_, part) => {
    await writeFile(join(cacheDir, `${NAME}.gz.part`), part);
    const { url, ranges } = await flawedMirror();
    await expectWhole({ mirrors: [url] });
    expect(ranges).toEqual([undefined]);
  });

  test("after its last byte needs no request", async () => {
    const { url, ranges } = await flawedMirror();
    const source = { url: `${url}/${NAME}.gz`, validator: '"1"', total: gzip.length };
    const header = `${JSON.stringify(source)}\n`;
    await writeFile(join(cacheDir, `${NAME}.gz.part`), Buffer.concat([Buffer.from(header), gzip]));
    await expectWhole({ mirrors: [url] });
    expect(ranges).toEqual([]);
  });
});

test("a server whose pieces never fit together is left after the second time", async () => {
  const wrong = { ignoreIfRange: true, corruptAt: 190_000 };
  let answers = 0;
  const { url } = await mirror((request, response) => {
    answers++;
    const begins = request.headers.range === undefined;
    serveFile(request, response, original, begins ? { holdAfter: 60_000 } : wrong);
  });
  const { downloads } = await failureOf({ mirrors: [url] });
  expect(downloads[0]!.reason).toMatch(/must have the published content|damaged/);
  expect(answers).toBe(4);
});

describe("a mirror that fails", () => {
  test.each([500, 503, 408, 429])("with HTTP %i is asked again", async (status) => {
    const { url, ranges } = await flawedMirror({ status }, { status });
    await expectWhole({ mirrors: [url] });
    expect(ranges).toHaveLength(3);
  });

  test.each([400, 403, 404, 410, 204, 206])("with HTTP %i is not", async (status) => {
    const { url, ranges } = await flawedMirror({ status });
    const { downloads } = await failureOf({ mirrors: [url] });
    expect(downloads[0]!.reason).toContain(`HTTP ${status}`);
    expect(ranges).toHaveLength(1);
  });

  test("is asked as often as `attempts` says; the part stays for the next one that has the file", async () => {
    const bad = await flawedMirror(...Array(9).fill({ status: 500 }));
    const good = await flawedMirror();
    await expectWhole({ mirrors: [bad.url, good.url], attempts: 3 });
    expect(bad.ranges).toHaveLength(3);
  });

  test("is asked again after waits that double, up to half a minute, times a random share", async () => {
    const timers = process.getBuiltinModule("node:timers/promises");
    const wait = vi.spyOn(timers, "setTimeout").mockResolvedValue(undefined);
    const { url } = await flawedMirror(...Array(6).fill({ status: 500 }));
    await expectWhole({ mirrors: [url], attempts: 7, retryDelay: 1000, random: () => 0.5 });
    expect(wait.mock.calls.map(([delay]) => delay)).toEqual([500, 1000, 2000, 4000, 8000, 15_000]);
  });

  test("by sending nothing is given up after the stall timeout, before and after the first byte", async () => {
    const { url, ranges } = await flawedMirror({ stallAfter: 0 }, { stallAfter: 50_000 });
    await expectWhole({ mirrors: [url], stallTimeout: 300 });
    expect(ranges.length).toBeGreaterThanOrEqual(3);
    await rm(cacheDir, { recursive: true });
    const mute = await mirror(() => {});
    const { downloads } = await failureOf({ mirrors: [mute.url], stallTimeout: 50, attempts: 2 });
    expect(downloads[0]!.reason).toBe("nothing arrived for 50 ms");
    expect(mute.asked).toHaveLength(2);
  });

  test("by announcing more than it sends is asked again, and goes on from there", async () => {
    const { url } = await flawedMirror({ lie: 10 });
    // The announced size is another one afterwards, so the part is of no use.
    await expectWhole({ mirrors: [url] });
  });

  test("by announcing less than there is has a wrong file", async () => {
    const { url } = await mirror((_, response) => {
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${gzip.length - 10}\r\nETag: "1"\r\n\r\n`;
      response.socket!.end(Buffer.concat([Buffer.from(head), gzip]));
    });
    const { downloads } = await failureOf({ mirrors: [url], attempts: 2 });
    expect(downloads[0]!.reason).toMatch(/damaged or cut off|terminated|must have the published content/);
    expect(await readdir(cacheDir)).not.toContain(`${NAME}.gz`);
  });

  test("by announcing more than the file can be is not read", async () => {
    const { url, ranges } = await flawedMirror({ lie: 1_000_000 });
    const { downloads } = await failureOf({ mirrors: [url] });
    expect(downloads[0]!.reason).toBe("more than 210000 bytes");
    expect(ranges).toHaveLength(1);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test("by sending other bytes is left for the next", async () => {
    const bad = await flawedMirror({ corruptAt: 100_000 });
    const good = await flawedMirror();
    await expectWhole({ mirrors: [bad.url, good.url] });
    expect(bad.ranges).toHaveLength(1);
  });

  test("by sending the client elsewhere is followed, but not in circles", async () => {
    const good = await flawedMirror();
    const moved = await flawedMirror({ redirect: `${good.url}/elsewhere` });
    await expectWhole({ mirrors: [moved.url] });
    await rm(cacheDir, { recursive: true });
    const circle = await mirror((request, response) =>
      serveFile(request, response, original, { redirect: request.url! }),
    );
    const { downloads } = await failureOf({ mirrors: [circle.url], attempts: 1 });
    expect(downloads[0]!.reason).toContain("redirect count exceeded");
  });
});

test("whatever a server does, the cache never holds a wrong file, and an honest one can go on", async () => {
  const size = fc.nat({ max: gzip.length - 1 });
  const flaw = fc.record(
    {
      dropAfter: size,
      lie: fc.constantFrom(1, 5000),
      corruptAt: size,
      ignoreRange: fc.boolean(),
      ignoreIfRange: fc.boolean(),
      shiftRange: fc.constantFrom(0, 1, 100),
      status: fc.constantFrom(404, 500, 503),
    },
    { requiredKeys: [] },
  );
  const version = fc.constantFrom(original, { bytes: otherGzip, etag: '"2"' });
  let answer: (request: IncomingMessage, response: Parameters<RequestListener>[1]) => void = () => {};
  const { url } = await mirror((request, response) => answer(request, response));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(flaw, version), { minLength: 1, maxLength: 6 }), async (answers) => {
      await rm(cacheDir, { recursive: true, force: true });
      let next = 0;
      answer = (request, response) => {
        const [wrong, which] = answers[next++ % answers.length]!;
        serveFile(request, response, which, wrong);
      };
      const stored = () => readFile(join(cacheDir, `${NAME}.gz`)).catch(() => gzip);
      await load({ mirrors: [url], attempts: 3 }).catch(() => {});
      expect(Buffer.compare(await stored(), gzip)).toBe(0);
      answer = (request, response) => serveFile(request, response, original);
      const { bytes } = await load({ mirrors: [url] });
      expect(Buffer.compare(bytes, content)).toBe(0);
      expect(Buffer.compare(await stored(), gzip)).toBe(0);
      expect(await readdir(cacheDir)).toEqual([`${NAME}.gz`]);
    }),
    { numRuns: 40 },
  );
});

test("a length that is no number counts as none", async () => {
  const body = () => new Response(gzip, { headers: { "content-length": "many", etag: '"1"' } });
  const seen: (number | undefined)[] = [];
  await expectWhole({
    mirrors: ["http://nowhere"],
    fetch: async () => body(),
    onProgress: ({ total }) => seen.push(total),
  });
  expect(seen.at(-1)).toBeUndefined();
  const endless = () => new Response(new Uint8Array(300_000), { headers: { "content-length": "NaN" } });
  await rm(cacheDir, { recursive: true });
  const { downloads } = await failureOf({ mirrors: ["http://nowhere"], fetch: async () => endless() });
  expect(downloads[0]!.reason).toBe("more than 210000 bytes");
});

test("an abort keeps what can be gone on with, and is not mistaken for a failure", async () => {
  const { url, ranges } = await flawedMirror({ stallAfter: 60_000 });
  const controller = new AbortController();
  const reason = new Error("enough");
  const onProgress = () => controller.abort(reason);
  await expect(load({ mirrors: [url], signal: controller.signal, onProgress })).rejects.toBe(reason);
  expect(await readdir(cacheDir)).toEqual([`${NAME}.gz.part`]);
  await expectWhole({ mirrors: [url] });
  expect(startOf(ranges[1])).toBeGreaterThan(0);
});

test("an abort during a wait between attempts ends it", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { url } = await mirror((request, response) => {
    serveFile(request, response, original, { status: 500 });
    setTimeout(() => controller.abort(reason), 50);
  });
  const patient = { retryDelay: 1_000_000, random: () => 1 };
  await expect(load({ mirrors: [url], signal: controller.signal, ...patient })).rejects.toBe(reason);
});

test("a part that cannot be written is an error of the cache, not of the mirror", async () => {
  const { url } = await flawedMirror();
  await mkdir(join(cacheDir, `${NAME}.gz.part`));
  await expect(load({ mirrors: [url, url] })).rejects.toMatchObject({
    name: "DatasetFileError",
    problem: "unwritable",
    path: join(cacheDir, `${NAME}.gz.part`),
  });
});

describe("a file of which the checksum of the .gz alone is published", () => {
  const packed: PublishedFile = { ...file, sha256Of: "gzip", sha256: sha256(gzip) };

  test("is checked as it comes, in a download and in the cache", async () => {
    const { url, ranges } = await flawedMirror();
    expect((await load({ mirrors: [url] }, packed)).kind).toBe("download");
    expect((await load({ mirrors: [url] }, packed)).kind).toBe("cache");
    expect(ranges).toHaveLength(1);
  });

  test("is refused if somebody else compressed it, or nobody did, unless verify is false", async () => {
    for (const [name, bytes] of [
      [`${NAME}.gz`, gzipSync(content, { level: 0 })],
      [NAME, content],
    ] as const) {
      await rm(cacheDir, { recursive: true });
      await mkdir(cacheDir);
      await writeFile(join(cacheDir, name), bytes);
      await expect(load({ dataDir: cacheDir }, packed)).rejects.toThrow(
        `load: ${join(cacheDir, name)} must be the published ${NAME}.gz (SHA-256 ${sha256(gzip)}), got other content (${sha256(bytes)})`,
      );
      expect((await load({ dataDir: cacheDir, verify: false }, packed)).bytes).toHaveLength(content.length);
    }
  });
});

describe("several at once", () => {
  test("in one process download once", async () => {
    const { url, ranges } = await flawedMirror();
    const kinds = await Promise.all(Array.from({ length: 4 }, () => load({ mirrors: [url] })));
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(["cache", "cache", "cache", "download"]);
    expect(ranges).toHaveLength(1);
  });

  describe("in processes of their own", () => {
    let compiled: string;
    beforeEach(async () => {
      compiled = await mkdtemp(join(tmpdir(), "mhgan-compiled-"));
      await compileSources(compiled);
      await writeFile(
        join(compiled, "child.js"),
        `import { findPublishedFiles } from "./named/find-published-files.js";
         const [dataset, file, options] = process.argv.slice(2).map((text) => JSON.parse(text));
         const { source } = await findPublishedFiles(dataset, [file], options, (bytes) => bytes);
         process.stdout.write(source.kind);`,
      );
    });
    afterEach(() => rm(compiled, { recursive: true }));

    function child(options: DatasetFilesOptions) {
      const args = [dataset, file, { cacheDir, ...options }].map((value) => JSON.stringify(value));
      const started = spawn(process.execPath, [join(compiled, "child.js"), ...args], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let out = "";
      started.stdout.on("data", (text) => (out += text));
      return { started, ended: once(started, "close").then(([code, signal]) => ({ code, signal, out })) };
    }

    test("two download once", async () => {
      const ranges: (string | undefined)[] = [];
      const { url } = await mirror((request, response) => {
        ranges.push(request.headers.range);
        setTimeout(() => serveFile(request, response, original), 300);
      });
      const ended = await Promise.all([child({ mirrors: [url] }).ended, child({ mirrors: [url] }).ended]);
      expect(ended.map(({ out }) => out).sort()).toEqual(["cache", "download"]);
      expect(ended.every(({ code }) => code === 0)).toBe(true);
      expect(ranges).toHaveLength(1);
      expect(await readdir(cacheDir)).toEqual([`${NAME}.gz`]);
    });

    test("one that is killed leaves a part and a lock; the next takes both over", async () => {
      const { url, ranges } = await flawedMirror({ stallAfter: 60_000 });
      const { started, ended } = child({ mirrors: [url] });
      const part = join(cacheDir, `${NAME}.gz.part`);
      await vi.waitUntil(async () => (await readFile(part).catch(() => "")).length > 60_000, {
        timeout: 20_000,
        interval: 20,
      });
      started.kill("SIGKILL");
      expect(await ended).toMatchObject({ signal: "SIGKILL" });
      expect((await readdir(cacheDir)).sort()).toEqual([`${NAME}.gz.lock`, `${NAME}.gz.part`]);
      await writeFile(join(cacheDir, `${NAME}.gz.01234567-89ab-cdef-0123-456789abcdef.part`), "half");
      await expectWhole({ mirrors: [url] });
      expect(startOf(ranges[1])).toBeGreaterThan(50_000);
    });
  });
});

test.each<[DatasetFilesOptions, string]>([
  [{ attempts: 0 }, "load: attempts must be a safe integer from 1, got 0"],
  [{ retryDelay: -1 }, "load: retryDelay must be a safe integer from 0, got -1"],
  [{ stallTimeout: 0.5 }, "load: stallTimeout must be a safe integer from 1, got 0.5"],
  [{ random: 3 as never }, "load: random must be a function that gives numbers in [0, 1), got number"],
])("options %j are refused", async (options, message) => {
  await expect(load(options)).rejects.toThrow(message);
});
