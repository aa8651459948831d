import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../backend.ts";
import { multilayerPerceptron } from "../multilayer-perceptron.ts";
import { fetchModel } from "./fetch-model.ts";
import { ModelFileError } from "./model-file-error.ts";
import type { ModelFiles } from "./model-files.ts";
import { serializeModel } from "./serialize-model.ts";

let model: LayersModel;
let files: ModelFiles;
beforeAll(async () => {
  await useBackend("cpu");
  model = multilayerPerceptron({ inputs: 3, outputs: 2, hidden: [5], random: randomStream(1) });
  files = await serializeModel(model);
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/g`;
}

const nameOf = (url: string | undefined) => url!.split("/").at(-1) as keyof ModelFiles;
const valuesOf = (of: LayersModel) => of.getWeights().map((weight) => Array.from(weight.dataSync()));

describe("fetchModel", () => {
  test("loads a model from a server, where plain TensorFlow.js can load it too", async () => {
    const asked: unknown[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.end(files[nameOf(request.url)]);
    });
    expect(valuesOf(await fetchModel(`${url}/`))).toEqual(valuesOf(model));
    expect(asked).toEqual(["/models/g/manifest.json", "/models/g/model.json", "/models/g/weights.bin"]);
    expect(valuesOf(await loadLayersModel(`${url}/model.json`))).toEqual(valuesOf(model));
  });

  test("takes a fetch of one's own", async () => {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return new Response(files[nameOf(url)].slice());
    };
    expect(valuesOf(await fetchModel("models/g", { fetch }))).toEqual(valuesOf(model));
    expect(asked[0]).toBe("models/g/manifest.json");
  });

  test.each<[string, RequestListener, string, RegExp]>([
    [
      "a file that is not there",
      (request, response) => {
        response.statusCode = request.url!.endsWith("bin") ? 404 : 200;
        response.end(files[nameOf(request.url)]);
      },
      "weights.bin",
      /could not be fetched \(HTTP status 404\)/,
    ],
    [
      "a page in place of a manifest",
      (_, response) => response.end("<html>"),
      "manifest.json",
      /must be JSON/,
    ],
    [
      "an answer that breaks off",
      (request, response) => {
        const bytes = files[nameOf(request.url)];
        if (!request.url!.endsWith("bin")) return response.end(bytes);
        response.writeHead(200, { "content-length": bytes.length });
        return response.write(bytes.slice(0, 50), () => response.destroy());
      },
      "weights.bin",
      /broke off after \d+ bytes/,
    ],
    [
      "weights without end",
      (request, response) => {
        if (!request.url!.endsWith("bin")) return response.end(files[nameOf(request.url)]);
        const more = (): unknown => response.write(new Uint8Array(1000), () => setTimeout(more));
        return more();
      },
      "weights.bin",
      /must have at most 128 bytes, got more/,
    ],
    [
      "a server that hangs up",
      (request) => request.socket.destroy(),
      "manifest.json",
      /could not be fetched \(/,
    ],
  ])("refuses %s, with its address", async (_, listener, file, reason) => {
    const url = await serve(listener);
    const before = tf.memory().numTensors;
    const error: unknown = await fetchModel(url).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error).toMatchObject({ file: `${url}/${file}`, reason: expect.stringMatching(reason) });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("stops when aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const url = await serve(() => controller.abort(reason));
    await expect(fetchModel(url, { signal: controller.signal })).rejects.toBe(reason);
  });
});
