import type { OnnxModelSource } from "./onnx-model.ts";

interface NodeProcess {
  getBuiltinModule?(name: "node:fs/promises"): { readFile(path: string): Promise<Uint8Array> };
}

/**
 * The bytes of a model that is given as such, by its path or, outside of Node, by its URL. Undefined of a session, and of what cannot be
 * read, which the runtime will say of it.
 */
export async function modelBytes(source: OnnxModelSource): Promise<Uint8Array | undefined> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (typeof source !== "string") return undefined;
  // Asked of the process, so that a browser's bundle has no Node module to look for.
  const { process } = globalThis as { process?: NodeProcess };
  try {
    const files = process?.getBuiltinModule?.("node:fs/promises");
    if (files !== undefined) return new Uint8Array(await files.readFile(source));
    const response = await fetch(source);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}
