import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { jsonlLog } from "./jsonl-log.ts";

let path: string;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-log-"));
  path = join(folder, "run", "log.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const entry = (step: number) => ({
  step,
  discriminatorLoss: 1 / step,
  generatorLoss: 0.5,
  discriminatorRate: 0.1,
  generatorRate: 0.1,
});
const lines = (...steps: number[]) => steps.map((step) => `${JSON.stringify(entry(step))}\n`).join("");

describe("jsonlLog", () => {
  test("writes a line an entry, each at once", async () => {
    const log = jsonlLog(path);
    await log(entry(1));
    expect(await readFile(path, "utf8")).toBe(lines(1));
    await log(entry(2));
    expect(await readFile(path, "utf8")).toBe(lines(1, 2));
  });

  test("forgets what is after the step that a run resumes from, and a line that was being written", async () => {
    const log = jsonlLog(path);
    for (const step of [5, 10, 15, 20]) await log(entry(step));
    await appendFile(path, '{"step":25,"discr');
    const again = jsonlLog(path);
    await again.rewind!(12);
    expect(await readFile(path, "utf8")).toBe(lines(5, 10));
    await again(entry(15));
    await again.sync!();
    expect(await readFile(path, "utf8")).toBe(lines(5, 10, 15));
    await again.rewind!(0);
    expect(await readFile(path, "utf8")).toBe("");
  });

  test("keeps a half line out even where all whole ones stay", async () => {
    await jsonlLog(path)(entry(1));
    await appendFile(path, '{"step"');
    const log = jsonlLog(path);
    await log.rewind!(9);
    await log(entry(2));
    expect(await readFile(path, "utf8")).toBe(lines(1, 2));
  });

  test("starts where there is nothing", async () => {
    const log = jsonlLog(path);
    await log.sync!();
    await log.rewind!(0);
    await log(entry(1));
    expect(await readFile(path, "utf8")).toBe(lines(1));
  });

  test("does not write behind another run's entries, nor into files that are no log", async () => {
    await jsonlLog(path)(entry(1));
    await expect(jsonlLog(path)(entry(1))).rejects.toThrow("must be new or empty where no run resumes");
    await writeFile(path, `${lines(1)}Dear diary\n${lines(2)}`);
    await expect(jsonlLog(path).rewind!(5)).rejects.toThrow(`line 2 of ${path} must be an entry`);
    await writeFile(path, "null\n");
    await expect(jsonlLog(path).rewind!(5)).rejects.toThrow("line 1");
    expect(await readFile(path, "utf8")).toBe("null\n");
  });
});
