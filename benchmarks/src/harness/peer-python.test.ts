import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installedMark, peerPython, pythonOf } from "./peer-python.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "peers-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("Python is the one asked for, else that of the peers once they are installed, else the system's", () => {
  const pathWith = (env: NodeJS.ProcessEnv): string => peerPython(1, env, folder).path;
  expect(pathWith({})).toBe("python3");
  expect(pathWith({ MHGAN_PYTHON: "mine" })).toBe("mine");
  writeFileSync(installedMark(folder), "numpy==2\n");
  expect(pathWith({})).toBe(pythonOf(folder));
  expect(pathWith({ MHGAN_PYTHON: "" })).toBe(pythonOf(folder));
  expect(pathWith({ MHGAN_PYTHON: "mine" })).toBe("mine");
});

test("libraries get as many threads as are measured, and the installed ones choose their own kernels", () => {
  writeFileSync(installedMark(folder), "numpy==2\n");
  const env = { OPENBLAS_CORETYPE: "Haswell", HOME: "here" };
  expect(peerPython(2, env, folder).env).toEqual({
    HOME: "here",
    OPENBLAS_NUM_THREADS: "2",
    OMP_NUM_THREADS: "2",
    MKL_NUM_THREADS: "2",
  });
  expect(peerPython(1, { ...env, MHGAN_PYTHON: "mine" }, folder).env["OPENBLAS_CORETYPE"]).toBe("Haswell");
});
