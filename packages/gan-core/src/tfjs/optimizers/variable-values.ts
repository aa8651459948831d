import {
  engine,
  type Tensor,
  type TensorInfo,
  tensor,
  type Variable,
  variable,
  zeros,
} from "@tensorflow/tfjs-core";

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
