import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { published, root } from "./workspace.ts";

/**
 * Builds the page of `examples/browser-page` into a folder, by its bundler and from the built packages, as its users do.
 *
 * @returns What the bundler had to say.
 * @throws {Error} if a package is not built, or the bundler fails.
 */
export async function buildPage(folder: string): Promise<string> {
  const unbuilt = published.filter((name) => !existsSync(join(root, "packages", name, "dist/index.js")));
  if (unbuilt.length > 0) throw new Error(`run "npm run build" first: ${unbuilt.join(", ")} has no dist`);
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [vite, "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"],
    { cwd: join(root, "examples/browser-page") },
  );
  return stderr;
}

/** Waits until the GAN is trained and everything that is shown belongs to what is set. */
export async function settled(page: Page, patience: number): Promise<void> {
  await page.locator("#figures[aria-busy=false]").waitFor({ timeout: patience });
}
