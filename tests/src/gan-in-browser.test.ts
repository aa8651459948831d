import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser, visit } from "./browser.ts";
import { type FolderServer, page, serveFolder } from "./runtimes.ts";
import { root } from "./workspace.ts";

/**
 * The main path of gan-core, bundled as an application would: models come from a server, are calibrated, and samples are drawn,
 * in Node and in a page, on wasm and webgl.
 */
interface Sampled {
  readonly backend: string;
  readonly scores: number[];
  readonly samples: number[];
  readonly shape: number[];
  readonly acceptCounts: number[];
  readonly tensorsLeft: number;
}

const patience = 120_000;
const testing = join(root, "packages/gan-core/src/testing");
const tfjs = join(root, "node_modules/@tensorflow");
let folder: string;
let server: FolderServer;

/** Bundles one of gan-core's programs; in Node TensorFlow.js stays outside, for its wasm files lie beside it. */
async function bundle(program: string, outfile: string, platform: "browser" | "node"): Promise<void> {
  await build({
    entryPoints: [join(testing, program)],
    outfile: join(folder, outfile),
    bundle: true,
    format: "esm",
    platform,
    external: platform === "node" ? ["@tensorflow/*"] : [],
    conditions: ["@mhgan/source"],
    logLevel: "error",
  });
}

/** What a program on the bundle for Node prints as JSON in its last line. */
async function inNode(expression: string): Promise<unknown> {
  const program = `
    import * as anywhere from "./node.js";
    import { smallModels } from "./models.js";
    console.log(JSON.stringify(await (${expression})));
  `;
  const args = ["--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1e8 });
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mhgan-gan-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  await bundle("sample-anywhere.ts", "node.js", "node");
  await bundle("sample-anywhere.ts", "page.js", "browser");
  await bundle("small-models.ts", "models.js", "node");
  // JSON has no bytes: the weights travel as numbers.
  const models = (await inNode(`smallModels().then((models) => Object.entries(models).map(([name, files]) =>
    [name, files["model.json"], Array.from(files["weights.bin"])]))`)) as [string, string, number[]][];
  for (const [name, topology, weights] of models) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "model.json"), topology);
    writeFileSync(join(folder, name, "weights.bin"), Uint8Array.from(weights));
  }
  mkdirSync(join(folder, "wasm"));
  const binaries = join(tfjs, "tfjs-backend-wasm/dist");
  for (const file of readdirSync(binaries).filter((name) => name.endsWith(".wasm"))) {
    copyFileSync(join(binaries, file), join(folder, "wasm", file));
  }
  server = await serveFolder(folder);
}, patience);

afterAll(async () => {
  await server?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const nodeResults = (): Promise<Sampled> =>
  inNode(`anywhere.sampleAnywhere("wasm", ${JSON.stringify(server.url)})`) as Promise<Sampled>;

const largestGap = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

it(
  "in Node the models are loaded, calibrated and sampled, and some chains move more than others",
  async () => {
    const { backend, samples, shape, acceptCounts, tensorsLeft } = await nodeResults();
    expect(backend).toBe("wasm");
    expect(shape).toEqual([10, 8, 8, 1]);
    expect(Math.max(...samples)).toBeGreaterThan(1e-3); // far more than the differences that are let pass below
    expect(new Set(samples).size).toBeGreaterThan(300);
    expect(new Set(acceptCounts).size).toBeGreaterThan(1);
    expect(tensorsLeft).toBe(0);
  },
  patience,
);

let browser: string | undefined;
try {
  browser = findBrowser(process.env);
} catch (error) {
  // One that was asked for must be there. What the user is told without any is tested in browser.test.ts.
  if (process.env["CHROMIUM"]) throw error;
}

if (browser !== undefined)
  describe("in a page", () => {
    let visits = 0;

    /** What an expression on the bundle gives in a page of a browser of its own. */
    async function inPage(expression: string): Promise<unknown> {
      const name = `gan-${++visits}`;
      const script = `
      const anywhere = await import("/page.js");
      anywhere.setWasmPaths("/wasm/");
      await send({ results: await (${expression}) });
    `;
      writeFileSync(join(folder, `${name}.html`), page({}, script));
      const message = server.message(`?${name}`);
      const sent = await visit(browser!, `${server.url}/${name}.html?${name}`, message, patience);
      const { results, error } = JSON.parse(sent) as { results?: unknown; error?: string };
      expect(error).toBeUndefined();
      return results;
    }

    it.each([
      ["wasm", 1e-7],
      ["webgl", 1e-6],
    ])(
      "%s draws the samples that Node draws on wasm",
      async (backend, tolerance) => {
        const expected = await nodeResults();
        const sampled = (await inPage(
          `anywhere.sampleAnywhere(${JSON.stringify(backend)}, location.origin)`,
        )) as Sampled;
        expect(sampled.backend).toBe(backend);
        expect(sampled.shape).toEqual(expected.shape);
        expect(sampled.acceptCounts).toEqual(expected.acceptCounts);
        expect(largestGap(sampled.samples, expected.samples)).toBeLessThan(tolerance);
        expect(largestGap(sampled.scores, expected.scores)).toBeLessThan(tolerance);
        expect(sampled.tensorsLeft).toBe(0);
      },
      patience,
    );

    it(
      "the backends of the bundle are found, and the others are told apart",
      async () => {
        const found = (await inPage("anywhere.backendsHere()")) as {
          descriptions: { backend: string; status: string }[];
          best: string;
          refusal: string;
        };
        expect(
          Object.fromEntries(found.descriptions.map(({ backend, status }) => [backend, status])),
        ).toEqual({
          "tfjs-node-gpu": "unsupported",
          "tfjs-node": "unsupported",
          webgpu: "missing",
          wasm: "usable",
          webgl: "usable",
          cpu: "missing",
        });
        expect(found.best).toBe("wasm");
        expect(found.refusal).toContain("could not start tfjs-node (it runs in Node alone)");
      },
      patience,
    );
  });
