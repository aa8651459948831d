import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

/** How a page is looked at. */
export interface Look {
  /** Of the window, in pixels. */
  readonly width: number;
  readonly colorScheme: "light" | "dark";
}

/** A page, and what it did since it was opened. */
export interface OpenedPage {
  readonly page: Page;
  /** What it wrote to the console, and exceptions. */
  readonly complaints: readonly string[];
  /** Addresses it asked for besides itself and what it carries. */
  readonly requests: readonly string[];
}

/** A browser that was started here. */
export type OpenBrowser = Browser;

/** Starts the browser at a path, without a window. */
export function launch(executablePath: string): Promise<OpenBrowser> {
  return chromium.launch({ executablePath, chromiumSandbox: false });
}

/** Opens a page from a file, as a reader does, without a network, and gives it to `use`; then it is gone. */
export async function openPage<T>(
  browser: OpenBrowser,
  html: string,
  { width, colorScheme }: Look,
  use: (opened: OpenedPage) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "mhgan-report-"));
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme,
    reducedMotion: "reduce",
    offline: true,
  });
  try {
    const file = join(folder, "report.html");
    writeFileSync(file, html);
    const url = pathToFileURL(file).href;
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
    });
    await page.goto(url);
    return await use({ page, complaints, requests });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
