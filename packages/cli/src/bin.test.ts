import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The built program as a process of its own: `npm test` builds before it tests.
const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-bin-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function start(
  args: readonly string[],
  options: readonly string[] = [],
): {
  child: ChildProcess;
  ended: Promise<Ended>;
  training: Promise<void>;
} {
  const child = spawn(process.execPath, [...options, bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  const training = new Promise<void>((resolve) => {
    child.stderr.on("data", (chunk) => {
      err += chunk;
      if (err.includes("Training")) setTimeout(resolve, 500);
    });
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, ended, training };
}

describe("the mhgan program", () => {
  test("prints help and version, and exits with 2 when called wrongly", async () => {
    const [help, version, wrong] = await Promise.all([
      start(["--help"]).ended,
      start(["--version"]).ended,
      start(["demo", "--draws", "none"]).ended,
    ]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toContain("demo");
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(wrong).toMatchObject({ code: 2, out: "" });
  });

  test.each([
    ["SIGINT", 130, "interrupted"],
    ["SIGTERM", 143, "terminated"],
  ] as const)("%s ends it with %i and no file", async (signal, code, word) => {
    const out = join(folder, signal);
    const { child, ended, training } = start(["demo", "--steps", "10000000", "--out", out]);
    await training;
    child.kill(signal);
    expect(await ended).toMatchObject({ code, out: "", err: expect.stringContaining(`mhgan: ${word};`) });
    expect(await readdir(out)).toEqual([]);
  });

  test("after kill -9 the same command runs, and its folder holds whole files alone", async () => {
    const out = join(folder, "killed");
    const { child, ended, training } = start(["demo", "--steps", "10000000", "--out", out]);
    await training;
    child.kill("SIGKILL");
    expect(await ended).toMatchObject({ code: null, signal: "SIGKILL" });
    const small = ["demo", "--steps", "5", "--draws", "10", "--chain-length", "2", "--out", out];
    expect(await start(small).ended).toMatchObject({ code: 0 });
    expect((await readdir(out)).sort()).toEqual(["report.html", "run.json"]);
  });

  test("says so first if Node is too old", async () => {
    const older = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.9" } })`;
    const args = ["--import", `data:text/javascript,${encodeURIComponent(older)}`, bin, "--version"];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
    expect(stderr).toBe("mhgan: Node 20.18.9 is not supported; it must be >=20.19\n");
    expect(stdout).toMatch(/^\d/);
  });

  /** Starts an endless demo, with a handler of SIGINT besides the program's own. */
  async function withHandler(name: string, handler: string) {
    const preload = `setTimeout(() => process.on("SIGINT", function handler() { ${handler} }), 400)`;
    const started = start(
      ["demo", "--steps", "10000000", "--out", join(folder, name)],
      [`--import=data:text/javascript,${encodeURIComponent(preload)}`],
    );
    await started.training;
    return started;
  }

  test("a second Ctrl-C ends it at once, even where it is too busy to look", async () => {
    const { child, ended } = await withHandler(
      "twice",
      `process.off("SIGINT", handler);
       setTimeout(() => {
         process.stderr.write("busy");
         for (const end = Date.now() + 20_000; Date.now() < end; );
       });`,
    );
    const busy = new Promise<void>((resolve) => {
      child.stderr!.on("data", (text) => `${text}`.includes("busy") && resolve());
    });
    child.kill("SIGINT");
    await busy;
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: null, signal: "SIGINT" });
    // Its lock may be left, as of any process that is killed: the next one takes it when it is stale.
    const left = await readdir(join(folder, "twice"));
    expect(left.filter((name) => name !== ".demo.lock")).toEqual([]);
  });

  test("a library that ends the process if nobody else handles Ctrl-C does not", async () => {
    const { child, ended } = await withHandler(
      "library",
      `if (process.listenerCount("SIGINT") > 1) return;
       process.off("SIGINT", handler);
       process.kill(process.pid, "SIGINT");`,
    );
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130 });
  });

  test("does not mind a reader that leaves early", async () => {
    const { child, ended } = start(["--help"]);
    child.stdout!.destroy();
    expect((await ended).code).toBe(0);
  });
});
