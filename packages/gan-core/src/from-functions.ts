import type { ScoreKind } from "@mhgan/calibration";
import type { MaybePromise, RandomStream } from "@mhgan/mcmc";
import { checkedScores, checkOutput } from "./checked-scores.ts";
import type { Gan, ScoreGradients } from "./gan.ts";
import { checkPrior, drawLatents, type LatentPrior } from "./latent-prior.ts";
import { countPlain, isPlainSamples } from "./plain-samples.ts";

/** What {@link fromFunctions} needs besides a way to generate. */
export interface ScoringOptions<Batch> {
  /** Scores each sample. */
  readonly score: (batch: Batch) => MaybePromise<ArrayLike<number>>;
  /** What the scores say. It cannot be guessed from numbers, so it has no default. */
  readonly output: ScoreKind;
  /** As in {@link Gan}; needed where batches are neither lists nor `{ data, shape }`. */
  readonly toBatch?: Gan<Batch>["toBatch"];
  /** As in {@link Gan}; needed where batches are neither lists nor `{ data, shape }`. */
  readonly take?: Gan<Batch>["take"];
  /** As in {@link Gan}; needed where batches are neither lists nor `{ data, shape }`. */
  readonly concat?: Gan<Batch>["concat"];
  /** As in {@link Gan}; for batches whose memory is not freed by itself. */
  readonly dispose?: Gan<Batch>["dispose"];
}

/** A generator that takes its randomness itself. */
export interface GenerateOptions<Batch> {
  /** Makes `count` samples, taking all randomness from `random`. */
  readonly generate: (count: number, random: RandomStream) => MaybePromise<Batch>;
  /** Not with `generate`. */
  readonly latent?: never;
  /** Not with `generate`. */
  readonly decode?: never;
  /** Not with `generate`. */
  readonly scoreGradients?: never;
}

/** A generator that is a function of a latent vector. */
export interface DecodeOptions<Batch> {
  /** The latent vectors that `decode` takes. */
  readonly latent: {
    /** Length of a latent vector. */
    readonly size: number;
    /** Law of its coordinates. Default `"normal"`. */
    readonly prior?: LatentPrior;
  };
  /** Generates a sample from each of `count` latent vectors, which lie row after row in `latents`. */
  readonly decode: (latents: Float32Array, count: number) => MaybePromise<Batch>;
  /** Scores of the samples of some latents, and their gradients, for samplers that follow gradients. */
  readonly scoreGradients?: (latents: Float32Array, count: number) => MaybePromise<ScoreGradients>;
  /** Not with `decode`. */
  readonly generate?: never;
}

/** Options of {@link fromFunctions}: `score` and `output`, and either `generate` or `latent` and `decode`. */
export type FromFunctionsOptions<Batch> = ScoringOptions<Batch> &
  (GenerateOptions<Batch> | DecodeOptions<Batch>);

/**
 * A GAN of one's own functions, for any framework, server or process that they may call.
 *
 * Over a literal {@link Gan} it adds the latent operations, made from `decode` and a size, and checks whatever the functions give: as many
 * samples and scores as asked for, numbers and no NaN, probabilities in [0, 1]. So a mistake shows where it is made and not
 * as a strange draw. The checks look at scores, not into samples.
 *
 * @throws {RangeError} if an option is off; from the GAN's methods, if a function gives something else than it should.
 * @throws {TypeError} if a function is missing, or both ways to generate are given.
 *
 * @example
 * ```ts
 * import { fromFunctions } from "@mhgan/gan-core";
 *
 * const gan = fromFunctions({
 *   latent: { size: 1 },
 *   decode: (latents) => Array.from(latents, (z) => 2 * z + 1),
 *   score: (batch) => batch.map((x) => x - 0.5),
 *   output: "logit",
 * });
 * await gan.score([0, 1]); // => [-0.5, 0.5]
 * ```
 */
export function fromFunctions<Batch>(options: FromFunctionsOptions<Batch>): Gan<Batch> {
  const { score, output, generate, latent, decode, scoreGradients, toBatch, take, concat, dispose } = options;
  checkOutput("fromFunctions", output);
  checkFunction("score", score);
  if (generate !== undefined && (latent !== undefined || decode !== undefined)) {
    throw new TypeError("fromFunctions: give either generate, or latent and decode, got both");
  }
  const optional = Object.fromEntries(
    Object.entries({ toBatch, take, concat, dispose }).filter(([name, method]) => {
      if (method !== undefined) checkFunction(name, method);
      return method !== undefined;
    }),
  ) as Pick<Gan<Batch>, "toBatch" | "take" | "concat" | "dispose">;
  const scoring = {
    ...optional,
    output,
    score: async (batch: Batch) => {
      const scores = await score(batch);
      const count = isPlainSamples(batch) ? countPlain(batch) : scores?.length;
      return checkedScores("fromFunctions", scores, count, output);
    },
  };
  if (generate !== undefined) {
    checkFunction("generate", generate);
    return {
      ...scoring,
      generate: async (count, random) => checkedCount("generate", await generate(count, random), count),
    };
  }
  checkFunction("decode", decode);
  const size = latent?.size;
  const prior = latent?.prior ?? "normal";
  if (!(Number.isSafeInteger(size) && size! >= 1)) {
    throw new RangeError(`fromFunctions: latent.size must be an integer from 1, got ${size}`);
  }
  checkPrior("fromFunctions", prior);
  const decodeChecked = async (latents: Float32Array): Promise<Batch> => {
    const count = latents.length / size!;
    return checkedCount("decode", await decode!(latents, count), count);
  };
  const draw = (count: number, random: RandomStream) => drawLatents(prior, count, size!, random);
  return {
    ...scoring,
    generate: (count, random) => decodeChecked(draw(count, random)),
    latent: {
      size: size!,
      prior,
      draw,
      decode: decodeChecked,
      ...(scoreGradients && {
        scoreGradients: async (latents: Float32Array) => {
          const count = latents.length / size!;
          const { scores, gradients } = await scoreGradients(latents, count);
          checkedScores("fromFunctions", scores, count, output);
          if (gradients?.length !== latents.length) {
            throw new RangeError(
              `fromFunctions: scoreGradients must give ${latents.length} derivatives, ${size} a sample, got ${gradients?.length}`,
            );
          }
          return { scores, gradients };
        },
      }),
    },
  };
}

function checkFunction(name: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new TypeError(
      `fromFunctions: ${name} must be a function, got ${value === null ? "null" : typeof value}`,
    );
  }
}

/** Batches of another framework are counted by their scores alone. */
function checkedCount<Batch>(name: string, batch: Batch, count: number): Batch {
  const got = isPlainSamples(batch) ? countPlain(batch) : batch == null ? String(batch) : count;
  if (got !== count) throw new RangeError(`fromFunctions: ${name} must give ${count} samples, got ${got}`);
  return batch;
}
