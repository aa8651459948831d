export { type FromOnnxOptions, fromOnnx, type OnnxGan, type OnnxLatentOptions } from "./from-onnx.ts";
export type { OnnxModelSource } from "./onnx-model.ts";
export type {
  OnnxRuntime,
  OnnxSession,
  OnnxTensor,
  OnnxTensorConstructor,
  OnnxValueMetadata,
} from "./onnx-runtime.ts";
