import { describe, expect, it } from "vitest";
import { exitCode, findingsTable, RehearsalEnd, RehearsalReport } from "./rehearsal-report.ts";
import { redactor } from "./secrets.ts";

async function rehearse() {
  const said: string[] = [];
  const report = new RehearsalReport(redactor(["secret"]), (line) => said.push(line));
  await report.try("pack", () => "6 tarballs");
  report.missing("Bun", "no build for this machine");
  const fails = report.must("publish", () => Promise.reject(new Error("401 for secret\nmore")));
  await expect(fails).rejects.toThrow(RehearsalEnd);
  return { findings: report.findings, said };
}

describe("a rehearsal's report", () => {
  it("holds what was seen, without secrets", async () => {
    const { findings, said } = await rehearse();
    expect(findings.map(({ step, verdict, seen }) => [step, verdict, seen])).toEqual([
      ["pack", "passed", "6 tarballs"],
      ["Bun", "missing", "no build for this machine"],
      ["publish", "failed", "401 for ***\nmore"],
    ]);
    expect(said.join()).not.toContain("secret");
    expect(findingsTable(findings)).toMatch(
      /^✓ pack {7}0\.\d s {2}6 tarballs\n– Bun .* not here: no build.*\n✗ publish .*401 for \*\*\*\n$/,
    );
  });

  it("ends with 1 where something failed, or nothing was done, or something had to be there", async () => {
    const { findings } = await rehearse();
    expect(exitCode(findings, false)).toBe(1);
    expect(exitCode(findings.slice(0, 2), false)).toBe(0);
    expect(exitCode(findings.slice(0, 2), true)).toBe(1);
    expect(exitCode([], false)).toBe(1);
  });
});
