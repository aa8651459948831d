import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { machine } from "./machine.ts";
import { speedRecord } from "./speed-record.ts";
import { writeRecords } from "./write-records.ts";

const result = (name: string) => ({
  name,
  title: "T",
  unit: "ms",
  better: "lower" as const,
  repeats: 1,
  peers: { NumPy: "2.4.6" },
  cases: [{ name: "c", unit: "ms", contestants: [{ name: "ours", median: 1, values: [1] }] }],
});

test("a record says how it came about, and lies in two files of its name", () => {
  const folder = mkdtempSync(join(tmpdir(), "records-"));
  try {
    writeFileSync(join(folder, "a.json"), "older");
    const records = ["a", "b"].map((name) => speedRecord(result(name), { seconds: 1.4, commit: "abc" }));
    writeRecords(records, folder);
    expect(readdirSync(folder).sort()).toEqual(["a.json", "a.md", "b.json", "b.md"]);
    const read = JSON.parse(readFileSync(join(folder, "a.json"), "utf8"));
    expect(read).toMatchObject({ name: "a", command: "npm run bench -- a", seconds: 1, commit: "abc" });
    expect(read.machine).toEqual(machine());
    expect(read.peers).toEqual({ NumPy: "2.4.6" });
    expect(Date.now() - Date.parse(read.date)).toBeLessThan(600_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
