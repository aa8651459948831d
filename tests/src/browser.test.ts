import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserFolder, findBrowser, visit } from "./browser.ts";
import type { Results } from "./probe.ts";
import { type FolderServer, probed, serveFolder, writePrograms } from "./runtimes.ts";
import { installTarballs, packAll, run } from "./tarballs.ts";
import { root } from "./workspace.ts";

/**
 * The files that npm would publish run everywhere and find the same: in Node, in a page, and in workers of both. A server on
 * this machine hands the browser, as they are, the files that Node imports; nothing is bundled.
 *
 * One engine gives the same bits everywhere. Two engines, and two versions of one, round logarithms and exponentials
 * differently in the last bit, as ECMAScript lets them; everything else has the same bits, draws and picks included.
 */
const patience = 180_000;

let folder: string;
let server: FolderServer;

beforeAll(async () => {
  const unbuilt = probed.filter((name) => !existsSync(join(root, "packages", name, "dist/index.js")));
  if (unbuilt.length > 0) throw new Error(`run "npm run build" first: ${unbuilt.join(", ")} has no dist`);
  folder = mkdtempSync(join(tmpdir(), "mhgan-runtimes-"));
  const tarballs = await packAll(folder);
  await installTarballs(
    folder,
    probed.map((name) => tarballs.get(`@mhgan/${name}`)!),
    { offline: true },
  );
  writePrograms(folder);
  server = await serveFolder(folder);
}, patience);

afterAll(async () => {
  await server?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** What a program prints in a Node of its own. */
async function inNode(file: string): Promise<Results> {
  const { stdout } = await run(folder, process.execPath, [file]);
  return (JSON.parse(stdout) as { results: Results }).results;
}

let visits = 0;

/** The message that a page sends from a browser of its own. */
async function inBrowser(
  browser: string,
  file: string,
  milliseconds = patience,
): Promise<{ results?: Results; error?: string }> {
  visits++;
  const message = server.message(`?${visits}`);
  const writable = browserFolder();
  try {
    return JSON.parse(
      await visit(browser, `${server.url}/${file}?${visits}`, message, milliseconds, writable),
    );
  } finally {
    expect(existsSync(writable)).toBe(false);
  }
}

const toNumber = (bits: string): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
};

/** Every number by its name and place, where a difference of rounding alone counts as none. */
function farApart(ours: Results["rounded"], theirs: Results["rounded"]): string[] {
  expect(Object.keys(theirs)).toEqual(Object.keys(ours));
  return Object.entries(ours).flatMap(([name, values]) => {
    expect(theirs[name]).toHaveLength(values.length);
    return values.flatMap((bits, index) => {
      const [a, b] = [toNumber(bits), toNumber(theirs[name]![index]!)];
      const isNear = Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.abs(a);
      return isNear ? [] : `${name}[${index}]: ${a} and ${b}`;
    });
  });
}

describe("the published files in Node", () => {
  it("give the same bits in a worker thread as in the main thread", { timeout: patience }, async () => {
    const main = await inNode("node.js");
    expect(await inNode("node-worker.js")).toEqual(main);

    // These are numbers indeed, and not always the same one.
    for (const values of [...Object.values(main.exact), ...Object.values(main.rounded)]) {
      expect(values.length).toBeGreaterThan(0);
      expect(values.filter((bits) => !/^[0-9a-f]{16}$/.test(bits) || Number.isNaN(toNumber(bits)))).toEqual(
        [],
      );
    }
    expect(new Set(main.exact["draws"]).size).toBeGreaterThan(1000);
    expect(new Set(main.exact["picks"]).size).toBeGreaterThan(10);
  });

  it("would be told apart by more than rounding", () => {
    const one = { x: ["3ff0000000000000"] };
    expect(farApart(one, { x: ["3ff0000000000001"] })).toEqual([]);
    expect(farApart(one, { x: ["3ff0000000010000"] })).toHaveLength(1);
    expect(farApart(one, { x: ["7ff8000000000000"] })).toEqual(["x[0]: 1 and NaN"]);
    expect(farApart({ x: ["8000000000000000"] }, { x: ["0000000000000000"] })).toEqual([]);
  });
});

let browser: string | undefined;
try {
  browser = findBrowser(process.env);
} catch (error) {
  // One that was asked for must be there. Without any, what the user is told is tested instead.
  if (process.env["CHROMIUM"]) throw error;
}

if (browser !== undefined) {
  const path = browser;

  describe("the published files in a browser", () => {
    it("find in a page and in a module worker what they find in Node", {
      timeout: 3 * patience,
    }, async () => {
      const page = await inBrowser(path, "page.html");
      expect(page.error).toBeUndefined();
      expect(await inBrowser(path, "worker.html")).toEqual(page);

      const node = await inNode("node.js");
      expect(page.results!.exact).toEqual(node.exact);
      expect(farApart(node.rounded, page.results!.rounded)).toEqual([]);
    });
  });

  describe("a browser that is tested", () => {
    it("tells what is wrong with a page", { timeout: patience }, async () => {
      const { error } = await inBrowser(path, "broken.html");
      expect(error).toMatch(/^TypeError: .*no-such-file\.js/);
    });

    it("is not waited for without end", { timeout: patience }, async () => {
      await expect(inBrowser(path, "silent.html", 3000)).rejects.toThrow("gave no result within 3000 ms");
    });
  });
} else {
  it("without a browser, the error says how to get one", () => {
    expect(() => findBrowser(process.env)).toThrow("sudo apt-get install chromium");
  });
}

describe("the search for a browser", () => {
  it("takes the one that is asked for, and never another", () => {
    expect(findBrowser({ CHROMIUM: process.execPath, PATH: "" })).toBe(process.execPath);
    for (const CHROMIUM of ["/no/such/browser", tmpdir(), "chromium"])
      expect(() => findBrowser({ ...process.env, CHROMIUM })).toThrow(
        `findBrowser: CHROMIUM must be the full path of a program, got ${CHROMIUM}`,
      );
  });

  it("says how to get one", () => {
    for (const PATH of [undefined, "", "/no/such/folder"])
      expect(() => findBrowser({ PATH })).toThrow(
        "findBrowser: chromium, chromium-browser or google-chrome must be on PATH, got none of them. On Debian: sudo apt-get install chromium.",
      );
  });
});

describe("a program that is no browser", () => {
  it.each([
    // Node does not know the flags of a browser.
    ["ends", process.execPath, /^visit: .* ended before the page was done: 9\n.*bad option: --headless/s],
    ["is not there", "/no/such/browser", /^visit: .* did not start: spawn \/no\/such\/browser ENOENT/],
  ])("is an error if it %s, and leaves nothing behind", async (_what, path, message) => {
    await expect(inBrowser(path, "page.html")).rejects.toThrow(message);
  });
});
