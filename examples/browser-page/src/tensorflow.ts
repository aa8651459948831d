import { useBackend } from "@mhgan/gan-core/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { env } from "@tensorflow/tfjs-core";

/**
 * Starts TensorFlow.js on WebAssembly, whose files the bundler puts beside the page.
 *
 * @returns The name of the backend.
 */
export async function startTensorFlow(): Promise<string> {
  // Networks of this size gain nothing from threads, so that their file need not be there.
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths({
    "tfjs-backend-wasm.wasm": plain,
    "tfjs-backend-wasm-simd.wasm": simd,
    "tfjs-backend-wasm-threaded-simd.wasm": simd,
  });
  const { backend } = await useBackend("wasm");
  return backend;
}
