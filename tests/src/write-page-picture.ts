import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.ts";
import { buildPage, settled } from "./browser-page.ts";
import { launch } from "./report-page.ts";
import { serveFolder } from "./runtimes.ts";
import { root } from "./workspace.ts";

/**
 * Takes the picture of the page of `examples/browser-page` that its README shows: its first GAN, and chains of 100. Run as
 * `npm run page-picture --workspace tests`, after `npm run build`.
 */
const folder = mkdtempSync(join(tmpdir(), "mhgan-page-"));
const path = join(root, "examples/browser-page/page.png");
await buildPage(folder);
const server = await serveFolder(folder);
const browser = await launch(findBrowser(process.env));
try {
  const page = await browser.newPage({ viewport: { width: 1160, height: 900 }, colorScheme: "light" });
  await page.goto(`${server.url}/index.html`);
  await settled(page, 120_000);
  // How long training took depends on the machine, and says nothing about the page.
  const end = (await page.locator("main").boundingBox())!;
  const top = (await page.locator(".figures").boundingBox())!.y - 24;
  await page.screenshot({
    path,
    fullPage: true,
    clip: { x: 0, y: top, width: 1160, height: end.y + end.height - top + 16 },
  });
  process.stdout.write(`${path}\n`);
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
