import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatasetNotFoundError, fetchDataset } from "@mhgan/datasets";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { cacheFolder } from "./cache-folder.ts";
import { lookAtFolder, sizeOfFolder } from "./folder-facts.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-folders-"));
  await mkdir(join(folder, "deep/down"), { recursive: true });
  await writeFile(join(folder, "deep/down/a"), "12345");
  await writeFile(join(folder, "b"), "123");
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

test("a folder, one that could be made, and one that could not", async () => {
  expect(await lookAtFolder(folder)).toMatchObject({ path: folder, exists: true, writable: true });
  expect(await lookAtFolder(join(folder, "x/y"))).toMatchObject({ exists: false, writable: true });
  expect(await lookAtFolder(join(folder, "b"))).toMatchObject({ exists: false, writable: false });
  expect(await lookAtFolder(join(folder, "b/c"))).toMatchObject({ exists: false, writable: false });
  expect((await lookAtFolder(folder)).freeBytes).toBeGreaterThan(0);
});

test("the size of all files, at any depth", async () => {
  expect(await sizeOfFolder(folder)).toBe(8);
  expect(await sizeOfFolder(join(folder, "nothing"))).toBe(0);
});

test.each(["absolute", "relative"])(
  "the cache is where data sets are looked for (%s XDG_CACHE_HOME)",
  async (kind) => {
    vi.stubEnv("XDG_CACHE_HOME", kind === "absolute" ? folder : "somewhere");
    vi.stubEnv("HOME", join(folder, "home"));
    const error: unknown = await fetchDataset("mnist", { offline: true, systemDirs: [] }).catch(
      (error) => error,
    );
    expect((error as DatasetNotFoundError).folders).toContain(join(cacheFolder(), "mnist"));
    expect(error).toBeInstanceOf(DatasetNotFoundError);
  },
);
