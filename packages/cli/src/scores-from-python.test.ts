import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// docs/scores-from-python.md as its reader would follow it: its blocks one after the other, in a folder of their own.
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bin = pathOf("../dist/bin.js");
const page = readFileSync(pathOf("../../../docs/scores-from-python.md"), "utf8");
const blocks = Array.from(page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), ([, language, code]) => ({
  language: language!,
  code: code!,
}));

const python = ["python3", "/usr/bin/python3"].find(
  (command) => spawnSync(command, ["-c", "import numpy"]).status === 0,
);

test("the page has blocks to follow, each of a kind that is tested here", () => {
  expect(blocks.map(({ language }) => language)).toEqual(["python", "sh", "text", "python", "sh", "python"]);
});

test.skipIf(python === undefined)(
  "the blocks run, where python3 has NumPy, and print what the page says",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "mhgan-python-"));
    const run = (command: string, args: readonly string[]): string => {
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
      expect([status, stderr]).toEqual([0, expect.not.stringContaining("warning")]);
      return stdout;
    };
    try {
      let printed = "";
      for (const { language, code } of blocks) {
        if (language === "python") printed = run(python!, ["-c", code]);
        if (language === "sh") {
          const [npx, name, ...args] = code.trim().split(/\s+/);
          expect([npx, name]).toEqual(["npx", "@mhgan/cli"]);
          printed = run(process.execPath, [bin, ...args]);
        }
        // Another NumPy may make other random numbers; the rest stays.
        if (language === "text") expect(withoutNumbers(printed)).toBe(withoutNumbers(code));
        if (code.includes("mean of the picked ones")) {
          const [generated, picked] = numbersOf(printed);
          // 2,000 draws: the mean of each has an sd of 0.022, and calibration adds as much.
          for (const mean of generated!) expect(Math.abs(mean)).toBeLessThan(0.05);
          for (const mean of picked!) expect(Math.abs(mean - 1)).toBeLessThan(0.15);
        }
      }
      for (const mean of numbersOf(printed)[0]!) expect(Math.abs(mean - 1)).toBeLessThan(0.15);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

const withoutNumbers = (text: string): string =>
  text.replaceAll(/ *-?\d[\d,.]*/g, " #").replaceAll(/─+/g, "─");

/** The numbers in brackets of each line, as NumPy prints an array. */
const numbersOf = (text: string): number[][] =>
  Array.from(text.matchAll(/\[(.*?)\]/g), ([, numbers]) => numbers!.trim().split(/\s+/).map(Number));
