import { DatasetFileError, DatasetNotFoundError } from "@mhgan/datasets";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DoctorProbes } from "../doctor/doctor-probes.ts";
import type { DoctorReport } from "../doctor/doctor-report.ts";
import type { FoundBackend } from "../doctor/find-backends.ts";
import { runDoctor } from "./doctor.ts";

const missing = (backend: FoundBackend["backend"]): FoundBackend => ({
  backend,
  status: "missing",
  reason: `@tensorflow/${backend} is not installed`,
  advice: `npm install @tensorflow/${backend}`,
});
const usable = (backend: FoundBackend["backend"], reason = ""): FoundBackend => ({
  backend,
  status: "usable",
  reason,
  advice: "",
});
const notHere = new DatasetNotFoundError("nowhere", { folders: ["/a"], downloads: [] });

/** A machine on which all is well. */
const sound: DoctorProbes = {
  nodeVersion: () => "20.19.0",
  machine: async () => ({
    system: "Linux 6",
    architecture: "x64",
    processor: "A processor",
    cores: 1,
    threads: 2,
    memoryBytes: 16e9,
    freeMemoryBytes: 8e9,
  }),
  backends: async () => [missing("tfjs-node"), usable("wasm"), usable("cpu")],
  speed: async () => ({ matrixProductGflops: 12.34, convolutionGflops: 456.7 }),
  onnxRuntime: async (name) => ({ name, status: "usable", version: "1.2.3", reason: "", advice: "" }),
  folder: async (path) => ({ path, exists: true, writable: true, freeBytes: 5e9 }),
  sizeOfFolder: async () => 31e6,
  dataset: async (name) => {
    if (name === "mnist") throw notHere;
    return { kind: "cache", folder: `/cache/${name}` };
  },
  workingFolder: () => "/work",
  temporaryFolder: () => "/tmp",
  cacheFolder: () => "/cache",
};

