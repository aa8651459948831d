import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly colorScheme: "light" | "dark";
}

/** What a page did while it was open. */
export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: readonly string[];
  /** What it asked for besides itself and what it carries. */
  readonly requests: readonly string[];
}

/** Starts the browser at a path, does something with it, and ends it. */
export async function withBrowser<T>(
  executablePath: string,
  use: (browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a page from a file, as a reader does, and gives it to `use`. */
export async function openPage<T>(
  browser: Browser,
  html: string,
  { width, colorScheme }: Look,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "mhgan-report-"));
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme,
    reducedMotion: "reduce",
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
