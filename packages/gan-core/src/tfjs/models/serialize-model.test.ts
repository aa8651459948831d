import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, layers, loadLayersModel, sequential } from "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, test } from "vitest";
import { useBackend } from "../backend.ts";
import { dcganDiscriminator, dcganGenerator } from "../dcgan.ts";
import { multilayerPerceptron } from "../multilayer-perceptron.ts";
import { deserializeModel } from "./deserialize-model.ts";
import { ModelFileError } from "./model-file-error.ts";
import type { ModelFiles } from "./model-files.ts";
import { serializeModel } from "./serialize-model.ts";
import { sha256 } from "./sha256.ts";

const perceptron = () =>
  multilayerPerceptron({ inputs: 3, outputs: 2, hidden: [5], random: randomStream(1) });

const valuesOf = (model: LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));

const outputOf = (model: LayersModel): number[] =>
  tf.tidy(() => {
    const size = model.inputs[0]!.shape.slice(1) as number[];
    const input = tf.randomNormal([4, ...size], 0, 1, "float32", 7);
    return Array.from((model.predict(input) as tf.Tensor).dataSync());
  });

const textOf = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** The files with others in their place, and a manifest that is right about them. */
async function resealed(files: ModelFiles, changed: Partial<ModelFiles>): Promise<ModelFiles> {
  const all = { ...files, ...changed };
  const manifest = textOf(files["manifest.json"]);
  for (const name of ["model.json", "weights.bin"] as const) {
    manifest.files[name] = { bytes: all[name].length, sha256: await sha256(all[name]) };
  }
  return { ...all, "manifest.json": bytesOf(manifest) };
}

describe.each(["cpu", "wasm"] as const)("a model as files, on %s", (backend) => {
  beforeEach(async () => {
    await useBackend(backend);
  });

  test.each([
    ["fully connected", perceptron],
    [
      "with batch normalisation",
      () => dcganGenerator({ image: [8, 8, 1], latent: 3, channels: [2, 3], random: randomStream(1) }),
    ],
    [
      "of convolutions",
      () => dcganDiscriminator({ image: [8, 8, 1], channels: [2, 3], random: randomStream(2) }),
    ],
  ])("comes back to the bit, and leaks nothing: %s", async (_, make) => {
    const model = make();
    // Moving statistics are weights too.
    model.setWeights(
      model.getWeights().map((weight, i) => tf.add(weight, tf.scalar(0.1 * (i + 1)))) as tf.Tensor[],
    );
    const before = tf.memory().numTensors;
    const files = await serializeModel(model);
    expect(tf.memory().numTensors).toBe(before);
    const copy = await deserializeModel(structuredClone(files));
    expect(valuesOf(copy)).toEqual(valuesOf(model));
    expect(outputOf(copy)).toEqual(outputOf(model));
    expect(await serializeModel(copy)).toEqual(files);
    copy.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("serializeModel", () => {
  beforeEach(async () => {
    await useBackend("cpu");
  });

  test("makes what plain TensorFlow.js loads, with a manifest of sizes and hashes", async () => {
    const model = perceptron();
    const files = await serializeModel(model);
    const { modelTopology, weightsManifest, format } = textOf(files["model.json"]);
    expect(weightsManifest[0].paths).toEqual(["weights.bin"]);
    const handler = tf.io.fromMemory({
      modelTopology,
      format,
      weightSpecs: weightsManifest[0].weights,
      weightData: files["weights.bin"].slice().buffer,
    });
    expect(valuesOf(await loadLayersModel(handler))).toEqual(valuesOf(model));
    expect(textOf(files["manifest.json"])).toEqual({
      format: "mhgan-model",
      version: 1,
      files: {
        "model.json": { bytes: files["model.json"].length, sha256: await sha256(files["model.json"]) },
        "weights.bin": { bytes: 4 * (3 * 5 + 5 + 5 * 2 + 2), sha256: await sha256(files["weights.bin"]) },
      },
    });
  });

  test("knows the SHA-256 of abc", async () => {
    // FIPS 180-4, example of one block.
    expect(await sha256(new TextEncoder().encode("abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  test("stores weights in half precision or a byte each, to the rounding of those", async () => {
    const model = perceptron();
    for (const [quantize, bytes, error] of [
      // Half precision has 11 bits: the error is up to 2^-12 of a weight, and these are below 1.
      ["float16", 2, 2 ** -12],
      // Half a step of 255 between the ends, which are at most 2 apart.
      ["uint8", 1, 1 / 255],
    ] as const) {
      const files = await serializeModel(model, { quantize });
      expect(files["weights.bin"].length).toBe(bytes * model.countParams());
      const copy = await deserializeModel(files);
      const [actual, expected] = [valuesOf(copy).flat(), valuesOf(model).flat()];
      expect(actual).not.toEqual(expected);
      actual.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(error + 1e-7);
      });
    }
  });

  test("a byte each keeps equal weights as they are", async () => {
    const model = sequential();
    model.add(layers.dense({ units: 2, inputShape: [2], kernelInitializer: "ones" }));
    const copy = await deserializeModel(await serializeModel(model, { quantize: "uint8" }));
    expect(valuesOf(copy)).toEqual([
      [1, 1, 1, 1],
      [0, 0],
    ]);
  });

  test("refuses what it cannot quantize", async () => {
    const model = perceptron();
    // @ts-expect-error: no such quantization
    await expect(serializeModel(model, { quantize: "int4" })).rejects.toThrow('"uint8", got "int4"');
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, 7e4)));
    await expect(serializeModel(model, { quantize: "float16" })).rejects.toThrow("reaches up to 65504");
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, Number.NaN)));
    await expect(serializeModel(model, { quantize: "uint8" })).rejects.toThrow("must be finite, got NaN");
  });
});

