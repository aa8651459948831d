import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serve } from "../../test/serve.ts";
import { DatasetNotFoundError } from "../dataset-not-found-error.ts";
import { datasetNames, describeDataset, fetchDataset } from "./named-datasets.ts";

let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "mhgan-named-"));
});
afterEach(() => rm(cacheDir, { recursive: true }));

describe.each(datasetNames)("%s", (name) => {
  const facts = describeDataset(name);

  test("is described in full", () => {
    expect(facts.name).toBe(name);
    for (const text of [facts.title, facts.content, facts.licence]) expect(text).not.toBe("");
    expect(facts.homepage).toMatch(/^https?:\/\//);
    expect(facts.files.length === 0).toBe(facts.byHand !== undefined);
    expect(facts.mirrors.length === 0).toBe(facts.byHand !== undefined);
  });

  test("has files with sizes, checksums and addresses that can be", () => {
    for (const { name: file, bytes, gzipBytes, sha256 } of facts.files) {
      expect(file).toMatch(/^[a-z0-9-]+(\.tar)?$/);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(gzipBytes).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThan(gzipBytes);
    }
    expect(new Set(facts.files.map(({ sha256 }) => sha256)).size).toBe(facts.files.length);
    for (const mirror of facts.mirrors) expect(new URL(mirror).pathname).toMatch(/\/$/);
  });

  test("is not found in an empty cache, which stays empty", async () => {
    const options = { cacheDir, systemDirs: [], offline: true };
    await expect(fetchDataset(name, options)).rejects.toThrow(DatasetNotFoundError);
    expect(await readdir(cacheDir)).toEqual([]);
  });
});

test("the sizes of files in the form of MNIST are those of their shapes", () => {
  for (const name of ["fashion-mnist", "mnist", "kmnist"] as const) {
    const sizes = [60_000, 10_000].flatMap((count) => [16 + count * 28 * 28, 8 + count]);
    expect(describeDataset(name).files.map(({ bytes }) => bytes)).toEqual(sizes);
  }
});

test("the files of one data set are not taken for those of another", () => {
  const all = datasetNames.flatMap((name) => describeDataset(name).files.map(({ sha256 }) => sha256));
  expect(new Set(all).size).toBe(all.length);
});

test("every file is asked for at the mirror", async () => {
  const server = await serve((_, response) => response.writeHead(404).end());
  try {
    for (const name of ["mnist", "kmnist", "cifar-10"] as const) {
      const first = describeDataset(name).files[0]!.name;
      await expect(fetchDataset(name, { cacheDir, mirrors: [server.url] })).rejects.toThrow(
        `fetchDataset: ${first}.gz must be in ${cacheDir} or on a mirror, got neither (${server.url}/${first}.gz: HTTP 404). Download the files and pass their folder as dataDir`,
      );
    }
    expect(server.asked).toHaveLength(3);
  } finally {
    await server.close();
  }
});

test("CelebA is not downloaded, and the error says how to get it", async () => {
  await expect(fetchDataset("celeba")).rejects.toThrow(
    "fetchDataset: name must be that of a data set that is downloaded, got celeba. Its authors give it to people who agree",
  );
});

test("an unknown name is refused", async () => {
  for (const name of ["mona-lisa", "toString"] as never[]) {
    const known = "name must be one of fashion-mnist, mnist, kmnist, cifar-10, celeba, got";
    expect(() => describeDataset(name)).toThrow(new RangeError(`describeDataset: ${known} ${name}`));
    await expect(fetchDataset(name)).rejects.toThrow(new RangeError(`fetchDataset: ${known} ${name}`));
  }
});
