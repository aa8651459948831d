import { importOptional } from "./import-optional.ts";
import { nodeVersion } from "./node-runtime.ts";

interface Adapter {
  readonly info?: { readonly isFallbackAdapter?: boolean; readonly description?: string };
}

interface Gpu {
  requestAdapter(): Promise<Adapter | null>;
}

/** What the package `webgpu` exports. */
interface NodeWebGpu {
  create(options: readonly string[]): Gpu;
  readonly globals: object;
}

const gpuOf = (): Gpu | undefined => (globalThis as { navigator?: { gpu?: Gpu } }).navigator?.gpu;

/**
 * Gives Node the `navigator.gpu` that browsers have, from a package that brings Dawn, Chromium's WebGPU. Where there is one, nothing is done.
 *
 * TensorFlow.js looks for it once, when `@tensorflow/tfjs-backend-webgpu` is imported.
 */
export async function provideNavigatorGpu(specifier: string): Promise<void> {
  if (gpuOf() !== undefined || nodeVersion() === undefined) return;
  const { create, globals } = (await importOptional(specifier)) as NodeWebGpu;
  Object.assign(globalThis, globals);
  // The object must stay referenced: Dawn goes down with it, and takes the process along.
  const property = { value: create([]), configurable: true };
  if (typeof navigator === "undefined") {
    // Node 20 has no navigator. TensorFlow.js reads its user agent.
    const userAgent = `Node.js/${nodeVersion()!.split(".")[0]}`;
    const value = Object.defineProperty({ userAgent }, "gpu", property);
    Object.defineProperty(globalThis, "navigator", { value, configurable: true, writable: true });
  } else Object.defineProperty(navigator, "gpu", property);
}

/** Why WebGPU cannot be used here, or undefined. */
export async function missingAdapter(): Promise<string | undefined> {
  const adapter = await gpuOf()?.requestAdapter();
  return adapter
    ? undefined
    : "WebGPU finds no adapter: it needs a GPU with a driver for Vulkan, Metal or Direct3D 12";
}

/** Why WebGPU is slower here than wasm, or undefined. */
export async function softwareAdapter(): Promise<string | undefined> {
  const info = (await gpuOf()?.requestAdapter())?.info;
  return info?.isFallbackAdapter
    ? `it runs in software (${info.description || "fallback adapter"}), slower than wasm`
    : undefined;
}
