import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { metropolisHastings, randomStream } from "@mhgan/mcmc";
import * as node from "onnxruntime-node";
import * as web from "onnxruntime-web";
import { afterEach, describe, expect, test } from "vitest";
import { calibrateGan } from "../calibrate-gan.ts";
import { type FromOnnxOptions, fromOnnx, type OnnxGan } from "./from-onnx.ts";
import type { OnnxRuntime, OnnxSession } from "./onnx-runtime.ts";

const path = (name: string): string => fileURLToPath(new URL(`golden/${name}.onnx`, import.meta.url));
const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(path(name)));
const expected = JSON.parse(readFileSync(new URL("golden/expected.json", import.meta.url), "utf8")) as Record<
  "points" | "images",
  { latents: number[]; samples: number[]; scores: number[]; logits?: number[] }
>;

const runtimes: Record<string, OnnxRuntime> = { "onnxruntime-node": node, "onnxruntime-web": web };
const open: OnnxGan[] = [];
const load = async (name: string, options: Partial<FromOnnxOptions> = {}): Promise<OnnxGan> => {
  const gan = await fromOnnx({
    generator: path(`${name}-generator`),
    discriminator: path(`${name}-discriminator`),
    output: "logit",
    ...options,
  });
  open.push(gan);
  return gan;
};
afterEach(async () => {
  for (const gan of open.splice(0)) await gan.release();
});

const expectClose = (actual: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-5): void => {
  expect(actual).toHaveLength(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance);
  });
};

describe.each(Object.keys(runtimes))("fromOnnx with %s", (runtimeName) => {
  const runtime = runtimes[runtimeName]!;

  test.each([
    ["points", [2], 256],
    ["points", [2], 2],
    ["images", [1, 8, 8], 256],
    ["images", [1, 8, 8], 3],
    ["fixed", [2], 256], // models for 4 samples a call are given 7
    ["double", [2], 256],
  ] as const)(
    "%s: samples of shape %j and scores are PyTorch's, %i a call",
    async (name, shape, batchSize) => {
      const { latents, samples, scores } = expected[name === "images" ? "images" : "points"];
      // The images' discriminator ends in a sigmoid, which "unbounded" leaves as it is.
      const output = name === "images" ? "unbounded" : "logit";
      const gan = await load(name, { runtime, batchSize, output });
      expect(gan.latent.size).toBe(latents.length / 7);
      const batch = await gan.latent.decode(Float32Array.from(latents));
      expect(batch.shape).toEqual([7, ...shape]);
      expect(batch.data).toBeInstanceOf(name === "double" ? Float64Array : Float32Array);
      expectClose(batch.data, samples);
      expectClose(await gan.score(batch), scores);
    },
  );

  test("uses the logits of a discriminator that ends in a sigmoid, by path and by bytes", async () => {
    const { samples, logits } = expected.images;
    const batch = { data: Float32Array.from(samples), shape: [7, 1, 8, 8] };
    for (const discriminator of [path("images-discriminator"), bytes("images-discriminator")]) {
      const gan = await load("images", { runtime, output: "probability", discriminator });
      expect(gan.output).toBe("logit");
      expectClose(await gan.score(batch), logits!);
    }
    const session = await runtime.InferenceSession.create(bytes("images-discriminator"));
    const given = await load("images", { runtime, output: "probability", discriminator: session });
    expect(given.output).toBe("probability");
    expectClose(await given.score(batch), expected.images.scores);
    await session.release();
    // float32 rounds the sigmoids of 20 and 40 to 1.
    const pixels = { data: new Float32Array(128).fill(20, 0, 64).fill(40, 64), shape: [2, 1, 8, 8] };
    const flattened = { runtime, discriminator: path("flattened-sigmoid") };
    const saturated = await load("images", { ...flattened, output: "unbounded" });

    expect(Array.from(await saturated.score(pixels))).toEqual([1, 1]);
    const logit = await load("images", { ...flattened, output: "probability" });
    expect(Array.from(await logit.score(pixels))).toEqual([20, 40]);
    await expect(load("images", { runtime, output: "logit" })).rejects.toThrow(
      'fromOnnx: output must be "probability" for a discriminator that ends in a sigmoid',
    );
  });

  test("float16 models, to their precision", async () => {
    const { latents, samples, scores } = expected.points;
    const gan = await load("half", { runtime });
    const batch = await gan.latent.decode(Float32Array.from(latents));
    expect(batch.data).toBeInstanceOf(Float32Array);
    expectClose(batch.data, samples, 0.005);
    expectClose(await gan.score(batch), scores, 0.005);
    expect(Array.from(batch.data)).not.toEqual(samples);
  });

  test("loads bytes, and says when they are truncated, empty or no model", async () => {
    const gan = await load("points", { runtime, generator: bytes("points-generator") });
    expect((await gan.generate(3, randomStream(1))).shape).toEqual([3, 2]);
    const whole = bytes("points-generator");
    const buffer = await load("points", { runtime, generator: whole.buffer as ArrayBuffer });
    expect(buffer.latent.size).toBe(3);
    for (const generator of [
      whole.subarray(0, whole.length / 2),
      new Uint8Array(0),
      Uint8Array.of(1, 2, 3),
    ]) {
      await expect(load("points", { runtime, generator })).rejects.toThrow(
        `fromOnnx: generator could not be loaded from ${generator.length} bytes: `,
      );
    }
    await expect(load("points", { runtime, discriminator: "absent.onnx" })).rejects.toThrow(
      "fromOnnx: discriminator could not be loaded from absent.onnx: ",
    );
    await expect(load("points", { runtime, generator: fileURLToPath(import.meta.url) })).rejects.toThrow(
      "fromOnnx: generator could not be loaded from",
    );
  });

  test("is calibrated and sampled: picked samples and those decoded again score the same", async () => {
    const gan = await load("points", { runtime });
    const real = { data: randomNormals(400), shape: [200, 2] };
    const calibrated = await calibrateGan(gan, { real, seed: 1 });
    const sampler = metropolisHastings({ chainLength: 20, restart: "never" });
    const run = (keep: "latents" | "samples") => calibrated.sample({ draws: 50, sampler, seed: 1, keep });
    const [latents, samples] = [await run("latents"), await run("samples")];
    expect(samples.samples.shape).toEqual([50, 2]);
    expect(samples.info).toEqual(latents.info);
    expectClose(latents.samples.data, Array.from(samples.samples.data), 1e-6);
  });
});

