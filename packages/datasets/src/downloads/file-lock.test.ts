import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { withLock } from "./file-lock.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-lock-"));
  path = join(folder, "new", "lock");
});
afterEach(() => rm(folder, { recursive: true }));

const hold = <Result>(action: () => Promise<Result>, signal?: AbortSignal) =>
  withLock("caller", path, signal, action);

async function leaveLock(content: string, secondsAgo = 0): Promise<void> {
  await mkdir(join(folder, "new"));
  await writeFile(path, content);
  const then = new Date(Date.now() - 1000 * secondsAgo);
  await utimes(path, then, then);
}

/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

test("one at a time is inside, and all get their turn", async () => {
  let inside = 0;
  const turns: number[] = [];
  const turn = (i: number) =>
    hold(async () => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
      turns.push(i);
      return i;
    });
  expect(await Promise.all([0, 1, 2, 3, 4].map(turn))).toEqual([0, 1, 2, 3, 4]);
  expect(turns.toSorted()).toEqual([0, 1, 2, 3, 4]);
  expect(await readdir(join(folder, "new"))).toEqual([]);
});

test("the lock names its owner while the action runs, and goes away if that fails", async () => {
  const failing = hold(async () => {
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
    throw new Error("oh");
  });
  await expect(failing).rejects.toThrow("oh");
  expect(await readdir(join(folder, "new"))).toEqual([]);
});

test.each<[string, () => string, number]>([
  ["whose process is gone", () => JSON.stringify({ pid: deadPid(), host: hostname() }), 0],
  ["that has been silent, on another machine", () => JSON.stringify({ pid: 1, host: "elsewhere" }), 61],
  [
    "that has been silent, whose number another process has",
    () => JSON.stringify({ pid: process.pid, host: hostname() }),
    61,
  ],
  ["that died before it wrote its name", () => "", 61],
])("the place of an owner %s is taken, by one alone", async (_, content, secondsAgo) => {
  await leaveLock(content(), secondsAgo);
  let inside = 0;
  const turn = () =>
    hold(async () => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
    });
  await Promise.all([turn(), turn(), turn()]);
  expect(await readdir(join(folder, "new"))).toEqual([]);
});

test("the place of a dead owner is taken by one alone, in whatever order the disk answers", async () => {
  const dead = JSON.stringify({ pid: deadPid(), host: hostname() });
  await mkdir(join(folder, "new"));
  const random = seededRandom(1);
  const pause = (most: number) => new Promise((resolve) => setTimeout(resolve, most * random()));
  const disk = process.getBuiltinModule("node:fs/promises");
  const slowed = (["readFile", "rename", "rm", "stat", "writeFile", "link"] as const).map((name) => {
    const call = disk[name] as (...args: unknown[]) => Promise<unknown>;
    return vi.spyOn(disk, name).mockImplementation((async (...args: unknown[]) => {
      await pause(8);
      return call(...args);
    }) as never);
  });
  try {
    for (let round = 0; round < 20; round++) {
      await writeFile(path, dead);
      let inside = 0;
      let most = 0;
      const turn = () =>
        hold(async () => {
          most = Math.max(most, ++inside);
          await pause(60);
          inside--;
        });
      await Promise.all([turn(), turn(), turn(), turn()]);
      expect(most).toBe(1);
      expect(await readdir(join(folder, "new"))).toEqual([]);
    }
  } finally {
    for (const spy of slowed) spy.mockRestore();
  }
});

test("a process that died when it took the place of a dead owner keeps nobody out", async () => {
  const dead = JSON.stringify({ pid: deadPid(), host: hostname() });
  await leaveLock(dead);
  const id = createHash("sha256").update(dead).digest("hex").slice(0, 16);
  for (const number of [0, 1]) {
    await writeFile(`${path}.${id}.${number}.part`, JSON.stringify({ pid: deadPid(), host: hostname() }));
  }
  expect(await hold(async () => "in")).toBe("in");
  expect(await readdir(join(folder, "new"))).toEqual([]);
});

test.each<[string, () => string]>([
  ["lives", () => JSON.stringify({ pid: process.pid, host: hostname() })],
  ["belongs to another user or to the system", () => JSON.stringify({ pid: 1, host: hostname() })],
  ["is on another machine", () => JSON.stringify({ pid: deadPid(), host: "elsewhere" })],
  ["has not yet written its name", () => ""],
  ["has no number that makes sense", () => JSON.stringify({ pid: -1, host: hostname() })],
])("an owner that %s is waited for, until it lets go or the signal comes", async (_, content) => {
  await leaveLock(content(), 50);
  const controller = new AbortController();
  const reason = new Error("enough");
  setTimeout(() => controller.abort(reason), 250);
  await expect(hold(async () => "in", controller.signal)).rejects.toBe(reason);
  setTimeout(() => rm(path), 150);
  expect(await hold(async () => "in")).toBe("in");
});

test("a lock that somebody else has taken meanwhile is not removed", async () => {
  await hold(() => writeFile(path, "somebody else"));
  expect(await readFile(path, "utf8")).toBe("somebody else");
});

test.each([
  ["where a folder is", () => mkdir(path, { recursive: true }), "EISDIR"],
  ["where no folder can be", () => writeFile(join(folder, "new"), ""), "EEXIST"],
])("a lock %s is an error that names it", async (_, prepare, reason) => {
  await prepare();
  await expect(hold(async () => "in")).rejects.toMatchObject({
    name: "DatasetFileError",
    problem: "unwritable",
    path,
    message: expect.stringMatching(new RegExp(`^caller: ${path} must be writable, got ${reason}`)),
  });
});
