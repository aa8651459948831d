import * as node from "onnxruntime-node";
import * as web from "onnxruntime-web";
import { describe, expect, test } from "vitest";
import { loadOnnxRuntime, type OnnxRuntime } from "./onnx-runtime.ts";

const absent = async (name: string): Promise<never> => {
  throw new Error(`Cannot find package '${name}'\nimported from elsewhere`);
};

describe("loadOnnxRuntime", () => {
  test("finds what is installed, onnxruntime-node first", async () => {
    expect((await loadOnnxRuntime()).InferenceSession).toBe(node.InferenceSession);
    const asked: string[] = [];
    const load = async (name: string) => {
      asked.push(name);
      return name === "onnxruntime-node" ? absent(name) : { default: web };
    };
    expect(await loadOnnxRuntime(load)).toBe(web);
    expect(asked).toEqual(["onnxruntime-node", "onnxruntime-web"]);
  });

  test("says why none loads and what to install", async () => {
    await expect(loadOnnxRuntime(absent)).rejects.toThrow(
      "fromOnnx: could not load an ONNX Runtime (onnxruntime-node: Cannot find package 'onnxruntime-node'; onnxruntime-web: Cannot find package 'onnxruntime-web'); in Node: npm install onnxruntime-node",
    );
    await expect(loadOnnxRuntime(absent)).rejects.toThrow("ONNXRUNTIME_NODE_INSTALL=skip");
    await expect(loadOnnxRuntime(async () => ({}))).rejects.toThrow("it is not an ONNX Runtime");
  });

  test("describes both modules", () => {
    const runtimes: OnnxRuntime[] = [node, web];
    expect(runtimes).toHaveLength(2);
  });
});
