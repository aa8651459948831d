import * as tf from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, test } from "vitest";
import { type BackendName, backendNames } from "../backend-names.ts";
import { testBackends } from "../testing/backends.ts";
import { useBackend } from "./backend.ts";
import { BackendError } from "./backends/backend-error.ts";
import { describeBackends } from "./describe-backends.ts";

/** The packages of the others are not among this repository's dependencies; `npm run test:native` and `test:webgpu` bring them. */
const absent = (["tfjs-node-gpu", "tfjs-node", "webgpu"] as const).filter(
  (name) => !testBackends.includes(name),
);

const failureOf = async (name: BackendName): Promise<BackendError> => {
  const error = await useBackend(name).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(BackendError);
  return error as BackendError;
};

beforeEach(() => useBackend("cpu"));

describe("useBackend", () => {
  test.each([...new Set<BackendName>(["cpu", "wasm", ...testBackends])])(
    "starts %s if asked",
    async (name) => {
      expect(await useBackend(name)).toEqual({ backend: name, failures: [] });
      expect((await tf.add(1, 2).data())[0]).toBe(3);
    },
  );

  test("else the best that runs, and says why better ones do not", async () => {
    const report = await useBackend();
    const descriptions = await describeBackends();
    const best = descriptions.find(({ status, reason }) => status === "usable" && reason === "");
    expect(report.backend).toBe(best!.backend);
    expect((await tf.add(1, 2).data())[0]).toBe(3);
    expect(report.failures.map(({ backend }) => backend)).toEqual(
      backendNames.slice(0, backendNames.indexOf(report.backend)),
    );
    expect(structuredClone(report)).toEqual(report);
  });

  test.each(absent)("never takes another for %s", async (name) => {
    const { message, status, advice } = await failureOf(name);
    expect(status).toBe("missing");
    expect(advice).toMatch(/^npm install @tensorflow\/tfjs-[\w-]+( webgpu)?$/);
    expect(message).toMatch(/^useBackend: could not start [\w-]+ \(\S+ is not installed\); npm install /);
    expect(tf.getBackend()).toBe("cpu");
  });

  test("leaves the backend in use when another does not start", async () => {
    const error = await failureOf("webgl");
    expect(error.status).toBe("unsupported");
    expect(error.reason).toBe("@tensorflow/tfjs-backend-webgl finds no WebGL here");
    expect(tf.getBackend()).toBe("cpu");
    expect((await tf.add(1, 2).data())[0]).toBe(3);
  });

  test("refuses names that it does not know", async () => {
    // @ts-expect-error: not a backend
    await expect(useBackend("quantum")).rejects.toThrow("name must be one of tfjs-node-gpu, tfjs-node");
  });
});

describe("describeBackends", () => {
  test("says of each whether it runs and what to do, and changes nothing", async () => {
    await useBackend("wasm");
    const kept = tf.tensor1d([1, 2, 3]);
    const tensors = tf.memory().numTensors;
    const descriptions = await describeBackends();
    expect(descriptions.map(({ backend }) => backend)).toEqual(backendNames);
    for (const { backend, status, reason, advice } of descriptions) {
      if (backend === "wasm" || backend === "cpu")
        expect({ status, reason }).toEqual({ status: "usable", reason: "" });
      if (absent.some((name) => name === backend)) expect(status).toBe("missing");
      if (backend === "webgl") expect(status).toBe("unsupported");
      expect(advice === "").toBe(status === "usable");
    }
    expect(tf.getBackend()).toBe("wasm");
    expect(tf.memory().numTensors).toBe(tensors);
    expect([...(await tf.square(kept).data())]).toEqual([1, 4, 9]);
  });
});
