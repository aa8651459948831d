import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { reportOf } from "@mhgan/cli";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "./browser.ts";
import { type Look, launch, type OpenBrowser, openPage } from "./report-page.ts";
import { sampleReportData } from "./sample-report-data.ts";

/**
 * The report of a run as readers meet it: from a file, on a desktop and on a phone, by day and by night. What it says is tested beside its
 * code; here is what only a browser knows.
 */
let browserPath: string | undefined;
try {
  browserPath = findBrowser(process.env);
} catch (error) {
  // One that was asked for must be there. Without any, the test of the search for a browser says what the user is told.
  if (process.env["CHROMIUM"]) throw error;
}

const looks: readonly Look[] = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
];

/** One black pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=",
  "base64",
);

/** A whole report, with images and warnings, and names longer than anyone would give. */
async function fullReport(): Promise<string> {
  const data = await sampleReportData();
  const long = "averyveryverylongnamethathasnoplacetobreak".repeat(3);
  return reportOf({
    ...data,
    sampleSets: [...data.sampleSets!, { name: "Images", kind: "draws", caption: long, content: { png } }],
    warnings: ["The mean weight is 1.4, not 1: the scores are not calibrated.", long],
    facts: [...data.facts!, ["a long value", long]],
    samplers: [...data.samplers!, { name: long, cost: 3, totalVariation: 0.02 }],
  });
}

if (browserPath === undefined) {
  it("without a browser, the error says how to get one", () => {
    expect(() => findBrowser(process.env)).toThrow("sudo apt-get install chromium");
  });
} else {
  const path = browserPath;

  describe("a report in a browser", () => {
    let browser: OpenBrowser;
    let html: string;
    beforeAll(async () => {
      [browser, html] = await Promise.all([launch(path), fullReport()]);
    });
    afterAll(() => browser?.close());

    it("stays below two megabytes", () => {
      expect(Buffer.byteLength(html)).toBeLessThan(2_000_000);
    });

    it.each(looks)(
      "opens at $width pixels, $colorScheme, without complaint, request, or scrolling aside",
      async (look) => {
        await openPage(browser, html, look, async ({ page, complaints, requests }) => {
          // All of it, with what is folded away.
          await page.locator("details").evaluateAll((all) => {
            for (const each of all) (each as HTMLDetailsElement).open = true;
          });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.width);
          const widest = await page
            .locator("svg[role=img], img, p, h1, h2, h3, dd, li")
            .evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().right)));
          expect(widest).toBeLessThanOrEqual(look.width);
          expect(await page.evaluate(() => document.scripts.length)).toBe(0);
          expect([...complaints]).toEqual([]);
          expect([...requests]).toEqual([]);
        });
      },
    );

    it.each(looks)(
      "is readable at $width pixels, $colorScheme: axe finds nothing, contrast included",
      async (look) => {
        await openPage(browser, html, look, async ({ page }) => {
          const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
          await page.evaluate(readFileSync(axe, "utf8"));
          const results = (await page.evaluate("axe.run()")) as AxeResults;
          expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
          expect(results.passes.map(({ id }) => id)).toContain("color-contrast");
        });
      },
    );

    it.each(looks)(
      "pictures have letters and marks large and dark enough at $width pixels, $colorScheme",
      async (look) => {
        // axe does not look into SVG.
        await openPage(browser, html, look, async ({ page }) => {
          const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          const letters = await page.locator("svg text:visible").evaluateAll((all) =>
            all.map((each) => {
              const { fontSize, fill } = getComputedStyle(each);
              return { size: (each as SVGTextElement).getScreenCTM()!.a * Number.parseFloat(fontSize), fill };
            }),
          );
          expect(letters.length).toBeGreaterThan(80);
          expect(Math.min(...letters.map(({ size }) => size))).toBeGreaterThan(9.5);
          for (const fill of new Set(letters.map((letter) => letter.fill)))
            expect(contrast(fill, paper)).toBeGreaterThan(4.5);

          const marks = await page
            .locator(".line, .mark, .whisker, .diagonal, .marked")
            .evaluateAll((all) =>
              all.map((each) => getComputedStyle(each)[each.classList.contains("mark") ? "fill" : "stroke"]),
            );
          expect(new Set(marks).size).toBeGreaterThanOrEqual(4);
          for (const colour of new Set(marks)) expect(contrast(colour, paper)).toBeGreaterThan(3);
        });
      },
    );

    it("can be read with the keyboard alone", async () => {
      await openPage(browser, html, looks[2]!, async ({ page }) => {
        await page.keyboard.press("Tab");
        expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("Skip to the content");
        await page.keyboard.press("Enter");
        expect(await page.evaluate(() => document.activeElement!.id)).toBe("content");
        const summary = page.locator("#samplers summary");
        await summary.focus();
        await page.keyboard.press("Enter");
        expect(await page.locator("#samplers table").isVisible()).toBe(true);
        // What scrolls aside can be reached.
        const table = page.locator("#quality .scroll");
        await table.focus();
        await page.keyboard.press("ArrowRight");
        await expect.poll(() => table.evaluate((each) => each.scrollLeft)).toBeGreaterThan(0);
      });
    });

    it("shows one picture of the samplers: for the phone or for the desktop", async () => {
      for (const look of looks)
        await openPage(browser, html, look, async ({ page }) => {
          expect(await page.locator("#samplers-cost svg.cost-quality:visible").count()).toBe(1);
        });
    });

    it("does not move where movement is not wanted", async () => {
      await openPage(browser, html, looks[0]!, async ({ page }) => {
        expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe(
          "auto",
        );
        expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      });
    });

    it("is printed dark on white, with the record, whatever the screen is like", async () => {
      await openPage(browser, html, looks[1]!, async ({ page }) => {
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
          "rgb(255, 255, 255)",
        );
        expect(await page.locator("nav").isVisible()).toBe(false);
        const pdf = await page.pdf({ format: "A4" });
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      });
    });

    it("a page that breaks its promises would be caught", async () => {
      const broken = `<!doctype html><p style="width:2000px">x</p><img src="https://example.invalid/x.png"><script>throw new Error("late")</script>`;
      await openPage(browser, broken, looks[0]!, async ({ page, complaints, requests }) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeGreaterThan(1280);
        expect(requests).toEqual(["https://example.invalid/x.png"]);
        await expect.poll(() => complaints.join()).toContain("late");
      });
    });
  });
}

/** Contrast of two opaque colours after WCAG 2, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(colour: string): number {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1);
  if (!channels) throw new Error(`luminance: colour must be opaque rgb, got ${colour}`);
  const [red, green, blue] = channels.map((channel) => {
    const share = Number(channel) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

it("contrast is that of WCAG", () => {
  expect(contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)")).toBeCloseTo(21, 10);
  expect(contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)")).toBeCloseTo(4.48, 2);
});