beforeEach(() => {
  for (const name of ["FORCE_COLOR", "NO_COLOR"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function doctor(
  probes: Partial<DoctorProbes> = {},
  { json = false, isTTY = false, signal = new AbortController().signal } = {},
) {
  let text = "";
  const stdout = { isTTY, write: (more: string) => (text += more) };
  const stderr = { write: () => expect.fail("nothing goes to stderr") };
  const failure = await runDoctor({ json }, { stdout, stderr, signal }, { ...sound, ...probes }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { text, failure };
}

async function report(probes: Partial<DoctorProbes> = {}): Promise<DoctorReport> {
  const { text } = await doctor(probes, { json: true });
  expect(text.trim().split("\n")).toHaveLength(1);
  return JSON.parse(text);
}

describe("a sound machine", () => {
  test("is said to be so, with the line that installs what is missing", async () => {
    const { text, failure } = await doctor();
    expect(failure).toBeUndefined();
    for (const line of [
      "20.19.0 (supported: >=20.19)",
      "A processor, 1 core, 2 threads",
      "16.0 GB, 8.0 GB free",
      "missing: @tensorflow/tfjs-node is not installed",
      "→ npm install @tensorflow/tfjs-node",
      "runs unless another is named; 12 GFLOP/s in matrix products, 457 in convolutions",
      "runs with --backend cpu",
      "runs (1.2.3)",
      "whole, in /cache/fashion-mnist",
      "→ mhgan datasets fetch mnist",
      "/cache (writable, holds 31.0 MB, 5.0 GB free)",
      "All that is needed is here. Commands run on wasm",
    ])
      expect(text).toContain(line);
  });

  test("is one line of JSON for machines", async () => {
    expect(await report()).toMatchObject({
      command: "doctor",
      ok: true,
      problems: [],
      warnings: [],
      node: { version: "20.19.0", required: ">=20.19", supported: true },
      machine: { threads: 2 },
      backend: "wasm",
      backends: [{ backend: "tfjs-node", status: "missing" }, {}, {}],
      speed: { convolutionGflops: 456.7 },
      cache: { bytes: 31e6 },
      versions: { "@mhgan/cli": expect.any(String) },
    });
  });

  test("has colours on a terminal alone", async () => {
    const colour = "\x1b[";
    expect((await doctor()).text).not.toContain(colour);
    expect((await doctor({}, { isTTY: true })).text).toContain(colour);
    expect((await doctor({}, { isTTY: true, json: true })).text).not.toContain(colour);
  });
});

describe("faults that stop the commands", () => {
  test.each([
    ["20.18.3", false],
    ["18.20.0", false],
    ["20.19.0", true],
    ["20.20.0", true],
    ["22.0.0", true],
  ])("Node %s: supported is %s", async (version, supported) => {
    const found = await report({ nodeVersion: () => version });
    expect(found.node.supported).toBe(supported);
    expect(found.ok).toBe(supported);
  });

  test.each<[string, Partial<DoctorProbes>, string]>([
    ["no backend runs", { backends: async () => [missing("wasm")] }, "no backend runs"],
    ["one runs that would not be chosen", { backends: async () => [usable("webgpu", "slow")] }, "no backend"],
    [
      "backends cannot be tried",
      { backends: () => Promise.reject(new Error("no tfjs-core")) },
      "no tfjs-core",
    ],
    [
      "the backend calculates wrong",
      { speed: () => Promise.reject(new Error("1 + 1 gave 3")) },
      "1 + 1 gave 3",
    ],
    [
      "a better backend takes the process down",
      {
        backends: async () => [
          { ...missing("tfjs-node"), status: "broken", reason: "SIGILL", advice: "remove it", fatal: true },
          usable("wasm"),
        ],
      },
      "tfjs-node cannot be tried safely: SIGILL; remove it",
    ],
  ])("%s", async (_title, probes, reason) => {
    const { text, failure } = await doctor(probes);
    expect(failure).toContain(reason);
    expect(text).toContain("Wrong:");
    expect(text).not.toContain("All that is needed is here");
    expect(await report(probes)).toMatchObject({ ok: false, problems: [expect.stringContaining(reason)] });
  });

  test("a worse backend that takes the process down stops nothing", async () => {
    const backends = async () => [usable("wasm"), { ...missing("cpu"), fatal: true }];
    expect(await report({ backends })).toMatchObject({ ok: true, backend: "wasm" });
  });
});

describe("faults that stop nothing", () => {
  const broken = () => Promise.reject(new Error("it fell apart\nat some line"));
  test.each<[string, Partial<DoctorProbes>, string]>([
    ["the machine", { machine: broken }, "machine           "],
    ["an ONNX Runtime", { onnxRuntime: broken }, "onnxruntime-web "],
    ["a folder", { folder: broken }, "the cache could not be looked at"],
    ["the cache", { sizeOfFolder: broken }, "the cache could not be looked at"],
    [
      "the working folder, when it was removed",
      {
        workingFolder: () => {
          throw new Error("it fell apart");
        },
      },
      "the working folder could not be looked at",
    ],
    ["a data set", { dataset: broken }, "the data set mnist is here, but broken"],
  ])("%s", async (_title, probes, said) => {
    const { text, failure } = await doctor(probes);
    expect(failure).toBeUndefined();
    expect(text).toContain(said);
    expect(text).toContain("it fell apart");
    expect(text).not.toContain("at some line");
  });

  test("folders that are full or cannot be written are warned of", async () => {
    const folder = async (path: string) => ({
      path,
      exists: path !== "/cache",
      writable: path === "/tmp",
      freeBytes: path === "/tmp" ? 1000 : 5e9,
    });
    expect((await report({ folder })).warnings).toEqual([
      "the cache, /cache, cannot be written",
      "the working folder, /work, cannot be written",
      "the folder for temporary files, /tmp, has little space left",
    ]);
    expect((await doctor({ folder })).text).toContain("/cache (cannot be made");
  });

  test("a damaged data set is told from one that is not here", async () => {
    const damaged = new DatasetFileError("mnist.gz is cut off", { path: "mnist.gz", problem: "corrupt" });
    const { datasets } = await report({
      dataset: (name) => Promise.reject(name === "mnist" ? damaged : notHere),
    });
    expect(datasets.map(({ name, status }) => [name, status])).toEqual([
      ["fashion-mnist", "missing"],
      ["mnist", "broken"],
      ["kmnist", "missing"],
      ["cifar-10", "missing"],
      ["celeba", "byHand"],
    ]);
  });
});

test("an interruption ends it", async () => {
  const controller = new AbortController();
  const backends = async () => {
    controller.abort(new Error("interrupted"));
    throw new Error("killed");
  };
  const { text, failure } = await doctor({ backends }, { signal: controller.signal });
  expect({ text, failure }).toEqual({ text: "", failure: "interrupted" });
});

test("what really runs here is found", async () => {
  const { signal } = new AbortController();
  let text = "";
  const stdout = { write: (more: string) => (text += more) };
  // The data sets take a second or two to verify, and are not the question.
  await runDoctor({ json: true }, { stdout, stderr: stdout, signal }, { dataset: sound.dataset });
  const found: DoctorReport = JSON.parse(text);
  expect(found).toMatchObject({ ok: true, backend: "wasm", node: { version: process.versions.node } });
  expect((found.speed as { matrixProductGflops: number }).matrixProductGflops).toBeGreaterThan(0);
  expect(found.onnxRuntimes).toMatchObject([
    { name: "onnxruntime-node", status: "usable" },
    { name: "onnxruntime-web", status: "usable" },
  ]);
});
