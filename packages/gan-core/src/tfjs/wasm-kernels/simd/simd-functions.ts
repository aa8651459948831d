import type { WasmBackend } from "../wasm-backend.ts";
import { columnSums } from "./column-sums.ts";
import { mishFunctions } from "./mish-functions.ts";
import { encodeModule } from "./module.ts";
import { packFunctions } from "./pack-functions.ts";
import { pointwiseFunctions } from "./pointwise-functions.ts";
import { multiplyPanels } from "./tile-functions.ts";

/** The vector functions. All integers are addresses in the backend's memory, or counts. */
export interface SimdFunctions {
  add(a: number, b: number, y: number, length: number): void;
  relu(x: number, y: number, length: number): void;
  leakyRelu(x: number, y: number, length: number, alpha: number): void;
  leakyReluGradient(x: number, dy: number, dx: number, length: number, alpha: number): void;
  mish(x: number, y: number, length: number): void;
  mishCurvature(x: number, a: number, b: number, y: number, length: number): void;
  mishGradient(x: number, dy: number, dx: number, length: number): void;
  moveTowards(average: number, value: number, length: number, rate: number): void;
  adamStep(
    weights: number,
    gradient: number,
    first: number,
    second: number,
    next: number,
    length: number,
    ...factors: number[]
  ): void;
  columnSums(x: number, y: number, stride: number, end: number, scale: number): void;
  packVectors(...args: [number, number, number, number, number, number, number]): void;
  packNeighbours4(source: number, target: number, along: number, depth: number): void;
  packNeighbours8(source: number, target: number, along: number, depth: number): void;
  packTransposed(source: number, target: number, across: number, depth: number): void;
  multiplyPanels(
    aPanel: number,
    bPanels: number,
    c: number,
    cStride: number,
    panels: number,
    depth: number,
  ): void;
}

/** The part of the global that is used here; only TypeScript's DOM library declares it. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const instances = new WeakMap<WasmBackend, { readonly functions: SimdFunctions | undefined }>();

/**
 * Our own WebAssembly functions on the memory of the tfjs backend, compiled when a backend is first seen.
 * Undefined where the runtime has no SIMD or the backend does not expose its memory.
 */
export function simdFunctions(backend: WasmBackend): SimdFunctions | undefined {
  const known = instances.get(backend);
  if (known !== undefined) return known.functions;
  const functions = instantiate(backend);
  instances.set(backend, { functions });
  return functions;
}

function instantiate(backend: WasmBackend): SimdFunctions | undefined {
  const memory = backend.wasm.asm?.memory;
  if (memory === undefined) return undefined;
  const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
  const functions = [multiplyPanels, columnSums, ...packFunctions, ...pointwiseFunctions, ...mishFunctions];
  const bytes = encodeModule(functions, shared);
  if (!WebAssembly.validate(bytes)) return undefined;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { tfjs: { memory } });
  return instance.exports as unknown as SimdFunctions;
}
