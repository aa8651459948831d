import { engine, type GradConfig, type LeakyReluAttrs, type Tensor } from "@tensorflow/tfjs-core";
import { simdFunctions } from "./simd/simd-functions.ts";
import { address, currentWasmBackend } from "./wasm-backend.ts";

type Gradient = GradConfig["gradFunc"];

/** How one gradient is replaced: `create` gets the stock gradient to fall back to. */
export interface GradientPatch {
  readonly kernelName: string;
  create(stock: Gradient): Gradient;
}

/**
 * The gradients of ReLU and leaky ReLU in one pass instead of three or four kernels.
 *
 * Gradients are registered for all backends at once, so on others the stock one runs. It also runs while a tape records, that
 * is inside a gradient of a gradient: our result has no history to differentiate.
 */
export const reluGradient: GradientPatch = { kernelName: "Relu", create: (stock) => onePass(stock, () => 0) };

/** See {@link reluGradient}. */
export const leakyReluGradient: GradientPatch = {
  kernelName: "LeakyRelu",
  create: (stock) => onePass(stock, (attrs) => (attrs as unknown as LeakyReluAttrs).alpha),
};

function onePass(stock: Gradient, slope: (attrs: Parameters<Gradient>[2]) => number): Gradient {
  return (dy, saved, attrs) => {
    const backend = currentWasmBackend();
    const simd = backend && simdFunctions(backend);
    if (backend === undefined || simd === undefined || engine().isTapeOn()) return stock(dy, saved, attrs);
    const [x] = saved as [Tensor];
    const gradient = dy as Tensor;
    const derX = (): Tensor => {
      const out = backend.makeOutput(x.shape, "float32");
      const [from, dyFrom] = [address(backend, x), address(backend, gradient)];
      simd.leakyReluGradient(from, dyFrom, address(backend, out), x.size, slope(attrs));
      return engine().makeTensorFromTensorInfo(out);
    };
    return { x: derX };
  };
}
