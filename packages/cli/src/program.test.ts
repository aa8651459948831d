import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Command } from "commander";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Interruption, type Io, type Writer } from "./io.ts";
import { main } from "./main.ts";
import { program } from "./program.ts";

function collected(more: Partial<Writer> = {}): Writer & { text: string } {
  return {
    ...more,
    text: "",
    write(text) {
      this.text += text;
    },
  };
}

async function run(args: readonly string[], terminal: Partial<Writer> = {}) {
  const [stdout, stderr] = [collected(terminal), collected(terminal)];
  const code = await main(args, { stdout, stderr, signal: new AbortController().signal });
  return { code, out: stdout.text, err: stderr.text };
}

const io: Io = { stdout: collected(), stderr: collected(), signal: new AbortController().signal };

function withSubcommands(command: Command, path: readonly string[] = []): (readonly string[])[] {
  return [path, ...command.commands.flatMap((child) => withSubcommands(child, [...path, child.name()]))];
}

const paths = withSubcommands(program(io)).map((path) => [path.join(" "), path] as const);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("help", () => {
  test.each(paths)("of 'mhgan %s' has examples and fits the width", async (_title, path) => {
    const { code, out, err } = await run([...path, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(new RegExp(`^Usage: ${["mhgan", ...path].join(" ")}\\b`));
    expect(out).toMatch(/^Examples?:\n {2}\$ /m);
    expect(out).not.toContain("(default: false)");
    // Examples may be longer, and are to be copied whole.
    expect(out.split("\n").filter((line) => line.length > 80 && !line.startsWith("  $ "))).toEqual([]);
    expect((await run(["help", ...path])).out).toBe(out);
  });

  test("is what is said when nothing is asked for, with exit code 2", async () => {
    const { out } = await run(["--help"]);
    expect(await run([])).toEqual({ code: 2, out: "", err: out });
    expect(await run(["datasets"])).toMatchObject({ code: 2, out: "" });
  });

  test("has bold titles on a terminal alone, and its width", async () => {
    for (const name of ["FORCE_COLOR", "NO_COLOR"]) vi.stubEnv(name, undefined);
    expect((await run(["--help"])).out).not.toContain("\x1b");
    expect((await run(["--help"], { isTTY: true })).out).toContain("\x1b[1m");
    const narrow = (await run(["demo", "--help"], { columns: 50 })).out.split("\n");
    expect(narrow.length).toBeGreaterThan((await run(["demo", "--help"])).out.split("\n").length);
    vi.stubEnv("NO_COLOR", "1");
    expect((await run(["--help"], { isTTY: true })).out).not.toContain("\x1b");
  });

  test("imports no engine, and nothing that only commands need", async () => {
    const coverage = await mkdtemp(join(tmpdir(), "mhgan-coverage-"));
    try {
      const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
      const env = { ...process.env, NODE_V8_COVERAGE: coverage };
      await promisify(execFile)(process.execPath, [bin, "--help"], { env });
      const [file] = await readdir(coverage);
      const { result } = JSON.parse(await readFile(join(coverage, file!), "utf8")) as {
        result: { url: string }[];
      };
      const loaded = result.map(({ url }) => url).filter((url) => url.startsWith("file:"));
      expect(loaded.some((url) => url.endsWith("dist/bin.js"))).toBe(true);
      expect(
        loaded.filter((url) => /tensorflow|onnxruntime|d3-|fast-png|momoa|\/gan-core\/dist\/tfjs/.test(url)),
      ).toEqual([]);
      expect(loaded.length).toBeLessThan(60);
    } finally {
      await rm(coverage, { recursive: true });
    }
  });
});

describe("a wrong call is answered with what to do, and exit code 2", () => {
  test.each([
    [["dmo"], "mhgan: unknown command 'dmo'. Did you mean demo?\nmhgan --help shows the commands\n"],
    [
      ["dmo", "--help"],
      "mhgan: unknown command 'dmo'. Did you mean demo?\nmhgan --help shows the commands\n",
    ],
    [["help", "dmo"], "mhgan: unknown command 'dmo'. Did you mean demo?\nmhgan --help shows the commands\n"],
    [["datasets", "fetsh"], "Did you mean fetch?\nmhgan datasets --help shows the commands\n"],
    [
      ["demo", "--sed", "3"],
      "unknown option '--sed'. Did you mean --seed?\nmhgan demo --help shows the options\n",
    ],
    [["demo", "--conf", "x"], "Did you mean --config?"],
    [["--seed", "3", "demo"], "unknown option '--seed'. Options of a command stand after it.\n"],
    [["demo", "now"], "too many arguments for 'demo'. Expected 0 arguments but got 1"],
    [["demo", "--steps"], "option '--steps <n>' argument missing"],
    [["datasets", "info"], "missing required argument 'name'\nmhgan datasets info --help"],
    [["datasets", "info", "mnits"], "Allowed choices are fashion-mnist, mnist"],
    [["demo", "--config", "/no/such/file"], "--config /no/such/file cannot be read: there is no such file\n"],
  ])("%j", async (args, answer) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^mhgan: /);
    expect(err).toContain(answer);
  });
});

describe("an error", () => {
  /** What main says if a command ends so. Writing is the first thing this command does. */
  async function said(error: Error, args: readonly string[] = [], stop?: Error) {
    const controller = new AbortController();
    const stderr = collected();
    const stdout = {
      write() {
        if (stop) controller.abort(stop);
        throw error;
      },
    };
    const code = await main(["datasets", "list", ...args], { stdout, stderr, signal: controller.signal });
    return { code, err: stderr.text };
  }

  test("is one line, its stack only if asked for", async () => {
    const full = Object.assign(new Error("could not write x: ENOSPC: no space left on device"), {
      code: "ENOSPC",
    });
    expect(await said(full)).toEqual({ code: 1, err: `mhgan: ${full.message}\n` });
    expect((await said(full, ["--verbose"])).err).toMatch(/ENOSPC.*\n(.*\n)*? {4}at /);
    vi.stubEnv("MHGAN_DEBUG", "1");
    expect((await said(full)).err).toMatch(/\n {4}at /);
  });

  test("of the language itself is called a mistake of ours", async () => {
    const { code, err } = await said(new TypeError("x is not a function"));
    expect(code).toBe(1);
    expect(err).toContain(
      "mhgan: internal error: x is not a function\n--verbose shows where; please report it",
    );
    const wrong = new RangeError("loadMnist: attempts must be an integer from 1, got 0");
    expect((await said(wrong)).err).toBe("mhgan: attempts must be an integer from 1, got 0\n");
  });

  test("after a signal is no error", async () => {
    const error = new Error("anything");
    const left = "nothing half-written was left";
    expect(await said(error, [], new Error("stop"))).toEqual({
      code: 130,
      err: `mhgan: interrupted; ${left}\n`,
    });
    expect(await said(error, [], new Interruption("terminated", 143))).toEqual({
      code: 143,
      err: `mhgan: terminated; ${left}\n`,
    });
  });
});
