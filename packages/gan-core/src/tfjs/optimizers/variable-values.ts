import {
  add,
  engine,
  mul,
  sub,
  type Tensor,
  type TensorInfo,
  tensor,
  tidy,
  type Variable,
  variable,
  zeros,
} from "@tensorflow/tfjs-core";
import { simdFunctions } from "../wasm-kernels/simd/simd-functions.ts";
import { address, currentWasmBackend, floats } from "../wasm-kernels/wasm-backend.ts";

/** The variable of this name, as gradients are named. */
export function registeredVariable(caller: string, name: string): Variable {
  const found = engine().registeredVariables[name];
  if (found === undefined) {
    throw new RangeError(`${caller}: gradients must be named like variables, got "${name}"`);
  }
  return found;
}

/** An untrainable variable with these values, or zeros. */
export function variableFrom(values: Float32Array | undefined, shape: number[]): Variable {
  const initial = values === undefined ? zeros(shape) : tensor(values.slice(), shape, "float32");
  const created = variable(initial, false);
  initial.dispose();
  return created;
}

/** A copy of a tensor's values. (On some backends `data()` is the tensor's own memory.) */
export async function readValues(source: Tensor): Promise<Float32Array> {
  return Float32Array.from(await source.data<"float32">());
}

/**
 * Gives a variable new memory. Writing into the old would be wrong on wasm: XNNPACK keeps packed copies of
 * weights per buffer, and tensors saved for a gradient may share it.
 */
export function assignBuffer(target: Variable, buffer: TensorInfo): void {
  const value = engine().makeTensorFromTensorInfo(buffer);
  target.assign(value);
  value.dispose();
}

/** An untrainable variable with the values of another. */
export function copyOf(source: Variable): Variable {
  const copy = variableFrom(undefined, source.shape);
  copyValues(source, copy);
  return copy;
}

/** Gives `target` the values of `source` in memory of its own. */
export function copyValues(source: Variable, target: Variable): void {
  const backend = currentWasmBackend();
  if (backend === undefined) {
    tidy(() => target.assign(add(source, 0)));
    return;
  }
  const buffer = backend.makeOutput(source.shape, "float32");
  const [from, to] = floats(backend, source, buffer);
  to.set(from);
  assignBuffer(target, buffer);
}

/**
 * moving += rate (goal − moving). On wasm in place: `moving` must be a variable of ours, whose memory nothing else sees.
 */
export function moveTowards(moving: Variable, goal: Variable, rate: number): void {
  const backend = currentWasmBackend();
  if (backend === undefined) {
    tidy(() => moving.assign(add(moving, mul(sub(goal, moving), rate))));
    return;
  }
  const simd = simdFunctions(backend);
  if (simd !== undefined) {
    const [to, from] = [address(backend, moving), address(backend, goal)];
    simd.moveTowards(to, from, moving.size, rate);
    return;
  }
  const [a, b] = floats(backend, moving, goal);
  for (let i = 0; i < a.length; i++) a[i] = a[i]! + rate * (b[i]! - a[i]!);
}
