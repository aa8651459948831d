import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { randomStream } from "@mhgan/mcmc";
import * as node from "onnxruntime-node";
import * as web from "onnxruntime-web";
import { afterEach, describe, expect, test } from "vitest";
import { type FromOnnxOptions, fromOnnx, type OnnxGan } from "./from-onnx.ts";
import { threadedRuntime } from "./threaded-runtime.ts";

const path = (name: string): string => fileURLToPath(new URL(`golden/${name}.onnx`, import.meta.url));
const open: OnnxGan[] = [];
const load = async (name: string, options: Partial<FromOnnxOptions> = {}): Promise<OnnxGan> => {
  const gan = await fromOnnx({
    generator: path(`${name}-generator`),
    discriminator: path(`${name}-discriminator`),
    output: "unbounded",
    ...options,
  });
  open.push(gan);
  return gan;
};
afterEach(async () => {
  for (const gan of open.splice(0)) await gan.release();
});

/** How many pools of threads there are: each waits for the exit of the process. */
const pools = (): number => process.listenerCount("exit");

describe("fromOnnx with threads", () => {
  test.each(["images", "points", "half", "double", "fixed"])(
    "%s: any number of them gives the same bits",
    async (name) => {
      const results = [];
      for (const threads of [1, 2, 3]) {
        const before = pools();
        const gan = await load(name, { threads });
        expect(pools() - before).toBe(threads === 1 ? 0 : 1);
        const batch = await gan.generate(150, randomStream(1));
        results.push({ batch, scores: await gan.score(batch) });
      }
      expect(results[0]!.batch.shape[0]).toBe(150);
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    },
  );

  test("takes calls at the same time, and bytes of models", async () => {
    const gan = await load("points", { threads: 2 });
    const one = await gan.generate(100, randomStream(1));
    const many = await Promise.all([1, 2, 1].map((seed) => gan.generate(100, randomStream(seed))));
    expect(many[0]).toEqual(one);
    expect(many[2]).toEqual(one);
    expect(many[1]).not.toEqual(one);
    expect(await gan.generate(0, randomStream(1))).toEqual({ data: new Float32Array(0), shape: [0] });
  });

  test("says what the runtime says of a batch that does not fit", async () => {
    const messages = [];
    for (const threads of [1, 2]) {
      const gan = await load("points", { threads });
      const batch = { data: new Float32Array(300), shape: [100, 3] };
      messages.push(await Promise.resolve(gan.score(batch)).catch(({ message }: Error) => message));
      expect(await gan.score(await gan.generate(2, randomStream(1)))).toHaveLength(2);
    }
    expect(messages[0]).toContain("invalid dimensions");
    expect(messages[1]).toBe(messages[0]);
  });

  test("says why a model does not load, and leaves no threads", async () => {
    const before = pools();
    const cause = expect.objectContaining({ message: expect.stringContaining("absent.onnx") });
    await expect(load("points", { threads: 2, generator: "absent.onnx" })).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^fromOnnx: generator could not/), cause }),
    );
    await expect(load("points", { threads: 2, latent: { size: 9 } })).rejects.toThrow("latent.size");
    expect(pools()).toBe(before);
  });

  test("released at work: what has not begun fails, and so does what comes later", async () => {
    const before = pools();
    const gan = await load("images", { threads: 2 });
    const running = Promise.resolve(gan.generate(5000, randomStream(1)));
    const failure = expect(running).rejects.toThrow("fromOnnx: the GAN has been released");
    await gan.release();
    await failure;
    await expect(gan.generate(1, randomStream(1))).rejects.toThrow("the GAN has been released");
    expect(pools()).toBe(before);
  });

  test.each<Partial<FromOnnxOptions>>([
    { runtime: node },
    { threads: 1 },
    { sessionOptions: { intraOpNumThreads: 2 } },
    { sessionOptions: { executionProviders: ["dml", "cpu"] } },
  ])("takes none of its own with %j", async (options) => {
    const before = pools();
    await load("points", { threads: 2, ...options }).catch(() => {}); // a provider may be missing
    expect(pools()).toBe(before);
  });

  test("takes none of its own with a session", async () => {
    const before = pools();
    const generator = await node.InferenceSession.create(path("points-generator"));
    await load("points", { threads: 2, generator });
    expect(pools()).toBe(before);
    await generator.release();
  });

  test("is for onnxruntime-node from 1.22", () => {
    const version = (node: string | undefined) => ({ ...web, env: { versions: { node } } }) as typeof web;
    for (const runtime of [web, version(undefined), version("0.30.0"), version("1.21.9")]) {
      expect(threadedRuntime(runtime, 2)).toBeUndefined();
    }
  });
});

describe("a process whose models run in threads", () => {
  const program = fileURLToPath(new URL("../testing/onnx-in-a-process.ts", import.meta.url));
  test.each([
    ["release", 0, ""],
    ["idle", 0, ""],
    ["exit", 4, ""],
    ["throw", 1, "thrown on purpose"],
  ])("ends well on %s", async (ending, code, complaint) => {
    const args = ["--import", "tsx", "--conditions=@mhgan/source", program, ending];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
    const [out, complaints, [ended]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    expect(complaints).toContain(complaint);
    expect(complaints).not.toContain("terminate called");
    expect(out).toBe("done\n");
    expect(ended).toBe(code);
  });
});
