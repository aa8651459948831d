import { readFileSync } from "node:fs";
import * as node from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { withoutFinalSigmoid } from "./final-sigmoid.ts";

const bytes = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`golden/${name}.onnx`, import.meta.url)));
const run = async (model: Uint8Array, x: Float32Array): Promise<Float32Array> => {
  const session = await node.InferenceSession.create(model);
  const { output } = await session.run({ input: new node.Tensor("float32", x, [x.length / 64, 1, 8, 8]) });
  await session.release();
  return output!.data as Float32Array;
};

describe("withoutFinalSigmoid", () => {
  test("gives a model of the logits", async () => {
    const model = bytes("images-discriminator");
    const logits = withoutFinalSigmoid(model)!;
    expect(logits.length).toBe(model.length + 1); // "Identity" is longer than "Sigmoid"
    const x = Float32Array.from({ length: 192 }, (_, i) => Math.sin(i) * 3);
    const probabilities = await run(model, x);
    const scores = await run(logits, x);
    scores.forEach((score, i) => {
      expect(Math.abs(1 / (1 + Math.exp(-score)) - probabilities[i]!)).toBeLessThan(1e-6);
    });
    expect(withoutFinalSigmoid(logits)).toBeUndefined();
  });

  test("sees it through operators that only reshape, not where it is used twice, nor beside files of weights", async () => {
    const flattened = withoutFinalSigmoid(bytes("flattened-sigmoid"))!;
    expect((await run(flattened, new Float32Array(64).fill(40)))[0]).toBe(40);
    expect(withoutFinalSigmoid(bytes("used-sigmoid"))).toBeUndefined();
    expect(withoutFinalSigmoid(bytes("outside-weights"))).toBeUndefined();
  });

  test("leaves other models, and what is no model, alone", () => {
    const model = bytes("images-discriminator");
    for (const other of ["points-discriminator", "images-generator", "two-outputs"]) {
      expect(withoutFinalSigmoid(bytes(other))).toBeUndefined();
    }
    expect(withoutFinalSigmoid(new Uint8Array(0))).toBeUndefined();
    expect(withoutFinalSigmoid(Uint8Array.of(0xff, 0xff, 0xff))).toBeUndefined();
    expect(withoutFinalSigmoid(Uint8Array.from({ length: 40 }, () => 0xff))).toBeUndefined();
    expect(withoutFinalSigmoid(Uint8Array.of(0x07))).toBeUndefined();
    // Cut anywhere, it is no model, unless only what follows the graph is lost.
    for (let end = 0; end < model.length - 20; end++) {
      expect(withoutFinalSigmoid(model.subarray(0, end))).toBeUndefined();
    }
  });
});