const randomNormals = (count: number): Float32Array => {
  const random = randomStream("real");
  return Float32Array.from({ length: count }, () => 2 * random() - 1);
};

describe("fromOnnx", () => {
  test("finds a runtime by itself", async () => {
    const gan = await load("points");
    const latents = gan.latent.draw(4, randomStream(1));
    expect(await gan.latent.decode(latents)).toEqual(await gan.generate(4, randomStream(1)));
    expect(gan.latent.prior).toBe("normal");
  });

  test("takes real samples as { data, shape } and nested lists, of the shape of the model", async () => {
    const gan = await load("images", { output: "probability" });
    const data = new Float32Array(2 * 64).fill(0.5);
    const image = Array.from({ length: 8 }, () => new Array<number>(8).fill(0.5));
    const scores = await gan.score(await gan.toBatch!({ data, shape: [2, 1, 8, 8] }));
    expect(await gan.score(await gan.toBatch!([[image], [image]]))).toEqual(scores);
    const rows = await gan.score(await gan.toBatch!({ data: Float64Array.from(data), shape: [2, 1, 8, 8] }));
    expect(rows).toEqual(scores);
    expect(() => gan.toBatch!({ data, shape: [2, 8, 8, 1] })).toThrow(
      "fromOnnx: samples must have shape [samples, 1, 8, 8], got [2, 8, 8, 1]",
    );
  });

  test("says when scores are NaN or no probabilities", async () => {
    const gan = await load("points");
    const batch = { data: Float32Array.of(1, 2, NaN, 4), shape: [2, 2] };
    await expect(gan.score(batch)).rejects.toThrow("fromOnnx: score must give numbers, got NaN for sample 1");
    const wrong = await load("points", { output: "probability" });
    const far = { data: Float32Array.of(50, -50, -50, 50, 50, 50), shape: [3, 2] };
    await expect(wrong.score(far)).rejects.toThrow('must be in [0, 1] where output is "probability"');
  });

  test("passes gradients on, and has none by itself", async () => {
    const scoreGradients = () => ({ scores: [], gradients: [] });
    expect((await load("points", { latent: { scoreGradients } })).latent.scoreGradients).toBe(scoreGradients);
    expect((await load("points")).latent.scoreGradients).toBeUndefined();
  });

  test("draws from the prior asked for", async () => {
    const gan = await load("points", { latent: { prior: "uniform" } });
    expect(gan.latent.prior).toBe("uniform");
    expect(gan.latent.draw(100, randomStream(1)).every((z) => z >= -1 && z < 1)).toBe(true);
  });

  test.each<[Partial<FromOnnxOptions>, string]>([
    [{ generator: path("two-inputs") }, "generator must take one input, got 2: latent, label"],
    [{ generator: path("two-outputs") }, "generator must give one output, got 2: sample, latent_twice"],
    [
      { discriminator: path("points-generator") },
      "discriminator must give one number a sample, got shape [2]",
    ],
    [
      { discriminator: path("images-discriminator"), output: "unbounded" },
      "discriminator must take what generator gives, [2], got an input of [1, 8, 8]",
    ],
    [
      { generator: path("images-discriminator") },
      "generator must take one latent vector a sample, or latent.shape be given, got an input of [1, 8, 8]",
    ],
    [{ latent: { size: 4 } }, "latent.size must be what the generator takes, 3, got 4"],
    [{ latent: { size: 1.5 } }, "latent.size must be an integer from 1, got 1.5"],
    [{ latent: { shape: [3, 1] } }, "generator must take latents of shape [3, 1], got an input of [3]"],
    [{ latent: { shape: [3], size: 2 } }, "latent.size must be that of latent.shape, 3, got 2"],
    [{ latent: { prior: "cauchy" as never } }, "the latent prior must be normal or uniform, got cauchy"],
    [{ output: "sigmoid" as never }, "output must be one of probability, logit, unbounded, got sigmoid"],
    [{ batchSize: 0 }, "batchSize must be an integer from 1, got 0"],
    [{ threads: 0 }, "threads must be an integer from 1, got 0"],
    [{ generator: 3 as never }, "generator must be a path, bytes or a session, got number"],
    [{ generator: null as never }, "generator must be a path, bytes or a session, got null"],
  ])("refuses %o", async (options, message) => {
    await expect(load("points", options)).rejects.toThrow(`fromOnnx: ${message}`);
  });
});

