import type { io } from "@tensorflow/tfjs-core";
import { toFloat16 } from "./to-float16.ts";

/** How weights are stored in fewer bits. */
export type Quantization = "float16" | "uint8";

interface Weights {
  readonly specs: io.WeightsManifestEntry[];
  readonly data: Uint8Array;
}

/**
 * Stores float32 weights in fewer bits, in the form that TensorFlow.js undoes when it loads them; other types stay as they are.
 *
 * @throws {RangeError} if the quantization is unknown, or a weight is not finite or beyond half precision.
 */
export function quantizeWeights({ specs, data }: Weights, quantization: Quantization): Weights {
  if (quantization !== "float16" && quantization !== "uint8") {
    throw new RangeError(
      `serializeModel: quantize must be "float16" or "uint8", got ${JSON.stringify(quantization)}`,
    );
  }
  const parts: Uint8Array[] = [];
  const quantized: io.WeightsManifestEntry[] = [];
  let begin = 0;
  for (const spec of specs) {
    const end = begin + 4 * spec.shape.reduce((size, side) => size * side, 1);
    if (spec.dtype !== "float32") {
      throw new RangeError(`serializeModel: weights to quantize must be float32, got ${spec.dtype}`);
    }
    const values = new Float32Array(data.slice(begin, end).buffer);
    begin = end;
    const bad = values.find((value) => !Number.isFinite(value));
    if (bad !== undefined) {
      throw new RangeError(`serializeModel: weights to quantize must be finite, got ${bad} in ${spec.name}`);
    }
    if (quantization === "float16") {
      const halves = Uint16Array.from(values, toFloat16);
      if (halves.some((half) => (half & 0x7fff) === 0x7c00)) {
        throw new RangeError(
          `serializeModel: float16 reaches up to 65504, weights of ${spec.name} go beyond it`,
        );
      }
      parts.push(new Uint8Array(halves.buffer));
      quantized.push({ ...spec, quantization: { dtype: "float16" } });
      continue;
    }
    let [min, max] = [0, 0];
    if (values.length > 0) {
      [min, max] = [values[0]!, values[0]!];
      for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
    }
    // Equal weights have no steps between them; any scale but 0 will do.
    const scale = (max - min) / 255 || 1;
    parts.push(Uint8Array.from(values, (value) => Math.round((value - min) / scale)));
    quantized.push({ ...spec, quantization: { dtype: "uint8", min, scale } });
  }
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return { specs: quantized, data: joined };
}
