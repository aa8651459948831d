import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ApiEntry,
  type ApiReport,
  apiEntries,
  apiReport,
  exportedNames,
  reports,
  unreachable,
} from "./api-report.ts";

const outdated = "the public API changed: run `npm run api` and commit tests/api";
const found = new Map<ApiEntry, ApiReport>();

beforeAll(() => {
  const unbuilt = apiEntries.filter(({ declarations }) => !existsSync(declarations));
  if (unbuilt.length > 0)
    throw new Error(`run "npm run build" first: ${unbuilt.map(({ specifier }) => specifier)} has no dist`);
  for (const entry of apiEntries) found.set(entry, apiReport(entry));
});

describe("the reports of the public API", () => {
  it("are one for each entry of a library", () => {
    expect(apiEntries.map(({ specifier }) => specifier)).toEqual([
      "@mhgan/mcmc",
      "@mhgan/mcmc/diagnostics",
      "@mhgan/mcmc/predictions",
      "@mhgan/calibration",
      "@mhgan/metrics",
      "@mhgan/datasets",
      "@mhgan/gan-core",
      "@mhgan/gan-core/tfjs",
      "@mhgan/gan-core/node",
      "@mhgan/gan-core/onnx",
    ]);
    expect(readdirSync(reports).sort(), outdated).toEqual(
      apiEntries.map(({ report }) => basename(report)).sort(),
    );
  });

  it.each(apiEntries)("say what $specifier exports", (entry) => {
    const { text, problems } = found.get(entry)!;
    expect(problems).toEqual([]);
    expect(text, `${entry.specifier}: ${outdated}`).toBe(readFileSync(entry.report, "utf8"));
  });

  it.each(apiEntries)("mention of $specifier only types that users can import", (entry) => {
    expect(exportedNames(found.get(entry)!.text)).not.toEqual([]);
    expect(unreachable(entry, found)).toEqual([]);
  });
});

describe("a report", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mhgan-api-test-"));
    writeFileSync(join(folder, "package.json"), '{ "name": "example", "version": "1.0.0" }');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** An entry of a package that exists only here. */
  function entry(name: string, declarations: string): ApiEntry {
    const path = join(folder, `${name}.d.ts`);
    writeFileSync(path, declarations);
    return {
      specifier: `example/${name}`,
      declarations: path,
      report: join(folder, `${name}.api.md`),
      manifest: join(folder, "package.json"),
    };
  }

  it("changes with what users see, and not with the order or the words of comments", () => {
    const one = (comment: string, value = 1): string => `/** ${comment} */\ndeclare const one: ${value};\n`;
    const two = "/** Two. */\ndeclare const two: 2;\n";
    const text = (declarations: string): string => apiReport(entry("text", declarations)).text;
    const before = text(`${one("One.")}${two}export { one, two };`);
    expect(before).toContain("export const one: 1;");
    expect(text(`${two}${one("The first.")}export { two, one };`)).toBe(before);
    expect(text(`${one("One.", 3)}${two}export { one, two };`)).not.toBe(before);
    expect(text(`${one("One.")}export { one };`)).not.toBe(before);
  });

  it("tells of a type that users cannot import from any entry", () => {
    const first = entry(
      "first",
      "interface Hidden {} interface Shown {} export declare function f(a: Hidden, b: Shown): void; export {};",
    );
    const second = entry("second", "interface Shown {} export { type Shown };");
    const all = new Map([first, second].map((each) => [each, apiReport(each)]));
    expect(all.get(first)?.forgotten).toEqual(["Hidden", "Shown"]);
    expect(unreachable(first, all)).toEqual(["Hidden"]);
    expect(unreachable(second, all)).toEqual([]);
  });

  it("lists every kind of export", () => {
    const { text } = apiReport(
      entry(
        "kinds",
        `declare abstract class A {} declare function b(): void; interface C {} type D = 1; declare const e: 2;
         declare enum F { G } interface Selection {} export { A, b, type C, type D, e, F, type Selection, e as h };`,
      ),
    );
    expect(exportedNames(text)).toEqual(["A", "C", "D", "F", "Selection", "b", "e", "h"]);
  });
});
