import { add, div, mul, sqrt, square, sub, type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { simdFunctions } from "../wasm-kernels/simd/simd-functions.ts";
import { address, currentWasmBackend, floats, type WasmBackend } from "../wasm-kernels/wasm-backend.ts";
import { assignBuffer } from "./variable-values.ts";

/** Running means of one variable's gradients and squared gradients. */
export interface AdamMoments {
  readonly first: Variable;
  readonly second: Variable;
}

/** The numbers of one step: theta -= decay theta + stepSize m / (sqrt(v) rootScale + epsilon). */
export interface AdamFactors {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly stepSize: number;
  readonly rootScale: number;
  /** The share of the weights that weight decay takes. */
  readonly decay: number;
}

/** Moves one variable and its moments by one Adam step. */
export function adamUpdate(
  value: Variable,
  gradient: Tensor,
  moments: AdamMoments,
  factors: AdamFactors,
): void {
  const backend = currentWasmBackend();
  if (backend === undefined) updateByOps(value, gradient, moments, factors);
  else updateInMemory(backend, value, gradient, moments, factors);
}

/** One pass over the wasm heap. */
function updateInMemory(
  backend: WasmBackend,
  value: Variable,
  gradient: Tensor,
  moments: AdamMoments,
  { beta1, beta2, epsilon, stepSize, rootScale, decay }: AdamFactors,
): void {
  const next = backend.makeOutput(value.shape, "float32");
  const simd = simdFunctions(backend);
  if (simd !== undefined) {
    const arrays = [value, gradient, moments.first, moments.second, next] as const;
    const addresses = arrays.map((tensor) => address(backend, tensor)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const numbers = [beta1, 1 - beta1, beta2, 1 - beta2, epsilon, stepSize, rootScale, decay];
    simd.adamStep(...addresses, value.size, ...numbers);
    assignBuffer(value, next);
    return;
  }
  const [theta, g, m, v, updated] = floats(backend, value, gradient, moments.first, moments.second, next);
  for (let i = 0; i < updated.length; i++) {
    const gi = g[i]!;
    const mi = beta1 * m[i]! + (1 - beta1) * gi;
    const vi = beta2 * v[i]! + (1 - beta2) * gi * gi;
    m[i] = mi;
    v[i] = vi;
    const move = (stepSize * mi) / (Math.sqrt(vi) * rootScale + epsilon);
    updated[i] = theta[i]! - (decay * theta[i]! + move);
  }
  assignBuffer(value, next);
}

function updateByOps(value: Variable, gradient: Tensor, moments: AdamMoments, factors: AdamFactors): void {
  const { first, second } = moments;
  tidy(() => {
    first.assign(add(mul(first, factors.beta1), mul(gradient, 1 - factors.beta1)));
    second.assign(add(mul(second, factors.beta2), mul(square(gradient), 1 - factors.beta2)));
    const root = add(mul(sqrt(second), factors.rootScale), factors.epsilon);
    const move = div(mul(first, factors.stepSize), root);
    value.assign(sub(value, factors.decay === 0 ? move : add(mul(value, factors.decay), move)));
  });
}
