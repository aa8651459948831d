/** The engines that can run TensorFlow.js models, best first: what `useBackend` of `@mhgan/gan-core/tfjs` takes. */
export const backendNames = ["tfjs-node-gpu", "tfjs-node", "webgpu", "wasm", "cpu"] as const;

/** One of {@link backendNames}. */
export type BackendName = (typeof backendNames)[number];
