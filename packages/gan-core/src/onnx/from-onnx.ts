import type { ScoreKind } from "@mhgan/calibration";
import type { RandomStream } from "@mhgan/mcmc";
import type { ArrayBatch } from "../batch.ts";
import { checkedScores, checkOutput } from "../checked-scores.ts";
import type { Gan, Latent } from "../gan.ts";
import { checkPrior, drawLatents, type LatentPrior } from "../latent-prior.ts";
import { arrayBatchOf, sizeOf } from "../plain-samples.ts";
import { withoutFinalSigmoid } from "./final-sigmoid.ts";
import { modelBytes } from "./model-bytes.ts";
import { isSession, OnnxModel, type OnnxModelSource } from "./onnx-model.ts";
import { loadOnnxRuntime, type OnnxRuntime } from "./onnx-runtime.ts";
import { type ThreadedRuntime, threadedRuntime } from "./threaded-runtime.ts";

/** What the generator of {@link fromOnnx} is fed. */
export interface OnnxLatentOptions {
  /** Length of a latent vector; needed only where the model leaves it open. */
  readonly size?: number;
  /** Shape of a latent, if it is no vector or the model leaves more than one side open. Default: as the model says, such as [100] or [100, 1, 1]. */
  readonly shape?: readonly number[];
  /** Law of a latent's coordinates. Default `"normal"`. */
  readonly prior?: LatentPrior;
  /** Scores and their gradients, for samplers that follow gradients: ONNX models have none. */
  readonly scoreGradients?: NonNullable<Latent<ArrayBatch>["scoreGradients"]>;
}

/** Options of {@link fromOnnx}. */
export interface FromOnnxOptions {
  /** Takes one latent a sample. */
  readonly generator: OnnxModelSource;
  /** Takes what the generator gives, and gives one number a sample. */
  readonly discriminator: OnnxModelSource;
  /** What the discriminator's output says. It cannot be guessed from numbers, so it has no default. */
  readonly output: ScoreKind;
  /** The generator's latents: their length, where the file leaves it open, and their law. */
  readonly latent?: OnnxLatentOptions;
  /** Default: what is installed, `onnxruntime-node` before `onnxruntime-web`. Code that is bundled for a browser must give it. */
  readonly runtime?: OnnxRuntime;
  /**
   * At most this many samples go through a model in one call, which one of `threads` does. Default 32; 256 if a runtime, a session or an execution
   * provider other than `"cpu"` is given. Models made for a fixed number get that number, the last call padded.
   */
  readonly batchSize?: number;
  /**
   * How many calls `onnxruntime-node` (from 1.22) runs at a time, each in a thread that has a copy of the models: results are the same bits for any
   * number. Default: one a core, 8 at most. If a runtime, a session or an execution provider other than `"cpu"` is given, and inside a worker
   * thread, the threads that share one call. Those of `onnxruntime-web` are set in its `env.wasm.numThreads`.
   */
  readonly threads?: number;
  /** Passed on to the runtime, such as `{ executionProviders: ["cuda"] }`. */
  readonly sessionOptions?: object;
}

/** A GAN that holds models outside of JavaScript's memory. */
export interface OnnxGan extends Gan<ArrayBatch> {
  readonly output: ScoreKind;
  readonly latent: Latent<ArrayBatch>;
  /** Frees the models that were loaded, not sessions that were given, and ends their threads. The GAN can no longer be used. */
  release(): Promise<void>;
}

/**
 * A GAN of two ONNX models, whatever they were trained in: batches are `{ data, shape }`.
 *
 * If `output` is `"probability"` and the discriminator, given by path, URL or bytes, ends in a sigmoid, the sigmoid is left out and the GAN's
 * `output` is `"logit"`: float32 rounds a sigmoid to 1 from a logit of 17, where samples that differ would score the same.
 *
 * Export both models in evaluation mode, with a symbolic first dimension. Models in float16 or float64 are fed and read as such; scores and samples are float32, or float64 where the model gives that. A row's last bits may depend on the
 * number of rows in its call, as the runtime chooses kernels by it.
 *
 * @throws {RangeError} if a model has several inputs or outputs, or shapes that do not fit one another or the options.
 * @throws {Error} if a model or a runtime does not load; the message says which and why.
 *
 * @example
 * ```ts given real
 * import { calibrateGan } from "@mhgan/gan-core";
 * import { fromOnnx } from "@mhgan/gan-core/onnx";
 * const gan = await fromOnnx({ generator: "g.onnx", discriminator: "d.onnx", output: "logit" });
 * const better = await calibrateGan(gan, { real, seed: 1 });
 * await gan.release();
 * ```
 */
