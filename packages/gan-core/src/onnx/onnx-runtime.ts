/** What is used of an ONNX Runtime: the modules `onnxruntime-node` and `onnxruntime-web` are such objects. */
export interface OnnxRuntime {
  /** Loads models. */
  readonly InferenceSession: {
    /** Loads a model from its bytes, its path or its address. */
    create(model: string | Uint8Array, options?: object): Promise<OnnxSession>;
  };
  /** Makes the tensors that a session is fed. */
  readonly Tensor: OnnxTensorConstructor;
}

/** Makes the tensors that a session is fed. */
export interface OnnxTensorConstructor {
  /** A tensor of 32-bit numbers, row-major, and the length of each dimension. */
  new (type: "float32", data: Float32Array, dims: readonly number[]): OnnxTensor;
  /** A tensor of 64-bit numbers, row-major, and the length of each dimension. */
  new (type: "float64", data: Float64Array, dims: readonly number[]): OnnxTensor;
  /** A tensor of 16-bit numbers, given as their bits, row-major, and the length of each dimension. */
  new (type: "float16", data: Uint16Array, dims: readonly number[]): OnnxTensor;
}

/** An array in the runtime's hands. */
export interface OnnxTensor {
  /** The type of its numbers, by the runtime's name: `"float32"`, say. */
  readonly type: string;
  /** Its numbers, row-major; a typed array, except for strings. */
  readonly data: unknown;
  /** The length of each dimension. */
  readonly dims: readonly number[];
}

/** A loaded model. */
export interface OnnxSession {
  /** The names of the model's inputs, in its order. */
  readonly inputNames: readonly string[];
  /** The names of the model's outputs, in its order. */
  readonly outputNames: readonly string[];
  /** Absent before release 1.21 of the runtimes. */
  readonly inputMetadata?: readonly OnnxValueMetadata[];
  /** Absent before release 1.21 of the runtimes. */
  readonly outputMetadata?: readonly OnnxValueMetadata[];
  /** Runs the model on one tensor for each input, by name, and gives one for each output. */
  run(feeds: { readonly [name: string]: OnnxTensor }): Promise<{ readonly [name: string]: OnnxTensor }>;
  /** Frees the model. */
  release(): Promise<void>;
}

/** What a model says of an input or output; a side that it leaves open has a name instead of a length. */
export interface OnnxValueMetadata {
  /** The name of the input or output. */
  readonly name: string;
  /** Whether it is a tensor; the other fields are there only then. */
  readonly isTensor: boolean;
  /** The type of its numbers, by the runtime's name. */
  readonly type?: string;
  /** The length of each dimension, or its name where the model leaves it open. */
  readonly shape?: readonly (number | string)[];
}

const isNode = (): boolean =>
  (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node !== undefined;

/**
 * The ONNX Runtime that is installed: in Node `onnxruntime-node`, else `onnxruntime-web`, which works everywhere.
 *
 * @param load - imports a module by name.
 * @throws {Error} if none loads; the message says why and what to install.
 */
export async function loadOnnxRuntime(
  load: (name: string) => Promise<unknown> = (name) =>
    import(/* @vite-ignore */ /* webpackIgnore: true */ name),
): Promise<OnnxRuntime> {
  const failures: string[] = [];
  // Both are optional: their names are kept from bundlers and from the type checker.
  for (const name of isNode() ? ["onnxruntime-node", "onnxruntime-web"] : ["onnxruntime-web"]) {
    try {
      const loaded = (await load(name)) as Partial<OnnxRuntime> & { default?: OnnxRuntime };
      const runtime = loaded.InferenceSession === undefined ? loaded.default : (loaded as OnnxRuntime);
      if (runtime?.InferenceSession === undefined) throw new Error("it is not an ONNX Runtime");
      return runtime;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`${name}: ${reason.split("\n")[0]}`);
    }
  }
  throw new Error(
    `fromOnnx: could not load an ONNX Runtime (${failures.join("; ")}); in Node: npm install onnxruntime-node (on Linux its install script downloads CUDA libraries unless ONNXRUNTIME_NODE_INSTALL=skip is set or npm is given --ignore-scripts); in browsers: npm install onnxruntime-web, and give the module as \`runtime\``,
  );
}
