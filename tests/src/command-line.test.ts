import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installedProgram } from "./command-line/installed-program.ts";
import { testRunFolders } from "./command-line/run-folders.ts";
import { testSelect } from "./command-line/select.ts";
import { screenText } from "./recordings/screen-text.ts";

const program = installedProgram();
const { start, mhgan, bash, outOf } = program;

const small = ["demo", "--steps", "3", "--draws", "10", "--chain-length", "2"];
const endless = ["demo", "--steps", "100000000"];

describe("mhgan doctor", () => {
  /** Puts a package that does this when it is imported beside the installed ones, while the action runs. */
  async function withTfjsNode<T>(code: string, action: () => Promise<T>): Promise<T> {
    const folder = join(program.project, "node_modules/@tensorflow/tfjs-node");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), '{"name": "@tensorflow/tfjs-node", "main": "index.cjs"}');
    writeFileSync(join(folder, "index.cjs"), code);
    try {
      return await action();
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it("finds what runs, and says nothing else", async () => {
    const { code, out, err } = await mhgan("doctor", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trim().split("\n")).toHaveLength(1);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ ok: true, backend: "wasm", workingFolder: { writable: true } });
    expect(report.speed.matrixProductGflops).toBeGreaterThan(0);
    expect(report.backends[1]).toMatchObject({
      status: "missing",
      advice: "npm install @tensorflow/tfjs-node",
    });
    expect(report.onnxRuntimes[0]).toMatchObject({
      status: "missing",
      advice: "npm install onnxruntime-node",
    });
    expect(report.datasets).toContainEqual(expect.objectContaining({ name: "mnist", status: "missing" }));
    expect(existsSync(join(program.temporary, "cache"))).toBe(false);
  });

  it("keeps what a broken package writes out of its answer", async () => {
    const noise = `console.log("Hi!"); process.stdout.write("Hi!"); throw new Error("dlopen failed");`;
    const { code, out, err } = await withTfjsNode(noise, () => mhgan("doctor", "--json"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ ok: true, backend: "wasm" });
    expect(JSON.parse(out).backends[1]).toMatchObject({ backend: "tfjs-node", status: "broken" });
  });

  it("survives a package that takes its process down, and names it", async () => {
    const { code, out, err } = await withTfjsNode("process.kill(process.pid, 'SIGILL'); for (;;);", () =>
      mhgan("doctor"),
    );
    expect(code).toBe(1);
    expect(out).toContain("✗ tfjs-node");
    expect(out).toContain("it ended the process (SIGILL)");
    expect(err).toMatch(/^mhgan: cannot run as it is: tfjs-node cannot be tried safely/);
  });
});

describe("mhgan datasets", () => {
  it("describes them for machines", async () => {
    const { code, out } = await mhgan("datasets", "info", "kmnist", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ command: "datasets info", licence: "CC BY-SA 4.0" });
  });

  it("says what to do where one is missing", async () => {
    const { code, out, err } = await mhgan("datasets", "path", "mnist", "--cache-dir", outOf("nothing"));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^mhgan: mnist is not whole in .*; get it: mhgan datasets fetch mnist\n$/);
  });
});

describe("--config", () => {
  it("gives options, behind those of the command line", async () => {
    const file = join(program.temporary, "small.json");
    const options = { steps: 3, draws: 10, "chain-length": 2, seed: 7, json: true, out: outOf("config") };
    writeFileSync(file, JSON.stringify(options));
    const { code, out } = await mhgan("demo", "--config", file, "--seed", "9");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ seed: 9, steps: 3 });
    const record = readFileSync(join(outOf("config"), "run.json"), "utf8");
    for (const option of ['"seed": 9', '"steps": 3', '"draws": 10', '"chainLength": 2']) {
      expect(record).toContain(`${option},`);
    }
  });

  it("names the place of what is wrong", async () => {
    const file = join(program.temporary, "wrong.json");
    writeFileSync(file, '{\n  "seed": 1,\n  "step": 3\n}');
    const { code, err } = await mhgan("demo", "--config", file);
    expect(code).toBe(2);
    expect(err).toContain(`${file}:3:3: unknown option "step". Did you mean "steps"?`);
  });
});

describe("a wrong call", () => {
  it("ends with 2 and says what was meant", async () => {
    const [flag, command, nothing] = await Promise.all([
      mhgan("demo", "--sede", "1"),
      mhgan("demmo"),
      mhgan(),
    ]);
    expect(flag).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Did you mean --seed?") });
    expect(command).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Did you mean demo?") });
    expect(nothing).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Usage: mhgan") });
  });
});

describe("a pipe", () => {
  it("that is closed early is no error", async () => {
    expect(await bash("mhgan --help | true")).toMatchObject({ code: 0, err: "" });
    expect(await bash("mhgan datasets list | head -n 1")).toMatchObject({ code: 0, err: "" });
  });

  it("of progress that nobody reads does not stop the work", async () => {
    const { child, ended } = start(process.execPath, [
      program.bin,
      ...small,
      "--json",
      "--out",
      outOf("unread"),
    ]);
    child.stderr!.destroy();
    const { code, out } = await ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ command: "demo" });
  });
});

describe("Ctrl-C", () => {
  it("ends a demo with 130 and leaves nothing half-written", async () => {
    const out = outOf("interrupted");
    const { child, ended, says } = start(process.execPath, [program.bin, ...endless, "--out", out]);
    await says("Training");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({
      code: 130,
      out: "",
      err: expect.stringContaining("mhgan: interrupted"),
    });
    expect(readdirSync(out)).toEqual([]);
  });

  it("leaves the cursor of a terminal on a line of its own", async () => {
    // util-linux: gives a program a terminal, and its exit code is that of the program.
    const line = `stty cols 60; exec '${process.execPath}' '${program.bin}' ${endless.join(" ")} --out '${outOf("terminal")}'`;
    const { child, ended, says } = start("script", ["-qefc", line, "/dev/null"]);
    await says("steps/s");
    child.stdin!.write("\x03");
    const { code, out } = await ended;
    expect(code).toBe(130);
    const shown = (await screenText(out, 60)).trimEnd().split("\n");
    expect(shown).toHaveLength(3);
    expect(shown[1]).toMatch(/^train: [\d,]+ of 100,000,000 steps, [\d.,]+ steps\/s, /);
    expect(shown[2]).toBe("mhgan: interrupted; nothing half-written was left");
  });
});

describe("a full disk", () => {
  it("is one line, and no file is half-written", async () => {
    // A file may have 8 kB here: a real refusal of the system in the middle of writing.
    const out = outOf("full");
    const { code, err } = await bash(`ulimit -f 8; mhgan ${small.join(" ")} --out '${out}'`);
    expect(code).toBe(1);
    expect(err.split("\n").filter((line) => line.startsWith("mhgan:"))).toEqual([
      expect.stringMatching(/^mhgan: could not write .*report\.html: EFBIG/),
    ]);
    expect(err).not.toMatch(/^ {4}at /m);
    expect(readdirSync(out)).toEqual([]);
  });

  it("under the result is said too", async () => {
    const { code, err } = await bash("mhgan datasets list > /dev/full");
    expect(code).toBe(1);
    expect(err).toMatch(/^mhgan: could not write the result: ENOSPC/);
  });
});

testRunFolders(program);
testSelect(program);
