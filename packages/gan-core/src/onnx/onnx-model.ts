import type { ArrayBatch } from "../batch.ts";
import { sizeOf } from "../plain-samples.ts";
import { fromHalfBits, toHalfBits } from "./half-precision.ts";
import type { OnnxRuntime, OnnxSession, OnnxTensor, OnnxValueMetadata } from "./onnx-runtime.ts";

/** A model: path or URL of its file, its bytes, or a session that has loaded it already and stays the caller's. */
export type OnnxModelSource = string | Uint8Array | ArrayBuffer | OnnxSession;

type Precision = "float32" | "float64" | "float16";

/** How an {@link OnnxModel} is loaded and run. */
export interface OnnxModelOptions {
  readonly runtime: OnnxRuntime;
  /** At most this many samples a call. */
  readonly batchSize: number;
  readonly sessionOptions: object;
  /** Whether a session of the runtime may be called while it is at work. Default: no. */
  readonly concurrent?: boolean;
}

/** A model of one input and one output whose first axis counts samples, run in batches. */
export class OnnxModel {
  /** Shape of one sample of the input; undefined if the model or the runtime does not say. */
  readonly inputShape: readonly (number | string)[] | undefined;
  readonly outputShape: readonly (number | string)[] | undefined;
  readonly #role: string;
  readonly #session: OnnxSession;
  readonly #runtime: OnnxRuntime;
  readonly #precision: Precision;
  readonly #batchSize: number;
  readonly #concurrent: boolean;
  /** Rows that every call must have, of a model made for so many; else undefined. */
  readonly #fixedRows: number | undefined;
  readonly #ownsSession: boolean;
  #released = false;

  private constructor(
    role: string,
    session: OnnxSession,
    { runtime, batchSize, concurrent = false }: OnnxModelOptions,
    ownsSession: boolean,
  ) {
    for (const [kind, names] of [
      ["take one input", session.inputNames],
      ["give one output", session.outputNames],
    ] as const) {
      if (names.length !== 1) {
        throw new RangeError(`fromOnnx: ${role} must ${kind}, got ${names.length}: ${names.join(", ")}`);
      }
    }
    const [input, output] = [session.inputMetadata?.[0], session.outputMetadata?.[0]];
    this.#role = role;
    this.#session = session;
    this.#runtime = runtime;
    this.#precision = precisionOf(role, input);
    this.#fixedRows = typeof input?.shape?.[0] === "number" ? input.shape[0] : undefined;
    this.#batchSize = this.#fixedRows ?? batchSize;
    this.#concurrent = concurrent;
    this.#ownsSession = ownsSession;
    this.inputShape = sampleShapeOf(input);
    this.outputShape = sampleShapeOf(output);
  }