export async function fromOnnx(options: FromOnnxOptions): Promise<OnnxGan> {
  const { output, latent: latentOptions = {}, threads, sessionOptions = {} } = options;
  const { prior = "normal", scoreGradients } = latentOptions;
  checkOutput("fromOnnx", output);
  checkPrior("fromOnnx", prior);
  const mayThread = isLeftToUs(options);
  const { batchSize = mayThread ? 32 : 256 } = options;
  checkCount("batchSize", batchSize);
  if (threads !== undefined) checkCount("threads", threads);
  const scoring = await scoringOf(options.discriminator, output);
  const runtime = options.runtime ?? (await loadOnnxRuntime());
  const threaded = mayThread ? threadedRuntime(runtime, threads) : undefined;
  const intraOpNumThreads = threaded === undefined ? threads : 1;
  const loading = () => ({
    runtime: threaded ?? runtime,
    batchSize,
    concurrent: threaded !== undefined,
    sessionOptions: {
      ...noSpinning(),
      ...(intraOpNumThreads !== undefined && { intraOpNumThreads }),
      ...sessionOptions,
    },
  });
  const models: OnnxModel[] = [];
  const release = () => releaseAll(models, threaded);
  try {
    const generator = await OnnxModel.load("generator", options.generator, loading());
    models.push(generator);
    const discriminator = await OnnxModel.load("discriminator", scoring.discriminator, loading());
    models.push(discriminator);
    const latentShape = latentShapeOf(generator, latentOptions);
    checkFit(generator, discriminator);
    const settings = { output: scoring.output, prior, latentShape, scoreGradients, release };
    return ganOf(generator, discriminator, settings);
  } catch (error) {
    await release();
    throw error;
  }
}

async function releaseAll(
  models: readonly OnnxModel[],
  threaded: ThreadedRuntime | undefined,
): Promise<void> {
  for (const model of models) await model.release();
  await threaded?.end();
}

/** Whether nothing is said of how the models are to be run but on how many threads. */
function isLeftToUs({ runtime, generator, discriminator, sessionOptions = {} }: FromOnnxOptions): boolean {
  if (runtime !== undefined || isSession(generator) || isSession(discriminator)) return false;
  const { executionProviders = ["cpu"], intraOpNumThreads } = sessionOptions as {
    readonly executionProviders?: readonly (string | { readonly name?: string })[];
    readonly intraOpNumThreads?: number;
  };
  const areCpus = executionProviders.every(
    (provider) => (typeof provider === "string" ? provider : provider.name) === "cpu",
  );
  return areCpus && intraOpNumThreads === undefined;
}

function ganOf(
  generator: OnnxModel,
  discriminator: OnnxModel,
  options: {
    readonly output: ScoreKind;
    readonly prior: LatentPrior;
    readonly latentShape: readonly number[];
    readonly scoreGradients: OnnxLatentOptions["scoreGradients"];
    readonly release: () => Promise<void>;
  },
): OnnxGan {
  const { output, prior, latentShape, scoreGradients, release } = options;
  const size = sizeOf(latentShape);
  const draw = (count: number, random: RandomStream): Float32Array => drawLatents(prior, count, size, random);
  const decode = (latents: Float32Array): Promise<ArrayBatch> => generator.run(latents, latentShape);
  return {
    output,
    latent: { size, prior, draw, decode, ...(scoreGradients && { scoreGradients }) },
    generate: (count, random) => decode(draw(count, random)),
    async score({ data, shape }) {
      const scores = await discriminator.run(data, shape.slice(1));
      return checkedScores("fromOnnx", scores.data, shape[0]!, output);
    },
    toBatch: (samples) => arrayBatchOf("fromOnnx: samples", samples, discriminator.inputShape),
    release,
  };
}

