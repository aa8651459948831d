import type * as fs from "node:fs/promises";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TrainingCheckpoint } from "../tfjs/training/training-checkpoint.ts";
import { type FileCheckpointsOptions, fileCheckpoints } from "./file-checkpoints.ts";

const disk = vi.hoisted(() => ({ full: false }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      const file = await real.open(...args);
      if (disk.full && args[1] === "w") {
        // A disk that fills up takes a part of what is written.
        file.writeFile = async (data) => {
          await file.write((data as Uint8Array).subarray(0, 100));
          throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
        };
      }
      return file;
    },
  };
});

let folder: string;
beforeEach(async () => {
  disk.full = false;
  folder = join(await mkdtemp(join(tmpdir(), "mhgan-checkpoints-")), "checkpoints");
});
afterEach(() => rm(join(folder, ".."), { recursive: true }));

const checkpoint = (step: number): TrainingCheckpoint => ({
  version: 1,
  step,
  fingerprint: { batchSize: 64, penalty: false, seed: "1-0" },
  discriminatorLoss: 1 / 3,
  generatorLoss: 1e-40,
  generator: [Float32Array.of(step, -0, 1e-45), new Float32Array()],
  discriminator: [Float32Array.of(3.4e38)],
  generatorOptimizer: { step, slots: { first: [Float32Array.of(1, 2)], second: [] } },
  discriminatorOptimizer: { step, slots: {} },
});
const path = (step: number) => join(folder, `step-${String(step).padStart(12, "0")}.checkpoint`);
const steps = async () =>
  (await readdir(folder))
    .map((name) => Number(/^step-(\d{12})\.checkpoint$/.exec(name)?.[1]))
    .sort((a, b) => a - b);

/** A store that notes what it finds damaged. */
function watched(options: FileCheckpointsOptions = {}) {
  const damaged: { path: string; reason: string }[] = [];
  const store = fileCheckpoints(folder, { ...options, onDamaged: (each) => damaged.push(each) });
  return { store, damaged };
}

describe("fileCheckpoints", () => {
  test("gives back the newest, to the bit, and keeps two", async () => {
    const { store, damaged } = watched();
    expect(await store.latest()).toBeUndefined();
    for (const step of [9, 10, 11]) await store.save(checkpoint(step));
    expect(await steps()).toEqual([10, 11]);
    const latest = await watched().store.latest();
    expect(latest).toEqual(checkpoint(11));
    expect(Object.is(latest!.generator[0]![1], -0)).toBe(true);
    expect(damaged).toEqual([]);
    await fileCheckpoints(folder, { keep: 1 }).save(checkpoint(12));
    expect(await steps()).toEqual([12]);
  });

  test.each<[string, (file: string) => Promise<unknown>, RegExp]>([
    ["empty", (file) => truncate(file, 0), /cut short, to 0 bytes/],
    [
      "cut short",
      async (file) => truncate(file, (await readFile(file)).length - 1),
      /SHA-256.*cut short or was changed/,
    ],
    [
      "changed in one bit",
      async (file) => {
        const bytes = await readFile(file);
        bytes[bytes.length - 40]! ^= 1;
        await writeFile(file, bytes);
      },
      /SHA-256/,
    ],
    ["another file", (file) => writeFile(file, "x".repeat(1000)), /not a checkpoint/],
  ])(
    "passes over a newest one that is %s, says so, and drops it at the next save",
    async (_, damage, reason) => {
      const { store } = watched();
      await store.save(checkpoint(10));
      await store.save(checkpoint(20));
      await damage(path(20));
      const next = watched();
      expect(await next.store.latest()).toEqual(checkpoint(10));
      expect(next.damaged).toEqual([{ path: path(20), reason: expect.stringMatching(reason) }]);
      await next.store.save(checkpoint(30));
      expect(await steps()).toEqual([10, 30]);
    },
  );

  test("a run that went back forgets the future it left", async () => {
    const { store } = watched();
    for (const step of [10, 20]) await store.save(checkpoint(step));
    await store.save(checkpoint(15));
    expect(await steps()).toEqual([10, 15]);
  });

  test("does not begin anew where nothing is whole", async () => {
    const { store } = watched();
    await store.save(checkpoint(10));
    await truncate(path(10), 50);
    await expect(store.latest()).rejects.toThrow(
      /no checkpoint in .* is whole \(step-000000000010.*begin anew/,
    );
  });

  test("warns the process by default", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const store = fileCheckpoints(folder);
    for (const step of [10, 20]) await store.save(checkpoint(step));
    await truncate(path(20), 5);
    await store.latest();
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`${path(20)} cannot be used`));
    warn.mockRestore();
  });

  test("clears what killed processes left, and nothing else", async () => {
    const { store } = watched();
    await store.save(checkpoint(10));
    await writeFile(join(folder, ".step-000000000020.checkpoint.12345.part"), "half");
    await writeFile(join(folder, "notes.txt"), "mine");
    expect((await store.latest())!.step).toBe(10);
    expect((await readdir(folder)).sort()).toEqual(["notes.txt", "step-000000000010.checkpoint"]);
  });

  test("a full disk is one clear error, and the old checkpoints stay", async () => {
    const { store, damaged } = watched();
    await store.save(checkpoint(10));
    disk.full = true;
    await expect(store.save(checkpoint(20))).rejects.toThrow(
      /^fileCheckpoints: could not write step-000000000020.checkpoint in .* \(ENOSPC: no space left on device.*; what was whole there still is$/,
    );
    expect(await readdir(folder)).toEqual(["step-000000000010.checkpoint"]);
    disk.full = false;
    expect(await store.latest()).toEqual(checkpoint(10));
    expect(damaged).toEqual([]);
  });

  test("refuses to keep nothing", () => {
    expect(() => fileCheckpoints(folder, { keep: 0 })).toThrow("keep must be an integer from 1, got 0");
  });
});