describe("sessions", () => {
  /** A session that counts: what it says of its shapes is up to the test. */
  const counted = (metadata: Partial<OnnxSession>, columns = 1) => {
    const calls: (readonly number[])[] = [];
    let released = 0;
    const session: OnnxSession = {
      inputNames: ["x"],
      outputNames: ["y"],
      ...metadata,
      async run({ x }) {
        calls.push(x!.dims);
        const rows = x!.dims[0]!;
        return { y: { type: "float32", data: new Float32Array(rows * columns), dims: [rows, columns] } };
      },
      async release() {
        released += 1;
      },
    };
    return { session, calls, released: () => released };
  };
  const runtime: OnnxRuntime = { ...node, InferenceSession: { create: async () => counted({}, 2).session } };
  const shaped = (...shape: (number | string)[]): Partial<OnnxSession> => ({
    inputMetadata: [{ name: "x", isTensor: true, type: "float32", shape }],
  });
  const withGenerator = (metadata: Partial<OnnxSession>, latent: FromOnnxOptions["latent"] = {}) => {
    const generator = counted(metadata, 2);
    const discriminator = counted({});
    const { session } = discriminator;
    const gan = fromOnnx({
      generator: generator.session,
      discriminator: session,
      output: "logit",
      latent,
      runtime,
    });
    return { gan, generator, discriminator };
  };

  test.each<[Partial<OnnxSession>, FromOnnxOptions["latent"], number[]]>([
    [shaped("n", 6, 1, 1), {}, [5, 6, 1, 1]],
    [shaped("n", "z", 1, 1), { size: 6 }, [5, 6, 1, 1]],
    [shaped("n", "z"), { size: 6 }, [5, 6]],
    [shaped("n", "z", "h"), { shape: [2, 3] }, [5, 2, 3]],
    [shaped("n", 2, 3), { shape: [2, 3] }, [5, 2, 3]],
    [shaped(), { size: 6 }, [5, 6]],
    [{}, { size: 6 }, [5, 6]],
    [{}, { shape: [6, 1, 1] }, [5, 6, 1, 1]],
  ])("a generator that says %j is fed, with %j, %j", async (metadata, latent, dims) => {
    const { gan, generator } = withGenerator(metadata, latent);
    const { generate, latent: made } = await gan;
    expect(made.size).toBe(6);
    await generate(5, randomStream(1));
    expect(generator.calls).toEqual([dims]);
  });

  test("without a size it is asked for", async () => {
    await expect(withGenerator({}).gan).rejects.toThrow(
      "latent.size must be given, as the generator leaves it open",
    );
    await expect(withGenerator(shaped("n", "z", 1)).gan).rejects.toThrow(
      "latent.size must be given, as the generator leaves it open, got an input of [z, 1]",
    );
    await expect(withGenerator(shaped("n", "z", "h"), { size: 6 }).gan).rejects.toThrow(
      "latent.shape must be given",
    );
    const integers = [{ name: "x", isTensor: true, type: "int64", shape: ["n", 6] }];
    await expect(withGenerator({ inputMetadata: integers }).gan).rejects.toThrow(
      "generator must take float32, float64 or float16, got int64",
    );
  });

  test("of a fixed number of rows are given just so many", async () => {
    const { gan, generator, discriminator } = withGenerator(shaped(4, 6));
    const { generate, score } = await gan;
    const batch = await generate(10, randomStream(1));
    expect(batch.shape).toEqual([10, 2]);
    expect(generator.calls).toEqual([
      [4, 6],
      [4, 6],
      [4, 6],
    ]);
    expect(await score(batch)).toHaveLength(10);
    expect(discriminator.calls).toEqual([[10, 2]]);
  });

  test("that are given stay their owner's; those loaded are released, once, also on an error", async () => {
    const given = withGenerator({}, { size: 1 });
    const gan = await given.gan;
    await gan.release();
    await gan.release();
    expect(given.generator.released() + given.discriminator.released()).toBe(0);
    await expect(gan.generate(1, randomStream(1))).rejects.toThrow("fromOnnx: the GAN has been released");

    const made = [counted({}, 2), counted({})];
    let next = 0;
    const counting = { ...runtime, InferenceSession: { create: async () => made[next++ % 2]!.session } };
    const options = { generator: "g", discriminator: "d", output: "logit", runtime: counting } as const;
    const loaded = await fromOnnx({ ...options, latent: { size: 1 } });
    await loaded.release();
    await loaded.release();
    expect(made.map(({ released }) => released())).toEqual([1, 1]);
    await expect(fromOnnx(options)).rejects.toThrow("latent.size must be given");
    expect(made.map(({ released }) => released())).toEqual([2, 2]);
  });

  test("are made with the threads and options asked for, and do not spin", async () => {
    const seen: object[] = [];
    const { session } = counted({});
    const watching: OnnxRuntime = {
      ...runtime,
      InferenceSession: {
        create: async (_model, options) => {
          seen.push(options!);
          return session;
        },
      },
    };
    const options = { generator: "g", discriminator: "d", output: "logit", latent: { size: 1 } } as const;
    await fromOnnx({ ...options, runtime: watching, threads: 3 });
    const extra = { session: { intra_op: { allow_spinning: "0" } } };
    expect(seen).toEqual([
      { extra, intraOpNumThreads: 3 },
      { extra, intraOpNumThreads: 3 },
    ]);
    seen.length = 0;
    const sessionOptions = { executionProviders: ["cuda"], extra: {} };
    await fromOnnx({ ...options, runtime: watching, sessionOptions });
    expect(seen[0]).toEqual(sessionOptions);
  });

  test("that are real ones can be given", async () => {
    const session = await node.InferenceSession.create(path("points-generator"));
    const gan = await load("points", { generator: session });
    expect((await gan.generate(2, randomStream(1))).shape).toEqual([2, 2]);
    await gan.release();
    await session.release();
  });

  test("that lose rows are found out", async () => {
    const { session } = counted({}, 2);
    const short: OnnxSession = {
      ...session,
      run: async () => ({ y: { type: "float32", data: new Float32Array(2), dims: [1, 2] } }),
    };
    const gan = await fromOnnx({
      generator: short,
      discriminator: counted({}).session,
      output: "logit",
      latent: { size: 1 },
      runtime,
    });
    await expect(gan.generate(3, randomStream(1))).rejects.toThrow(
      "generator must give one row a sample, got shape [1,2] for 3 samples",
    );
  });
});
