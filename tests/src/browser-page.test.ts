import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "./browser.ts";
import { buildPage, settled } from "./browser-page.ts";
import { launch, type OpenBrowser } from "./report-page.ts";
import { type FolderServer, serveFolder } from "./runtimes.ts";

/**
 * The page of `examples/browser-page` as its users have it: built by its bundler from the built packages, served by a server that knows nothing of
 * it, and used by keyboard in a browser.
 */
const patience = 120_000;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mhgan-page-"));
  // Nothing of Node's is left in it, nor anything that the bundler could not follow.
  expect(await buildPage(folder)).not.toMatch(/externalized|dynamic import|unresolved/i);
}, patience);

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

describe("the page that is built", () => {
  it("is small, and names no other place", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const named = (ending: string): Buffer[] =>
      files.filter((file) => file.endsWith(ending)).map((file) => readFileSync(join(folder, file)));
    const compressed = (contents: readonly Buffer[]): number =>
      contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
    expect(compressed(named(".js"))).toBeLessThan(230_000);
    expect(Math.max(...named(".wasm").map((content) => compressed([content])))).toBeLessThan(150_000);
    const html = named(".html").join("");
    const addresses = [...html.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map((match) => match[1]!);
    expect(
      addresses.filter((address) => !/^\.\/|^https:\/\/github\.com\/mhgan\/mhgan/.test(address)),
    ).toEqual([]);
  });
});

let browserPath: string | undefined;
try {
  browserPath = findBrowser(process.env);
} catch (error) {
  // One that was asked for must be there. What the user is told without any is tested in browser.test.ts.
  if (process.env["CHROMIUM"]) throw error;
}

/** What a cell of the table says: its number, and the error if there is one. */
async function figure(page: Page, kind: "predicted" | "measured", key: string): Promise<[number, number]> {
  const text = await page.locator(`[data-${kind}=${key}]`).innerText();
  const unit = text.includes("%") ? 100 : 1;
  const [value, error = 0] = text.split("±").map((part) => Number.parseFloat(part) / unit);
  return [value!, error];
}

/** Presses a key on the slider, and waits for what comes of it. */
async function slide(page: Page, key: string): Promise<void> {
  await page.locator("#strength").press(key);
  await settled(page, patience);
}

if (browserPath === undefined) {
  it("without a browser, the error says how to get one", () => {
    expect(() => findBrowser(process.env)).toThrow("sudo apt-get install chromium");
  });
} else {
  const path = browserPath;

  describe("the page in a browser", () => {
    let browser: OpenBrowser;
    let server: FolderServer;
    let page: Page;
    const complaints: string[] = [];
    const requests: string[] = [];

    beforeAll(async () => {
      [browser, server] = await Promise.all([launch(path), serveFolder(folder)]);
      page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
      page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(`${server.url}/index.html`);
      await settled(page, patience);
    }, patience);

    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    it("trains a GAN, and draws are better than its samples", async () => {
      expect(await page.locator("#status").innerText()).toMatch(
        /^GAN number 1 took \d+\.\d seconds\. .* before calibration, −?[01]\.\d after;/,
      );
      const quality = async (id: string): Promise<number> =>
        Number.parseFloat(await page.locator(`#${id}-caption`).innerText());
      expect(await quality("real")).toBeGreaterThan(99);
      expect(await quality("gan")).toBeLessThan(95);
      expect(await quality("draws")).toBeGreaterThan(98);
      expect(await page.locator("#draws").getAttribute("aria-label")).toMatch(
        /^Scatter plot of draws by Metropolis-Hastings: .* 8 of 8 modes$/,
      );
    });

    // The seed of the page is fixed; with others, one of these comparisons would fail once in a thousand times.
    it.each([
      ["Home", "1"],
      ["PageUp", "3"],
      ["End", "640"],
    ])("measures what it predicts when the slider is moved by %s to K = %s", async (key, length) => {
      await slide(page, key);
      expect(await page.locator("#strength-value").innerText()).toBe(length);
      for (const name of ["acceptance", "capOut", "totalVariation", "cost"]) {
        const [predicted] = await figure(page, "predicted", name);
        const [measured, error] = await figure(page, "measured", name);
        // A prediction has an error of its own: of half a per cent, since it was made from 20,000 scores.
        const allowed = 4 * Math.hypot(error, 0.005 * Math.max(1, predicted));
        expect(Math.abs(predicted - measured), name).toBeLessThan(allowed);
      }
    });

    it("shows that longer chains leave their starts and come closer to the data", async () => {
      await slide(page, "Home");
      const [atOne] = await figure(page, "measured", "totalVariation");
      const [stayed] = await figure(page, "measured", "capOut");
      const [accepted] = await figure(page, "measured", "acceptance");
      expect(stayed).toBeCloseTo(1 - accepted, 1);
      await slide(page, "End");
      const [atMost] = await figure(page, "measured", "totalVariation");
      expect(atMost).toBeLessThan(atOne - 0.05);
      expect((await figure(page, "measured", "capOut"))[0]).toBeLessThan(0.001);
    });

    it("draws by another sampler when it is chosen", async () => {
      await page.getByLabel("Budgeted rejection").check();
      await settled(page, patience);
      expect(await page.locator("#strength-value").innerText()).toBe("4");
      expect(await page.locator("[data-predicted=capOut]").innerText()).toBe("–");
      const [measured, error] = await figure(page, "measured", "cost");
      expect(Math.abs(measured - 4)).toBeLessThan(4 * error + 0.05);
    });

    it.each([
      [1280, "light"],
      [1280, "dark"],
      [390, "light"],
      [390, "dark"],
    ] as const)("fits and can be read at %i pixels, %s", async (width, colorScheme) => {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await page.evaluate(
        readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
      );
      const { violations, passes } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
        [],
      );
      expect(passes.map(({ id }) => id)).toContain("color-contrast");
    });

    it("begins anew with another GAN when asked, also while one is trained", async () => {
      await page.locator("#again").click();
      await page.locator("#again").click();
      expect(await page.locator("#strength").isDisabled()).toBe(true);
      await page.getByText(/^Training: step \d+ of 1000$/).waitFor();
      expect(await page.locator("#figures").getAttribute("aria-busy")).toBe("true");
      expect(await page.locator("#status").innerText()).toBe("");
    });

    it("complains of nothing, and asks no other server", () => {
      expect(complaints).toEqual([]);
      expect(requests.length).toBeGreaterThan(3);
      expect(requests.filter((url) => !url.startsWith(`${server.url}/`) && !url.startsWith("data:"))).toEqual(
        [],
      );
    });
  });
}