describe("deserializeModel refuses, naming file and reason, and leaves no tensor:", () => {
  beforeEach(async () => {
    await useBackend("cpu");
  });

  type Change = (files: ModelFiles) => ModelFiles | Promise<ModelFiles>;
  const manifestWith =
    (change: (manifest: ReturnType<typeof textOf>) => void): Change =>
    (files) => {
      const manifest = textOf(files["manifest.json"]);
      change(manifest);
      return { ...files, "manifest.json": bytesOf(manifest) };
    };
  const modelWith =
    (change: (model: ReturnType<typeof textOf>) => void): Change =>
    (files) => {
      const model = textOf(files["model.json"]);
      change(model);
      return resealed(files, { "model.json": bytesOf(model) });
    };

  test.each<[string, Change, string, string | RegExp]>([
    ["a missing file", ({ "model.json": _, ...files }) => files as ModelFiles, "model.json", "is missing"],
    [
      "weights that are cut short",
      (files) => ({ ...files, "weights.bin": files["weights.bin"].slice(0, 100) }),
      "weights.bin",
      "must have 128 bytes, got 100",
    ],
    [
      "one bit that was changed",
      (files) => {
        const weights = files["weights.bin"].slice();
        weights[77]! ^= 4;
        return { ...files, "weights.bin": weights };
      },
      "weights.bin",
      "was changed: its SHA-256 is not that of the manifest",
    ],
    [
      "a changed model.json",
      (files) => {
        const model = files["model.json"].slice();
        model[20]! ^= 1;
        return { ...files, "model.json": model };
      },
      "model.json",
      "was changed",
    ],
    [
      "a manifest that is no JSON",
      (files) => ({ ...files, "manifest.json": files["manifest.json"].slice(0, -10) }),
      "manifest.json",
      /must be JSON \(/,
    ],
    [
      "a manifest that is no object",
      (files) => ({ ...files, "manifest.json": bytesOf([1]) }),
      "manifest.json",
      "must be a JSON object",
    ],
    [
      "a huge manifest",
      (files) => ({ ...files, "manifest.json": new Uint8Array(1e5) }),
      "manifest.json",
      "must have at most 65536 bytes, got 100000",
    ],
    [
      "another format",
      manifestWith((manifest) => {
        manifest.format = "onnx";
      }),
      "manifest.json",
      'must be of the format "mhgan-model", got "onnx"',
    ],
    [
      "a later version",
      manifestWith((manifest) => {
        manifest.version = 2;
      }),
      "manifest.json",
      "must be of version 1, got 2",
    ],
    [
      "no list of files",
      manifestWith((manifest) => {
        manifest.files = null;
      }),
      "manifest.json",
      "must list files",
    ],
    [
      "a path out of the folder",
      manifestWith((manifest) => {
        manifest.files["../../etc/passwd"] = manifest.files["weights.bin"];
      }),
      "manifest.json",
      'must list model.json and weights.bin alone, got "../../etc/passwd"',
    ],
    [
      "a file that is not listed",
      manifestWith((manifest) => {
        delete manifest.files["weights.bin"];
      }),
      "manifest.json",
      "must list weights.bin",
    ],
    [
      "a negative size",
      manifestWith((manifest) => {
        manifest.files["weights.bin"].bytes = -1;
      }),
      "manifest.json",
      "must give the size of weights.bin, got -1",
    ],
    [
      "no hash",
      manifestWith((manifest) => {
        manifest.files["model.json"].sha256 = "abc";
      }),
      "manifest.json",
      'must give the SHA-256 of model.json, got "abc"',
    ],
    [
      "a model that declares more than the limit",
      manifestWith((manifest) => {
        manifest.files["weights.bin"].bytes = 2 ** 40;
      }),
      "manifest.json",
      /declares a model of 10995\d+ bytes, more than maxBytes = 536870912/,
    ],
    [
      "a graph model",
      modelWith((model) => {
        model.format = "graph-model";
      }),
      "model.json",
      'must be of the format "layers-model", got "graph-model"',
    ],
    [
      "no topology",
      modelWith((model) => {
        model.modelTopology = null;
      }),
      "model.json",
      "must have a modelTopology",
    ],
    [
      "weights in a path out of the folder",
      modelWith((model) => {
        model.weightsManifest[0].paths = ["../weights.bin"];
      }),
      "model.json",
      'must keep its weights in weights.bin alone, got [["../weights.bin"]]',
    ],
    [
      "no list of weights",
      modelWith((model) => {
        delete model.weightsManifest[0].weights;
      }),
      "model.json",
      "must list its weights",
    ],
    [
      "a shape that is none",
      modelWith((model) => {
        model.weightsManifest[0].weights[0].shape = [-3, 5];
      }),
      "model.json",
      /weight "dense_Dense\d+\/kernel" must have a shape, got \[-3,5\]/,
    ],
    [
      "weights of an unknown type",
      modelWith((model) => {
        model.weightsManifest[0].weights[0].dtype = "float128";
      }),
      "model.json",
      /is of an unknown type, "float128"/,
    ],
    [
      "an unknown quantization",
      modelWith((model) => {
        model.weightsManifest[0].weights[0].quantization = { dtype: "int4" };
      }),
      "model.json",
      /is of an unknown type, "int4"/,
    ],
    [
      "shapes that ask for more than there is",
      modelWith((model) => {
        model.weightsManifest[0].weights[0].shape = [1e9, 1e9];
      }),
      "model.json",
      /lists weights of 4\d+ bytes, but weights.bin has 128/,
    ],
    [
      "an unknown layer",
      modelWith((model) => {
        model.modelTopology.config.layers[1].class_name = "Mystery";
      }),
      "model.json",
      /no model could be made of it \(Unknown layer: Mystery/,
    ],
    [
      "a topology that is none",
      modelWith((model) => {
        model.modelTopology = { config: 5 };
      }),
      "model.json",
      /no model could be made of it/,
    ],
    [
      "weights that do not fit the layers",
      modelWith((model) => {
        model.modelTopology.config.layers[1].config.units = 3;
      }),
      "weights.bin",
      /no model could be made of it \(.*shape/i,
    ],
    [
      "weights under other names",
      modelWith((model) => {
        model.weightsManifest[0].weights[3].name = "__proto__";
      }),
      "weights.bin",
      /no model could be made of it/,
    ],
  ])("%s", async (_, change, file, reason) => {
    const files = await change(await serializeModel(perceptron()));
    const [tensors, variables] = [
      tf.memory().numTensors,
      Object.keys(tf.engine().registeredVariables).length,
    ];
    const error: unknown = await deserializeModel(files).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ModelFileError);
    expect((error as ModelFileError).file).toBe(file);
    expect((error as ModelFileError).message).toContain(`${file}: `);
    expect((error as ModelFileError).reason).toMatch(reason);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(Object.keys(tf.engine().registeredVariables)).toHaveLength(variables);
  });

  test("models above a limit of one's own", async () => {
    await expect(deserializeModel(await serializeModel(perceptron()), { maxBytes: 1000 })).rejects.toThrow(
      "more than maxBytes = 1000",
    );
  });
});
