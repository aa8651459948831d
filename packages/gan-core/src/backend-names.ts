/**
 * The engines that can run TensorFlow.js models, best first: what `useBackend` of `@mhgan/gan-core/tfjs` takes.
 *
 * `webgl` comes after `wasm`, for it may be drawn by software or calculate with 16 bits; a page that knows its users' machines asks for it.
 */
export const backendNames = ["tfjs-node-gpu", "tfjs-node", "webgpu", "wasm", "webgl", "cpu"] as const;

/** One of {@link backendNames}. */
export type BackendName = (typeof backendNames)[number];
