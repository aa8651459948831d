/**
 * GANs that were trained in PyTorch or elsewhere, as two ONNX files. Needs `onnxruntime-node` or `onnxruntime-web`.
 *
 * @module @mhgan/gan-core/onnx
 */

export { type FromOnnxOptions, fromOnnx, type OnnxGan, type OnnxLatentOptions } from "./from-onnx.ts";
export type { OnnxModelSource } from "./onnx-model.ts";
export type {
  OnnxRuntime,
  OnnxSession,
  OnnxTensor,
  OnnxTensorConstructor,
  OnnxValueMetadata,
} from "./onnx-runtime.ts";
