import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { useBackend } from "./backend.ts";

describe("useBackend", () => {
  test("starts the backend asked for", async () => {
    expect(await useBackend("cpu")).toEqual({ backend: "cpu", failures: [] });
    expect(tf.getBackend()).toBe("cpu");
    expect(await useBackend("wasm")).toEqual({ backend: "wasm", failures: [] });
    expect(tf.getBackend()).toBe("wasm");
    expect((await tf.add(1, 2).data())[0]).toBe(3);
  });

  test("else the best that loads, and says why better ones do not", async () => {
    const { backend, failures } = await useBackend();
    // The three before it are not among this repository's dependencies.
    expect(backend).toBe("wasm");
    expect(tf.getBackend()).toBe("wasm");
    expect(failures.map((failure) => failure.backend)).toEqual(["tfjs-node-gpu", "tfjs-node", "webgpu"]);
    for (const { reason } of failures) expect(reason).toMatch(/cannot find|failed to|could not/i);
  });

  test("never falls silently to another", async () => {
    // Not installed in this repository: it needs a download of its own.
    await expect(useBackend("tfjs-node-gpu")).rejects.toThrow(/npm install @tensorflow\/tfjs-node-gpu$/);
    // @ts-expect-error: not a backend
    await expect(useBackend("quantum")).rejects.toThrow("name must be one of tfjs-node-gpu, tfjs-node");
  });
});
