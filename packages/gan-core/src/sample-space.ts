import type { MaybePromise, RandomStream } from "@mhgan/mcmc";
import { type BatchOperations, batchOperations } from "./batch-operations.ts";
import type { Gan, ScoreGradients } from "./gan.ts";
import { normalLatent } from "./normal-latent.ts";

/** What a {@link SampleSpace} needs besides a GAN. */
export interface SampleSpaceOptions {
  /** At most this many samples go through the models in one call. Default 4096. */
  readonly batchSize?: number | undefined;
  /** Stops the work before the next batch, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where chains move: each position, a row of numbers, stands for a sample. In latent space it is the latent, in normal coordinates; in data
 * space the sample itself. Cuts long work into batches, checks what the models return and counts what goes through them.
 */
export class SampleSpace<Batch> {
  /** Whether positions are latents or samples. */
  readonly name: "latent" | "data";
  /** Length of one position. */
  readonly dimensions: number;
  /** The generator's own latents at some positions; undefined in data space. */
  readonly toLatents: ((positions: ArrayLike<number>) => Float32Array) | undefined;
  /** Generates the samples at some positions. */
  readonly decode: (positions: Float32Array) => MaybePromise<Batch>;
  readonly #caller: string;
  readonly #gan: Gan<Batch>;
  readonly #batches: BatchOperations<Batch>;
  readonly #gradients: (positions: Float32Array) => MaybePromise<ScoreGradients>;
  readonly #draw: (streams: readonly RandomStream[]) => Promise<ArrayLike<number>>;
  readonly #batchSize: number;
  readonly #signal: AbortSignal | undefined;
  #evaluations = 0;
  #gradientEvaluations = 0;

  /** @internal `caller` is named in errors. */
  constructor(
    caller: string,
    gan: Gan<Batch>,
    name: "latent" | "data",
    { batchSize = 4096, signal }: SampleSpaceOptions = {},
  ) {
    this.name = name;
    this.#caller = caller;
    this.#gan = gan;
    this.#batches = batchOperations(gan);
    this.#batchSize = batchSize;
    this.#signal = signal;
    if (gan.latent === undefined) throw missing(caller, "a latent space", "latent");
    const latent = normalLatent(gan.latent);
    const drawLatents = (streams: readonly RandomStream[]): Float32Array => {
      const rows = new Float32Array(streams.length * latent.size);
      for (const [i, stream] of streams.entries()) rows.set(latent.draw(1, stream), i * latent.size);
      return rows;
    };
    if (name === "latent") {
      if (latent.scoreGradients === undefined) {
        throw missing(caller, "gradients of its scores", "latent.scoreGradients");
      }
      this.dimensions = latent.size;
      this.toLatents = latent.toLatents;
      this.decode = (positions) => latent.decode(positions);
      this.#gradients = (positions) => latent.scoreGradients!(positions);
      this.#draw = async (streams) => drawLatents(streams);
      return;
    }
    const { dataSpace } = gan;
    if (dataSpace === undefined) throw missing(caller, "samples that can be moved", "dataSpace");
    this.dimensions = dataSpace.size;
    this.toLatents = undefined;
    this.decode = (positions) => dataSpace.decode(positions);
    this.#gradients = (positions) => dataSpace.scoreGradients(positions);
    this.#draw = async (streams) => {
      const batch = await latent.decode(drawLatents(streams));
      try {
        this.#evaluations += streams.length;
        return await dataSpace.read(batch);
      } finally {
        this.#batches.dispose(batch);
      }
    };
  }

  /** Samples that were generated or scored without a gradient. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** Samples that went forward and backward through the models. */
  get gradientEvaluations(): number {
    return this.#gradientEvaluations;
  }

  /** Positions of fresh samples, one from each stream. */
  async draw(streams: readonly RandomStream[]): Promise<Float64Array> {
    const positions = new Float64Array(streams.length * this.dimensions);
    await this.#inBatches(streams.length, async (begin, end) => {
      const rows = await this.#draw(streams.slice(begin, end));
      this.#require("a sample", rows, (end - begin) * this.dimensions);
      positions.set(rows, begin * this.dimensions);
    });
    return positions;
  }

  /** The raw scores of the samples at some positions. */
  async scores(positions: ArrayLike<number>): Promise<Float64Array> {
    const rows = Float32Array.from(positions);
    const scores = new Float64Array(rows.length / this.dimensions);
    await this.#inBatches(scores.length, async (begin, end) => {
      const batch = await this.decode(this.#rows(rows, begin, end));
      try {
        const part = await this.#gan.score(batch);
        this.#require("score", part, end - begin);
        scores.set(part, begin);
      } finally {
        this.#batches.dispose(batch);
      }
      this.#evaluations += end - begin;
    });
    return scores;
  }

  /** The raw scores of the samples at some positions, and the gradient of each with respect to its position. */
  async scoreGradients(positions: ArrayLike<number>): Promise<{
    /** One for each position. */
    readonly scores: Float64Array;
    /** Row after row: one for each position, as long as it. */
    readonly gradients: Float64Array;
  }> {
    const rows = Float32Array.from(positions);
    const scores = new Float64Array(rows.length / this.dimensions);
    const gradients = new Float64Array(rows.length);
    await this.#inBatches(scores.length, async (begin, end) => {
      const part = await this.#gradients(this.#rows(rows, begin, end));
      this.#require("scoreGradients.scores", part.scores, end - begin);
      this.#require("scoreGradients.gradients", part.gradients, (end - begin) * this.dimensions);
      scores.set(part.scores, begin);
      gradients.set(part.gradients, begin * this.dimensions);
      this.#gradientEvaluations += end - begin;
    });
    return { scores, gradients };
  }

  #rows(values: Float32Array, begin: number, end: number): Float32Array {
    return values.subarray(begin * this.dimensions, end * this.dimensions);
  }

  async #inBatches(count: number, use: (begin: number, end: number) => Promise<void>): Promise<void> {
    for (let begin = 0; begin < count; begin += this.#batchSize) {
      this.#signal?.throwIfAborted();
      await use(begin, Math.min(begin + this.#batchSize, count));
    }
  }

  #require(what: string, values: ArrayLike<number>, length: number): void {
    if (values.length !== length) {
      throw new RangeError(`${this.#caller}: ${what} must give ${length} numbers, got ${values.length}`);
    }
  }
}

function missing(caller: string, what: string, field: string): TypeError {
  return new TypeError(`${caller}: the GAN must have ${what}, but its \`${field}\` is missing`);
}