/**
 * Each model has threads of its own. They would wait for work by spinning, on the cores that the other model's threads need just then: with two threads on
 * two cores that halves the speed. Made anew each time, since onnxruntime-web writes into its options.
 */
const noSpinning = () => ({ extra: { session: { intra_op: { allow_spinning: "0" } } } });

/** The discriminator without the sigmoid it ends in, if it says probabilities, and what it then says. */
async function scoringOf(
  discriminator: OnnxModelSource,
  output: ScoreKind,
): Promise<{ readonly discriminator: OnnxModelSource; readonly output: ScoreKind }> {
  const bytes = output === "unbounded" ? undefined : await modelBytes(discriminator);
  const logits = bytes && withoutFinalSigmoid(bytes);
  if (logits === undefined) return { discriminator, output };
  if (output === "logit") {
    throw new RangeError(
      `fromOnnx: output must be "probability" for a discriminator that ends in a sigmoid (its logits are used all the same), got "logit"`,
    );
  }
  return { discriminator: logits, output: "logit" };
}

function checkCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new RangeError(`fromOnnx: ${name} must be an integer from 1, got ${value}`);
  }
}

/** The shape of a latent: what the options and the model say, which must agree. */
function latentShapeOf(
  { inputShape }: OnnxModel,
  { size, shape }: Pick<OnnxLatentOptions, "size" | "shape">,
): readonly number[] {
  if (size !== undefined) checkCount("latent.size", size);
  for (const side of shape ?? []) checkCount("latent.shape", side);
  const said = inputShape === undefined ? "" : `, got an input of [${inputShape.join(", ")}]`;
  if (shape !== undefined) {
    const fits = inputShape?.every((side, axis) => typeof side === "string" || side === shape[axis]) ?? true;
    if (!fits || (inputShape !== undefined && inputShape.length !== shape.length)) {
      throw new RangeError(`fromOnnx: generator must take latents of shape [${shape.join(", ")}]${said}`);
    }
    if (size !== undefined && size !== sizeOf(shape)) {
      throw new RangeError(
        `fromOnnx: latent.size must be that of latent.shape, ${sizeOf(shape)}, got ${size}`,
      );
    }
    return shape;
  }
  const sides = inputShape ?? ["latent"];
  const open = sides.filter((side) => typeof side !== "number").length;
  const known = sizeOf(sides.filter((side) => typeof side === "number"));
  if (open > 1 || (open === 1 && size === undefined)) {
    const option = open > 1 ? "latent.shape" : "latent.size";
    throw new RangeError(`fromOnnx: ${option} must be given, as the generator leaves it open${said}`);
  }
  if (sides.length === 0 || sides.filter((side) => side !== 1).length > 1) {
    throw new RangeError(
      `fromOnnx: generator must take one latent vector a sample, or latent.shape be given${said}`,
    );
  }
  if (open === 0 && size !== undefined && size !== known) {
    throw new RangeError(`fromOnnx: latent.size must be what the generator takes, ${known}, got ${size}`);
  }
  return sides.map((side) => (typeof side === "number" ? side : size!));
}

function checkFit(
  { outputShape: made }: OnnxModel,
  { inputShape: taken, outputShape: scores }: OnnxModel,
): void {
  if (scores?.some((side) => typeof side === "number" && side !== 1)) {
    throw new RangeError(
      `fromOnnx: discriminator must give one number a sample, got shape [${scores.join(", ")}]`,
    );
  }
  if (made === undefined || taken === undefined) return;
  const fits =
    made.length === taken.length &&
    made.every((side, axis) => {
      const other = taken[axis];
      return typeof side !== "number" || typeof other !== "number" || side === other;
    });
  if (!fits) {
    throw new RangeError(
      `fromOnnx: discriminator must take what generator gives, [${made.join(", ")}], got an input of [${taken.join(", ")}]`,
    );
  }
}