  /** @throws {Error} if the file cannot be read or is no model; the runtime's error is its `cause`. */
  static async load(role: string, source: OnnxModelSource, options: OnnxModelOptions): Promise<OnnxModel> {
    const { runtime, sessionOptions } = options;
    if (isSession(source)) return new OnnxModel(role, source, options, false);
    const model = source instanceof ArrayBuffer ? new Uint8Array(source) : source;
    if (typeof model !== "string" && !(model instanceof Uint8Array)) {
      throw new TypeError(
        `fromOnnx: ${role} must be a path, bytes or a session, got ${source === null ? "null" : typeof source}`,
      );
    }
    let session: OnnxSession;
    try {
      session = await runtime.InferenceSession.create(model, sessionOptions);
    } catch (error) {
      const what = typeof model === "string" ? model : `${model.length} bytes`;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`fromOnnx: ${role} could not be loaded from ${what}: ${reason}`, { cause: error });
    }
    try {
      return new OnnxModel(role, session, options, true);
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  /** Runs the model on samples, row after row in `data`. */
  async run(data: ArrayBatch["data"], sampleShape: readonly number[]): Promise<ArrayBatch> {
    const size = sizeOf(sampleShape);
    const rows = data.length / size;
    const calls: Promise<OnnxTensor>[] = [];
    for (let begin = 0; begin < rows; begin += this.#batchSize) {
      const count = Math.min(this.#batchSize, rows - begin);
      const part = data.subarray(begin * size, (begin + count) * size);
      const call = this.#call(part, count, sampleShape);
      if (!this.#concurrent) await call;
      calls.push(call);
    }
    const parts = await Promise.all(calls);
    const shape = [rows, ...(parts[0]?.dims.slice(1) ?? [])];
    return { data: joined(parts, rows, sizeOf(shape.slice(1))), shape };
  }

  /** Frees the session if it was made here. */
  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    if (this.#ownsSession) await this.#session.release();
  }

  async #call(data: ArrayBatch["data"], count: number, sampleShape: readonly number[]): Promise<OnnxTensor> {
    if (this.#released) throw new Error("fromOnnx: the GAN has been released");
    const rows = this.#fixedRows ?? count;
    const feed = this.#tensor(padded(data, rows * sizeOf(sampleShape)), [rows, ...sampleShape]);
    const results = await this.#session.run({ [this.#session.inputNames[0]!]: feed });
    const result = results[this.#session.outputNames[0]!]!;
    if (result.dims[0] !== rows) {
      throw new RangeError(
        `fromOnnx: ${this.#role} must give one row a sample, got shape [${result.dims}] for ${rows} samples`,
      );
    }
    return result;
  }

  #tensor(data: ArrayBatch["data"], dims: readonly number[]): OnnxTensor {
    const { Tensor } = this.#runtime;
    if (this.#precision === "float16") return new Tensor("float16", toHalfBits(data), dims);
    if (this.#precision === "float64") return new Tensor("float64", Float64Array.from(data), dims);
    return new Tensor("float32", data instanceof Float32Array ? data : Float32Array.from(data), dims);
  }
}

/** Whether a model has been loaded already. */
export function isSession(source: unknown): source is OnnxSession {
  return typeof (source as Partial<OnnxSession> | null)?.run === "function";
}

function precisionOf(role: string, input: OnnxValueMetadata | undefined): Precision {
  const type = input?.type ?? "float32";
  if (type === "float32" || type === "float64" || type === "float16") return type;
  throw new RangeError(`fromOnnx: ${role} must take float32, float64 or float16, got ${type}`);
}

/** A runtime that does not know a shape gives an empty one. */
function sampleShapeOf(value: OnnxValueMetadata | undefined): readonly (number | string)[] | undefined {
  return value?.shape === undefined || value.shape.length === 0 ? undefined : value.shape.slice(1);
}

/** The data with zeros behind them, or as they are. */
function padded(data: ArrayBatch["data"], length: number): ArrayBatch["data"] {
  if (data.length === length) return data;
  const longer = new Float64Array(length);
  longer.set(data);
  return longer;
}

/** The first rows of results that follow one another; what padding gave is left out. */
function joined(parts: readonly OnnxTensor[], rows: number, size: number): Float32Array | Float64Array {
  const arrays = parts.map(numbersOf);
  if (arrays.length === 1 && arrays[0]!.length === rows * size) return arrays[0]!;
  const all =
    arrays[0] instanceof Float64Array ? new Float64Array(rows * size) : new Float32Array(rows * size);
  let offset = 0;
  for (const array of arrays) {
    all.set(array.subarray(0, all.length - offset), offset);
    offset += array.length;
  }
  return all;
}

function numbersOf({ type, data }: OnnxTensor): Float32Array | Float64Array {
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  if (type === "float16") {
    // Newer engines have an array of halves, which gives numbers.
    return data instanceof Uint16Array ? fromHalfBits(data) : Float32Array.from(data as ArrayLike<number>);
  }
  throw new RangeError(`fromOnnx: a model must give float32, float64 or float16, got ${type}`);
}
