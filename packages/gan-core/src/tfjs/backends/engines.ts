import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "../../backend-names.ts";
import { installWasmKernels } from "../wasm-kernels/install-wasm-kernels.ts";
import { nodeVersion, restoreUtilFunctions } from "./node-runtime.ts";
import { missingAdapter, provideNavigatorGpu, softwareAdapter } from "./webgpu-adapter.ts";

/** How one backend comes into TensorFlow.js. */
export interface Engine {
  /** The optional package that registers it. */
  readonly package: string;
  /** The name it has in TensorFlow.js. */
  readonly registeredAs: string;
  /** What it needs of the runtime, for messages. */
  readonly needs: string;
  /** Whether its package is an addon of Node, with a library in machine code. */
  readonly native?: boolean;
  /** Another package that it needs in Node. */
  readonly nodePackage?: string;
  /** What must be in place before the package is imported. */
  readonly prepare?: () => void | Promise<void>;
  /** What must be in place before it starts, once its kernels are registered. */
  readonly install?: () => void;
  /** Why this machine cannot run it, or undefined. */
  readonly obstacle?: () => Promise<string | undefined> | string | undefined;
  /** Why it is not what was asked for although it runs, or undefined. */
  readonly objection?: (instance: tf.KernelBackend) => string | undefined;
  /** Why it is not chosen unasked although it runs, or undefined. */
  readonly drawback?: () => Promise<string | undefined>;
}

/** What the backend of tfjs-node and tfjs-node-gpu says of itself. */
interface NativeBackend {
  readonly isGPUPackage?: boolean;
  readonly isUsingGpuDevice?: boolean;
}

const native = { registeredAs: "tensorflow", needs: "Node", native: true, prepare: restoreUtilFunctions };

export const engines: Readonly<Record<BackendName, Engine>> = {
  "tfjs-node-gpu": {
    ...native,
    package: "@tensorflow/tfjs-node-gpu",
    objection: (instance) => {
      const { isGPUPackage, isUsingGpuDevice } = instance as NativeBackend;
      if (!isGPUPackage) return "tfjs-node was loaded before it, and a process can hold one of the two";
      return isUsingGpuDevice
        ? undefined
        : "it finds no NVIDIA GPU with CUDA and cuDNN, and would use the processor";
    },
  },
  "tfjs-node": {
    ...native,
    package: "@tensorflow/tfjs-node",
    objection: (instance) =>
      (instance as NativeBackend).isUsingGpuDevice
        ? "tfjs-node-gpu was loaded before it, and a process can hold one of the two"
        : undefined,
  },
  webgpu: {
    package: "@tensorflow/tfjs-backend-webgpu",
    registeredAs: "webgpu",
    needs: "WebGPU",
    nodePackage: "webgpu",
    prepare: () => provideNavigatorGpu("webgpu"),
    obstacle: missingAdapter,
    drawback: softwareAdapter,
  },
  wasm: {
    package: "@tensorflow/tfjs-backend-wasm",
    registeredAs: "wasm",
    needs: "WebAssembly",
    install: installWasmKernels,
  },
  webgl: {
    package: "@tensorflow/tfjs-backend-webgl",
    registeredAs: "webgl",
    needs: "WebGL",
    obstacle: () =>
      tf.env().getNumber("WEBGL_VERSION") > 0 ? undefined : "WebGL is switched off or has no driver",
  },
  cpu: { package: "@tensorflow/tfjs-backend-cpu", registeredAs: "cpu", needs: "JavaScript" },
};

/** The packages that a backend needs in this runtime. */
export function packagesOf({ package: registering, nodePackage }: Engine): string[] {
  return nodePackage !== undefined && nodeVersion() !== undefined
    ? [registering, nodePackage]
    : [registering];
}
