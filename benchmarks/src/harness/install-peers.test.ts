import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Installer, installPeers } from "./install-peers.ts";
import { installedMark, pythonOf } from "./peer-python.ts";

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "install-"));
  folder = join(parent, "peers");
});
afterEach(() => rmSync(parent, { recursive: true }));

/** Runs nothing, but notes what would be run. */
function pretend(options: { version?: string; reaches?: boolean; fails?: boolean } = {}) {
  const { version = "3.11.7", reaches = true, fails = false } = options;
  const runs: string[] = [];
  const installer: Installer = {
    run: (program, args) => {
      runs.push([program, ...args].join(" "));
      if (args[0] === "-c") return `${version}\n`;
      if (args[1] === "venv") mkdirSync(args[2]!);
      if (args[1] === "pip" && fails) throw new Error("pip failed");
      return "";
    },
    reaches: async () => reaches,
    log: () => {},
  };
  return { runs, installer };
}

test("makes an environment once, and again when it is not as the requirements say", async () => {
  const first = pretend();
  await installPeers(folder, "py", first.installer);
  expect(first.runs[1]).toBe(`py -m venv ${folder}`);
  expect(first.runs[2]).toMatch(`${pythonOf(folder)} -m pip install`);
  expect(existsSync(installedMark(folder))).toBe(true);
  const second = pretend();
  await installPeers(folder, "py", second.installer);
  expect(second.runs).toEqual([]);
  writeFileSync(installedMark(folder), "numpy==1\n");
  await installPeers(folder, "py", second.installer);
  expect(second.runs.length).toBe(3);
});

test("an installation that fails leaves nothing behind", async () => {
  await expect(installPeers(folder, "py", pretend({ fails: true }).installer)).rejects.toThrow("pip failed");
  expect(existsSync(folder)).toBe(false);
});

test.runIf(process.platform === "linux")("takes PyTorch for the CPU where it can be had", async () => {
  const near = pretend();
  await installPeers(folder, "py", near.installer);
  expect(near.runs[2]).toContain("--extra-index-url");
  rmSync(folder, { recursive: true });
  const far = pretend({ reaches: false });
  await installPeers(folder, "py", far.installer);
  expect(far.runs[2]).not.toContain("--extra-index-url");
});

test("a Python that is too old is refused before anything is removed", async () => {
  mkdirSync(folder);
  const old = installPeers(folder, "py", pretend({ version: "3.9.2" }).installer);
  await expect(old).rejects.toThrow("needs Python 3.11 or newer, got 3.9.2 of py");
  expect(existsSync(folder)).toBe(true);
});
