import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./workspace.ts";

/**
 * What `useBackend` and `describeBackends` make of packages that are absent, that are installed without what they need, and that work.
 * Each program runs in a Node of its own, in a folder whose node_modules holds the real TensorFlow.js and stand-ins of the optional packages.
 */
const node = promisify(execFile);
let folder: string;

/** A stand-in for the addon: the cpu backend under the addon's name. */
const addon = (instance: string, before = ""): string => `
  ${before}
  const tf = require("@tensorflow/tfjs-core");
  const { MathBackendCPU } = require("@tensorflow/tfjs-backend-cpu");
  tf.copyRegisteredKernels("cpu", "tensorflow");
  tf.registerBackend("tensorflow", () => Object.assign(new MathBackendCPU(), ${instance}), 3);
`;
const withoutBinding = `throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: /x. \\nPlease run command");`;

/** Runs a program in a folder that has these stand-ins, by name; gives what it prints as JSON. */
async function inNode(standIns: Record<string, string>, program: string): Promise<unknown> {
  const place = mkdtempSync(join(folder, "case-"));
  const packages = join(place, "node_modules");
  mkdirSync(join(packages, "@tensorflow"), { recursive: true });
  for (const real of ["tfjs-core", "tfjs-layers", "tfjs-backend-cpu", "tfjs-backend-wasm"]) {
    symlinkSync(join(root, "node_modules/@tensorflow", real), join(packages, "@tensorflow", real));
  }
  for (const [name, code] of Object.entries(standIns)) {
    rmSync(join(packages, name), { force: true });
    mkdirSync(join(packages, name), { recursive: true });
    writeFileSync(join(packages, name, "package.json"), JSON.stringify({ name, main: "index.cjs" }));
    if (code !== "") writeFileSync(join(packages, name, "index.cjs"), code);
  }
  copyFileSync(join(folder, "gan-core.js"), join(place, "gan-core.js"));
  writeFileSync(
    join(place, "program.mjs"),
    `import { useBackend, describeBackends } from "./gan-core.js";
     import * as tf from "@tensorflow/tfjs-core";
     const attempt = (name) => useBackend(name).catch(({ name, message, status, reason, advice }) => ({ name, message, status, reason, advice }));
     const sum = async () => [...(await tf.add([1], [2]).data())][0];
     ${program}`,
  );
  const { stdout } = await node(process.execPath, ["program.mjs"], { cwd: place });
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

const print = (expression: string): string => `console.log(JSON.stringify(${expression}));`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mhgan-backends-"));
  await build({
    entryPoints: [join(root, "packages/gan-core/src/tfjs/index.ts")],
    outfile: join(folder, "gan-core.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    external: ["@tensorflow/*"],
    conditions: ["@mhgan/source"],
    logLevel: "error",
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("tfjs-node", () => {
  it("is taken before wasm if it loads", async () => {
    const found = await inNode(
      { "@tensorflow/tfjs-node": addon("{ isGPUPackage: false, isUsingGpuDevice: false }") },
      print("[await useBackend(), tf.getBackend(), await sum()]"),
    );
    const gpu = { backend: "tfjs-node-gpu", status: "missing" };
    expect(found).toMatchObject([{ backend: "tfjs-node", failures: [gpu] }, "tensorflow", 3]);
  });

  it("without its native library is an error that says so, and another backend is taken unasked", async () => {
    const found = (await inNode(
      { "@tensorflow/tfjs-node": withoutBinding },
      print(`[await attempt("tfjs-node"), await useBackend(), await sum()]`),
    )) as [{ message: string }, { backend: string; failures: { reason: string }[] }, number];
    expect(found[0]).toMatchObject({
      name: "BackendError",
      status: "broken",
      reason: expect.stringMatching(
        /^@tensorflow\/tfjs-node is installed, but its native library is missing: The Node\.js native addon module/,
      ),
      advice: expect.stringMatching(
        /^npm rebuild @tensorflow\/tfjs-node, or build it, see https:.*backends\.md$/,
      ),
    });
    expect(found[0].message).toContain(
      "useBackend: could not start tfjs-node (@tensorflow/tfjs-node is installed, but",
    );
    expect(found[1]).toMatchObject({ backend: "wasm", failures: { length: 3 } });
    expect(found[1].failures[1]).toMatchObject({ backend: "tfjs-node", status: "broken" });
    expect(found[2]).toBe(3);
  });

  it.each([
    [
      "lacks a package of its own",
      `require("long-gone");`,
      /but it does not load: Cannot find module 'long-gone'/,
    ],
    ["has no code", "", /but it does not load: Cannot find package /],
    ["fails in its first line", `throw new TypeError("no");`, /but it does not load: no$/],
    [
      "finds no library",
      `throw new Error("libtensorflow.so.2: cannot open shared object file");`,
      /native library is missing/,
    ],
  ])("is broken if it %s", async (_what, code, reason) => {
    const found = await inNode({ "@tensorflow/tfjs-node": code }, print(`await attempt("tfjs-node")`));
    expect(found).toMatchObject({ status: "broken", reason: expect.stringMatching(reason) });
  });

  it("is broken if it loads but does not start; the backend in use stays", async () => {
    const starts = `
      const tf = require("@tensorflow/tfjs-core");
      tf.registerBackend("tensorflow", () => { throw new Error("out of memory"); });
    `;
    const found = await inNode(
      { "@tensorflow/tfjs-node": starts },
      `await useBackend("cpu"); ${print(`[await attempt("tfjs-node"), tf.getBackend(), await sum()]`)}`,
    );
    const reason = "it was loaded but did not start: out of memory";
    expect(found).toMatchObject([{ status: "broken", reason }, "cpu", 3]);
  });

  it("gets the functions that Node 23 removed", async () => {
    const calls = `if (!require("util").isNullOrUndefined(null) || !require("util").isArray([])) throw new Error("no");`;
    const found = await inNode(
      { "@tensorflow/tfjs-node": addon("{}", calls) },
      `const util = process.getBuiltinModule("util");
       delete util.isNullOrUndefined;
       delete util.isArray;
       const { backend } = await useBackend("tfjs-node");
       ${print("[backend, util.isNullOrUndefined(0), util.isArray({})]")}`,
    );
    expect(found).toEqual(["tfjs-node", false, false]);
  });
});

describe("tfjs-node-gpu", () => {
  it("is taken first if it has a GPU", async () => {
    const found = await inNode(
      { "@tensorflow/tfjs-node-gpu": addon("{ isGPUPackage: true, isUsingGpuDevice: true }") },
      print("[await useBackend(), await sum()]"),
    );
    expect(found).toEqual([{ backend: "tfjs-node-gpu", failures: [] }, 3]);
  });

  it("without a GPU is refused, not run on the processor", async () => {
    const found = await inNode(
      { "@tensorflow/tfjs-node-gpu": addon("{ isGPUPackage: true, isUsingGpuDevice: false }") },
      `await useBackend("cpu"); ${print(`[await attempt("tfjs-node-gpu"), tf.getBackend(), (await useBackend()).backend]`)}`,
    );
    const reason = expect.stringContaining("it finds no NVIDIA GPU with CUDA and cuDNN");
    expect(found).toMatchObject([{ status: "unsupported", reason }, "cpu", "wasm"]);
  });

  it("cannot be had in a process that runs tfjs-node", async () => {
    const found = await inNode(
      {
        "@tensorflow/tfjs-node-gpu": `require("@tensorflow/tfjs-node");`,
        "@tensorflow/tfjs-node": addon("{ isGPUPackage: false, isUsingGpuDevice: false }"),
      },
      print(`[await attempt("tfjs-node-gpu"), await attempt("tfjs-node")]`),
    );
    const reason = "tfjs-node was loaded before it, and a process can hold one of the two";
    expect(found).toMatchObject([{ status: "unsupported", reason }, { backend: "tfjs-node" }]);
  });
});

describe("webgpu in Node", () => {
  /** A stand-in for Dawn that finds one adapter, or none. */
  const dawn = (adapter: string): string => `
    exports.globals = { GPUBufferUsage: {} };
    exports.create = () => ({ requestAdapter: async () => (${adapter}) });
  `;
  /** As the real one it registers nothing without navigator.gpu. */
  const backend = `
    if (globalThis.navigator?.gpu && globalThis.GPUBufferUsage) {
      const tf = require("@tensorflow/tfjs-core");
      const { MathBackendCPU } = require("@tensorflow/tfjs-backend-cpu");
      tf.copyRegisteredKernels("cpu", "webgpu");
      tf.registerBackend("webgpu", async () => new MathBackendCPU(), 3);
    }
  `;
  const webgpu = (adapter: string) => ({ webgpu: dawn(adapter), "@tensorflow/tfjs-backend-webgpu": backend });

  it("is taken before wasm if it has a GPU", async () => {
    const found = await inNode(webgpu("{ info: {} }"), print("[(await useBackend()).backend, await sum()]"));
    expect(found).toEqual(["webgpu", 3]);
  });

  it("without the package webgpu says which one is missing", async () => {
    const { webgpu: _, ...half } = webgpu("null");
    expect(await inNode(half, print(`await attempt("webgpu")`))).toMatchObject({
      status: "missing",
      reason: "webgpu is not installed",
      advice: "npm install @tensorflow/tfjs-backend-webgpu webgpu",
    });
  });

  it("without an adapter is unsupported", async () => {
    const found = await inNode(webgpu("null"), print(`await attempt("webgpu")`));
    const reason = expect.stringContaining("WebGPU finds no adapter");
    expect(found).toMatchObject({ status: "unsupported", reason });
  });

  it("in software must be asked for", async () => {
    const found = await inNode(
      webgpu(`{ info: { isFallbackAdapter: true, description: "SwiftShader" } }`),
      print(`[await useBackend(), await attempt("webgpu"), (await describeBackends())[2]]`),
    );
    const reason = "it runs in software (SwiftShader), slower than wasm";
    expect(found).toMatchObject([
      { backend: "wasm", failures: [{}, {}, { backend: "webgpu", status: "unsuited", reason }] },
      { backend: "webgpu", failures: [] },
      { backend: "webgpu", status: "usable", reason, advice: "" },
    ]);
  });
});

describe("describeBackends", () => {
  it("finds what each is, and starts none", async () => {
    const found = await inNode(
      {
        "@tensorflow/tfjs-node-gpu": withoutBinding,
        "@tensorflow/tfjs-node": `${addon("{}")} tf.setBackend("tensorflow");`, // as the real one does
      },
      `await useBackend("wasm");
       const found = (await describeBackends()).map(({ backend, status }) => [backend, status]);
       ${print("[Object.fromEntries(found), tf.getBackend(), await sum()]")}`,
    );
    const statuses = {
      "tfjs-node-gpu": "broken",
      "tfjs-node": "usable",
      webgpu: "missing",
      wasm: "usable",
      webgl: "missing",
      cpu: "usable",
    };
    expect(found).toEqual([statuses, "wasm", 3]);
  });

  it("leaves a process without a backend without one", async () => {
    const found = await inNode({}, `await describeBackends(); ${print("[tf.getBackend() ?? null]")}`);
    expect(found).toEqual([null]);
  });
});

it("without any backend, the error names them all", async () => {
  const broken = `throw new Error("no");`;
  const found = (await inNode(
    { "@tensorflow/tfjs-backend-cpu": broken, "@tensorflow/tfjs-backend-wasm": broken },
    print("await attempt()"),
  )) as { message: string };
  expect(found.message).toMatch(
    /^useBackend: could not start any backend \(tfjs-node-gpu: .*; cpu: .*\); install one/,
  );
});
