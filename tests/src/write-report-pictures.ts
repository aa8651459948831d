import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { reportOf } from "@mhgan/cli";
import { findBrowser } from "./browser.ts";
import { launch, openPage } from "./report-page.ts";
import { sampleReportData } from "./sample-report-data.ts";
import { root } from "./workspace.ts";

/**
 * Takes two pictures of a report, by day and by night, from its top to the calibration curves: of the report.html that is named, or else of the sample
 * report, whose truth is known. Run as `npm run report-pictures --workspace tests -- [report.html]`; writes docs/images/report-light.png and
 * report-dark.png.
 */
const [given] = process.argv.slice(2);
// npm starts a script in the workspace's folder; a path is meant from where it was called.
const html = given
  ? readFileSync(resolve(process.env["INIT_CWD"] ?? process.cwd(), given), "utf8")
  : reportOf(await sampleReportData());
const folder = join(root, "docs/images");
mkdirSync(folder, { recursive: true });
const browser = await launch(findBrowser(process.env));
try {
  for (const colorScheme of ["light", "dark"] as const) {
    const path = join(folder, `report-${colorScheme}.png`);
    await openPage(browser, html, { width: 1160, colorScheme }, async ({ page }) => {
      const last = page.locator("#calibration .figures");
      const end =
        (await last.count()) > 0 ? await last.boundingBox() : await page.locator("main").boundingBox();
      const height = Math.ceil(end!.y + end!.height + 24);
      await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: 1160, height } });
    });
    process.stdout.write(`${path}\n`);
  }
} finally {
  await browser.close();
}
