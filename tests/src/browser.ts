import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** What these tests read of the environment. */
export interface BrowserEnvironment {
  /** Full path of the browser to use; no other is tried then. */
  readonly CHROMIUM?: string | undefined;
  readonly PATH?: string | undefined;
}

const names = ["chromium", "chromium-browser", "google-chrome"] as const;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Full path of an installed Chromium.
 *
 * @throws {Error} if there is none; the message says how to get one.
 */
export function findBrowser({ CHROMIUM, PATH }: BrowserEnvironment): string {
  if (CHROMIUM) {
    if (isProgram(CHROMIUM)) return CHROMIUM;
    throw new Error(`findBrowser: CHROMIUM must be the full path of a program, got ${CHROMIUM}`);
  }
  const folders = (PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const name of names)
    for (const folder of folders) if (isProgram(join(folder, name))) return join(folder, name);
  throw new Error(
    `findBrowser: ${names.slice(0, -1).join(", ")} or ${names.at(-1)} must be on PATH, got none of them. On Debian: sudo apt-get install chromium. Elsewhere: install Chromium or Chrome and put its full path into the environment variable CHROMIUM.`,
  );
}

/** Without them the browser would also talk to its maker, ask the user, or need what a container lacks. */
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-breakpad",
  "--disable-extensions",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-proxy-server",
] as const;

/** An empty folder for one browser. Its path is short, for the path of a socket in it must be. */
export function browserFolder(): string {
  return mkdtempSync(join(tmpdir(), "mhgan-browser-"));
}

/**
 * Opens a page and waits for its result; then the browser and all that it wrote are gone, whatever happened.
 *
 * @param browser - full path of a Chromium.
 * @param url - the page.
 * @param result - what to wait for, such as what the page sends to a server.
 * @param patience - for how many milliseconds.
 * @param folder - where the browser may write; removed in the end.
 * @throws {Error} if the browser does not start, or ends or stays silent before the result is there.
 */
export async function visit<T>(
  browser: string,
  url: string,
  result: Promise<T>,
  patience: number,
  folder: string = browserFolder(),
): Promise<T> {
  const child = spawn(browser, [...flags, `--user-data-dir=${join(folder, "profile")}`, url], {
    // A process group of its own, so that its helpers end with it.
    detached: true,
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, TMPDIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  let timer: NodeJS.Timeout | undefined;
  // "close" comes after every helper has let go of stderr, also where the browser could not start.
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  try {
    return await Promise.race([
      result,
      new Promise<never>((_, reject) => {
        const fail = (what: string): void => reject(new Error(`visit: ${browser} ${what}\n${said}`));
        child.once("error", (error) => fail(`did not start: ${error.message}`));
        child.once("exit", (code, signal) => fail(`ended before the page was done: ${code ?? signal}`));
        timer = setTimeout(() => fail(`gave no result within ${patience} ms`), patience);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (child.pid !== undefined) {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // All of the group have ended already.
      }
      await closed;
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
