import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Task, ThreadPool } from "./thread-pool.ts";

/** A runtime without models: its sessions give the number of their thread, wait, fail or end their thread, as they are fed. */
const stand = `
const { threadId } = require("node:worker_threads");
exports.Tensor = class { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } };
exports.InferenceSession = {
  create: async (model) => {
    if (model === "none") throw new RangeError("no such model");
    return {
      inputNames: ["x"],
      outputNames: ["y"],
      async run({ x }) {
        const [what] = x.data;
        if (what === 1) throw new Error("the model failed");
        if (what === 2) process.exit(3);
        if (what === 3) Atomics.wait(new Int32Array(x.dims), 0, 0);
        return { y: { type: "float32", data: Float32Array.of(threadId), dims: [1] } };
      },
      async release() {},
    };
  },
};
`;
const [answers, fails, exits, waits] = [0, 1, 2, 3];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mhgan-threads-"));
  writeFileSync(join(folder, "runtime.cjs"), stand);
});
afterAll(() => rmSync(folder, { recursive: true }));

const ended = new Error("it has ended");
let pool: ThreadPool;
afterEach(() => pool.end(ended));
const start = async (threads: number): Promise<void> => {
  pool = new ThreadPool(join(folder, "runtime.cjs"), threads);
  await pool.everywhere(create("some"));
};

const create =
  (model: string): Task =>
  () => ({ task: "create", input: { session: 0, model } });
/** `gate` is where a session that waits does so. */
const run =
  (what: number | undefined, gate?: SharedArrayBuffer): Task =>
  () => ({
    task: "run",
    input: {
      session: 0,
      feeds: [["x", { type: "float32", data: Float32Array.of(what!), dims: gate ?? [1] }]],
    },
  });
const threadOf = (result: unknown): number => (result as { y: { data: Float32Array } }).y.data[0]!;
const open = (gate: SharedArrayBuffer): void => {
  Atomics.store(new Int32Array(gate), 0, 1);
  Atomics.notify(new Int32Array(gate), 0);
};

describe("ThreadPool", () => {
  test("has tasks done by all of its threads at a time, and makes a task only when a thread can have it", async () => {
    await start(2);
    const gate = new SharedArrayBuffer(4);
    let made = 0;
    const counted =
      (task: Task): Task =>
      () => {
        made++;
        return task();
      };
    const results = Array.from({ length: 9 }, () => pool.once(counted(run(waits, gate))));
    // Each thread has one and another at hand.
    expect(made).toBe(4);
    open(gate);
    const threads = (await Promise.all(results)).map(threadOf);
    expect(made).toBe(9);
    expect(new Set(threads).size).toBe(2);
  });

  test("passes errors on, and goes on", async () => {
    await start(2);
    await expect(pool.everywhere(create("none"))).rejects.toThrow(new RangeError("no such model"));
    await expect(pool.once(run(fails))).rejects.toThrow(new Error("the model failed"));
    const broken = () => {
      throw new TypeError("a task that cannot be made");
    };
    await expect(pool.once(broken)).rejects.toThrow("a task that cannot be made");
    const unclonable: Task = () => ({ task: "run", input: { session: () => 0 } });
    await expect(pool.once(unclonable)).rejects.toThrow("could not be cloned");
    expect(threadOf(await pool.once(run(answers)))).toBeGreaterThan(0);
  });

  test("fails as a whole once a thread is lost, and still ends", async () => {
    await start(2);
    const lost = "a thread that runs the models has ended unexpectedly";
    const all = [run(exits), ...Array.from({ length: 7 }, () => run(answers))].map((task) => pool.once(task));
    const outcomes = await Promise.allSettled(all);
    expect(outcomes[0]).toMatchObject({ status: "rejected", reason: { message: `fromOnnx: ${lost}` } });
    await expect(pool.once(run(answers))).rejects.toThrow(lost);
    await expect(pool.everywhere(create("some"))).rejects.toThrow(lost);
    await pool.end(ended);
  });

  test("without a runtime says so", async () => {
    pool = new ThreadPool(join(folder, "absent.cjs"), 2);
    await expect(pool.everywhere(create("some"))).rejects.toThrow("Cannot find module");
  });

  test("ends after what has begun; what waits fails, and what comes later", async () => {
    await start(1);
    const gate = new SharedArrayBuffer(4);
    const all = Array.from({ length: 4 }, () => pool.once(run(waits, gate)));
    const outcomes = Promise.allSettled(all);
    const end = pool.end(ended);
    await expect(all[2]).rejects.toThrow("it has ended");
    open(gate);
    await end;
    expect((await outcomes).map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    await expect(pool.once(run(answers))).rejects.toThrow("it has ended");
    await pool.end(ended);
  });
});
