import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatNpy } from "@mhgan/datasets";
import { normal, randomStream } from "@mhgan/mcmc";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// `mhgan select` of the built program, as a process of its own: `npm test` builds before it tests.
const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

let folder: string;
let files: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-select-program-"));
  const random = randomStream(1);
  const save = async (name: string, length: number, mean: number) => {
    const data = Float64Array.from({ length }, () => mean + normal(random));
    await writeFile(join(folder, name), formatNpy({ data, shape: [length] }));
    return join(folder, name);
  };
  files = ["--fake", await save("fake.npy", 200_000, 0), "--real", await save("real.npy", 2000, 1)];
});
afterAll(() => rm(folder, { recursive: true }));

interface Ran {
  readonly args: readonly string[];
  readonly node?: readonly string[];
  readonly input?: Uint8Array;
  /** Whether the reader of its output goes away after the first of it. */
  readonly leaves?: boolean;
}

function run({ args, node = [], input, leaves = false }: Ran) {
  const child = spawn(process.execPath, [...node, bin, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
    if (leaves) child.stdout.destroy();
  });
  child.stderr.on("data", (chunk) => (err += chunk));
  child.stdin.end(input);
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, out, err })),
  );
}

/** Options of Node under which whatever imports a module of TensorFlow fails. */
const trapped = (() => {
  const hook = `export function resolve(name, context, next) {
    if (name.includes("tensorflow") || name.endsWith("/tfjs")) throw new Error("trapped " + name);
    return next(name, context);
  }`;
  const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(url(hook))});`;
  return ["--import", url(register)];
})();

describe("the mhgan program, selecting", () => {
  test("imports no module of TensorFlow, as other commands do", async () => {
    const args = ["select", ...files, "--draws", "100", "--explain", "--method", "auto"];
    const selected = await run({ args, node: trapped });
    expect(selected).toMatchObject({ code: 0, err: expect.stringContaining("100 draws") });
    const demo = ["demo", "--steps", "1", "--draws", "1", "--out", join(folder, "demo")];
    const caught = await run({ args: demo, node: trapped });
    expect(caught).toMatchObject({ code: 1, err: expect.stringContaining("trapped") });
  });

  test("reads what is piped in", async () => {
    const [, fake, ...real] = files as [string, string, ...string[]];
    const fromFile = await run({ args: ["select", ...files, "--draws", "100"] });
    const args = ["select", "--fake", "-", "--format", "npy", ...real, "--draws", "100"];
    const piped = await run({ args, input: await readFile(fake) });
    expect(piped).toEqual(fromFile);
    expect(piped.out.split("\n")).toHaveLength(102);
    const nothing = await run({ args });
    expect(nothing).toMatchObject({
      code: 1,
      err: expect.stringContaining("standard input must start with"),
    });
  });

  test("does not mind a reader that leaves early", async () => {
    const { code, out, err } = await run({ args: ["select", ...files, "--method", "weights"], leaves: true });
    expect([code, err.includes("EPIPE")]).toEqual([0, false]);
    expect(out.startsWith("index,weight\n")).toBe(true);
    expect(out.split("\n").length).toBeLessThan(200_000);
  });
});
