import { rocAuc } from "@mhgan/calibration";
import { type MaybePromise, type RandomStream, randomStream } from "@mhgan/mcmc";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { batchOperations } from "../../batch-operations.ts";
import { batchLength, batchRows, type Features, type Rows, rowSize } from "../../batch-rows.ts";
import type { Gan } from "../../gan.ts";
import type { PlainSamples } from "../../plain-samples.ts";
import { chosenRows, generatedRows } from "../../sample-rows.ts";
import { type Critic, criticOf, perceptronCritic } from "./critic.ts";
import { ganOfCritics, meanScores } from "./critic-gan.ts";
import { inputEncoding } from "./input-encoding.ts";
import { binaryLogLoss } from "./log-loss.ts";
import { fakeSource, realSource } from "./row-source.ts";
import { splitRealRows } from "./split-real-rows.ts";
import { type CriticTraining, trainCritic } from "./train-critic.ts";

/** Options of {@link refitDiscriminator}. */
export interface RefitDiscriminatorOptions<Batch> {
  /** Real samples, as `calibrateGan` takes them. They are split at random in three: to train on, to stop by, and to hold out. */
  readonly real: NoInfer<Batch> | PlainSamples;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /**
   * What the critics see instead of the samples themselves. Of images they should see features, such as the last hidden layer of a classifier:
   * on pixels a critic finds artifacts that no eye sees, and selection by them makes samples worse.
   */
  readonly features?: Features<Batch>;
  /**
   * How many random frequencies to give the critics besides the numbers of a sample, as a sine and a cosine each. Default `"auto"`: 32 for
   * samples of at most 8 numbers, none for others. Not with `model`.
   */
  readonly fourierFeatures?: number | "auto";
  /** How many critics to train and average, from seeds of their own. Default 1; 3 for images. */
  readonly critics?: number;
  /** Units of each hidden layer of a critic. Default [128, 128, 128]. */
  readonly hidden?: readonly number[];
  /**
   * Makes the network of a critic, in place of fully connected layers on standardised numbers: it is given rows of this shape, as they
   * are, and gives one logit each. Say, `({ shape, random }) => dcganDiscriminator({ image: shape, random })`.
   */
  readonly model?: (input: {
    /** The lengths of what one sample holds. */
    readonly shape: readonly number[];
    /** Source of the initial weights, another one for each critic. */
    readonly random: RandomStream;
  }) => LayersModel;
  /** Steps of each critic. Default 3000. */
  readonly steps?: number;
  /** Real rows in a step, and as many generated ones. Default 256. */
  readonly batchSize?: number;
  /** Adam's rate at the first step, from where it falls along half a cosine to 2 %. Default 0.004. */
  readonly learningRate?: number;
  /**
   * How many samples to generate for training; when all were used they come again. Default: new ones in every step, so that a critic
   * cannot learn them by heart. Fewer save time where generator or features are slow.
   */
  readonly fakeCount?: number;
  /** Share of the real samples that say when to stop. Default 0.1. */
  readonly stoppingShare?: number;
  /** Share of the real samples that no critic meets, for calibration. Default 0.2. Zero if there are others for it. */
  readonly heldOutShare?: number;
  /** Looks at the held-out log loss in a full run. Default 50. */
  readonly looks?: number;
  /** Looks without a lower log loss after which a critic stops. Default 15. */
  readonly patience?: number;
  /** Where finished critics are kept, so that a run that was stopped goes on after them. Default: nowhere. */
  readonly store?: CriticStore;
  /** Stops training before the next step: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called at every look at the held-out log loss. */
  readonly onProgress?: (progress: RefitProgress) => void;
}

/** A critic that is trained, and how that went. */
export interface FinishedCritic {
  /** The network, with what it does to its input as a first layer. Its output is a logit. */
  readonly model: LayersModel;
  /** How its training went. */
  readonly training: CriticTraining;
}

/** Keeps the critics of one run: the same GAN, data and options. Critics are numbered from 0. */
export interface CriticStore {
  /** A critic that was saved, which then belongs to the run; undefined if there is none. */
  load(number: number): MaybePromise<FinishedCritic | undefined>;
  /** Saves a critic; the model stays the run's. */
  save(number: number, critic: FinishedCritic): MaybePromise<void>;
}

/** Where the training of critics is. */
export interface RefitProgress {
  /** Number of the critic, from 1. */
  readonly critic: number;
  /** Critics to train in all. */
  readonly critics: number;
  /** Steps done by this critic. */
  readonly step: number;
  /** Steps of each critic. */
  readonly totalSteps: number;
  /** Held-out log loss in nats. */
  readonly logLoss: number;
}

/** What the training of critics came to, measured on the real samples to stop by and as many generated ones. */
export interface RefitReport {
  /** How the training of each critic went. */
  readonly critics: readonly CriticTraining[];
  /** Log loss of the mean logit in nats. log 2 = 0.693 is a critic that knows nothing. */
  readonly logLoss: number;
  /** Area under the ROC curve of the mean logit. */
  readonly auc: number;
  /** How many real samples are in each part. */
  readonly rows: {
    /** To train on. */
    readonly training: number;
    /** To stop by. */
    readonly stopping: number;
    /** Held out. */
    readonly heldOut: number;
  };
}

/** A GAN with a discriminator of its own making, and what is needed to calibrate it. */
export interface RefitDiscriminator<Batch> {
  /** The same generator; its scores are the mean logit of the critics. */
  readonly gan: Gan<Batch>;
  /** The critics, each with what it does to its input as a first layer: to save by `serializeModel`, and to join again by `criticGan`. */
  readonly critics: readonly LayersModel[];
  /** Real samples that no critic was trained on or stopped by: for `calibrateGan`. */
  readonly heldOut: Batch;
  /** What training came to. */
  readonly report: RefitReport;
  /** Frees the critics and `heldOut`. The GAN cannot score any more then. */
  dispose(): void;
}

/** Numbers in a sample up to which Fourier features are given by default, and how many. */
const FOURIER = { dimensions: 8, count: 32 };

/** More rows than these say no more about when to stop. */
const STOPPING_LIMIT = 10_000;

/**
 * Trains a fresh discriminator on a GAN whose generator stays as it is: the strongest known way to better draws.
 *
 * A discriminator that was trained beside its generator has chased a moving target; one that is trained on the finished generator knows
 * far better where real data are likelier. Real samples are split in three, so that nothing it is judged by was learnt by heart:
 * it descends the log loss on the first part, against samples generated for it; keeps the weights with the lowest log loss on
 * the second; and never meets the third, with which to calibrate it. Several critics, `features` and early stopping keep it from what does
 * not matter; after calibration, `selectionReport` says whether that went well.
 *
 * Same seed, GAN, data and backend: same critics.
 *
 * @param gan - finished: its generator is not trained any further.
 * @returns The GAN with the new scores, logits of p/q, and the held-out samples. Dispose of it after sampling.
 * @throws {RangeError} if an option is off, or a part of the real samples would be empty.
 * @throws {TypeError} if neither samples nor features are numbers.
 * @throws {CriticDivergedError} when the log loss is not finite.
 * @throws the signal's reason once `signal` is aborted.
 * @see Azadi et al., "Discriminator rejection sampling", ICLR 2019, section 3.2, which keeps training the discriminator; Ding, Wang and Welch,
 * "Subsampling generative adversarial networks: density ratio estimation in feature space with softplus loss", IEEE TSP 68 (2020),
 * for features; Tancik et al., NeurIPS 2020, for Fourier features.
 * @example
 * ```ts
 * import { calibrateGan, type Gan } from "@mhgan/gan-core";
 * import { refitDiscriminator, useBackend } from "@mhgan/gan-core/tfjs";
 * import { couplingFromThePast, normal, randomStream } from "@mhgan/mcmc";
 * // Data of normal(1, 1), a generator of normal(0, 1), and a discriminator that knows nothing.
 * const gan: Gan<number[]> = {
 *   generate: (count, random) => Array.from({ length: count }, () => normal(random)),
 *   score: (batch) => batch.map(() => 0),
 * };
 * const random = randomStream(1);
 * const real = Array.from({ length: 10_000 }, () => 1 + normal(random));
 * await useBackend("wasm");
 * const small = { hidden: [16], steps: 200, learningRate: 0.02 };
 * const refit = await refitDiscriminator(gan, { real, seed: 1, ...small });
 * const calibrated = await calibrateGan(refit.gan, { real: refit.heldOut, seed: 1 });
 * const { samples } = await calibrated.sample({ draws: 1000, sampler: couplingFromThePast(), seed: 1 });
 * refit.dispose();
 * const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
 * mean > 0.8 && mean < 1.2; // => true
 * ```
 */
export async function refitDiscriminator<Batch>(
  gan: Gan<Batch>,
  options: RefitDiscriminatorOptions<Batch>,
): Promise<RefitDiscriminator<Batch>> {
  const { real, features, signal, onProgress } = options;
  const settings = checkedSettings(options);
  const random = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  const batches = batchOperations(gan);

  const count = batchLength(real) ?? (await batchRows(CALLER, real as Batch, features)).shape[0];
  const parts = splitRealRows(
    count,
    { stopping: settings.stoppingShare, heldOut: settings.heldOutShare },
    random.split("split"),
  );
  if (parts.training.length < 2 || parts.stopping.length < 2) {
    throw new RangeError(
      `${CALLER}: real must leave at least 2 samples to train on and 2 to stop by, got ${parts.training.length} and ${parts.stopping.length} of ${count}`,
    );
  }
  const training = await chosenRows(CALLER, batches, real, parts.training, features, signal);
  const stopping = {
    real: await chosenRows(
      CALLER,
      batches,
      real,
      parts.stopping.subarray(0, STOPPING_LIMIT),
      features,
      signal,
    ),
    fake: await generatedRows(
      CALLER,
      gan,
      batches,
      Math.min(STOPPING_LIMIT, parts.stopping.length),
      features,
      random.split("fakes to stop by"),
    ),
  };
  requireSameShape(training, stopping.fake);

  const critics: Critic[] = [];
  const dispose = () => {
    for (const critic of critics) critic.dispose();
  };
  try {
    const trainings: CriticTraining[] = [];
    for (let number = 0; number < settings.critics; number++) {
      const finished = await options.store?.load(number);
      if (finished !== undefined) {
        critics.push(criticOf(finished.model));
        trainings.push(finished.training);
        continue;
      }
      const stream = random.split("critic").split(number);
      const fakes = fakeSource(gan, features, settings.fakeCount, stream.split("fakes"));
      const critic = await newCritic(training, stopping.fake, settings, stream);
      critics.push(critic);
      const report = await trainCritic(critic, {
        ...settings,
        nextReal: realSource(training, stream.split("rows")),
        nextFake: fakes,
        stopping,
        signal,
        onLook: (step, logLoss) =>
          onProgress?.({
            critic: number + 1,
            critics: settings.critics,
            step,
            totalSteps: settings.steps,
            logLoss,
          }),
      });
      trainings.push(report);
      await options.store?.save(number, { model: critic.model, training: report });
    }
    const scores = {
      real: await meanScores(critics, stopping.real),
      fake: await meanScores(critics, stopping.fake),
    };
    const heldOut = await batches.take(real, parts.heldOut);
    return {
      gan: ganOfCritics(gan, critics, features),
      critics: critics.map(({ model }) => model),
      heldOut,
      report: {
        critics: trainings,
        logLoss: binaryLogLoss(scores.real, scores.fake),
        auc: aucOf(scores.real, scores.fake),
        rows: {
          training: parts.training.length,
          stopping: parts.stopping.length,
          heldOut: parts.heldOut.length,
        },
      },
      dispose: () => {
        dispose();
        batches.dispose(heldOut);
      },
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

const CALLER = "refitDiscriminator";

type Settings = ReturnType<typeof checkedSettings>;

function checkedSettings<Batch>(options: RefitDiscriminatorOptions<Batch>) {
  const {
    critics = 1,
    hidden = [128, 128, 128],
    steps = 3000,
    batchSize = 256,
    learningRate = 4e-3,
  } = options;
  const {
    fakeCount = Infinity,
    stoppingShare = 0.1,
    heldOutShare = 0.2,
    looks = 50,
    patience = 15,
  } = options;
  const { fourierFeatures = "auto", model } = options;
  const counts = { critics, steps, batchSize, looks, patience };
  for (const [name, value] of Object.entries(counts)) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw new RangeError(`${CALLER}: ${name} must be an integer from 1, got ${value}`);
    }
  }
  if (fakeCount !== Infinity && !(Number.isSafeInteger(fakeCount) && fakeCount >= 1)) {
    throw new RangeError(`${CALLER}: fakeCount must be an integer from 1 or Infinity, got ${fakeCount}`);
  }
  if (!hidden.every((units) => Number.isSafeInteger(units) && units >= 1)) {
    throw new RangeError(`${CALLER}: hidden must hold integers from 1, got [${hidden}]`);
  }
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new RangeError(`${CALLER}: learningRate must be positive and finite, got ${learningRate}`);
  }
  if (!(stoppingShare > 0 && heldOutShare >= 0 && stoppingShare + heldOutShare < 1)) {
    throw new RangeError(
      `${CALLER}: stoppingShare must be positive, heldOutShare from 0, and their sum below 1, got ${stoppingShare} and ${heldOutShare}`,
    );
  }
  if (fourierFeatures !== "auto" && !(Number.isSafeInteger(fourierFeatures) && fourierFeatures >= 0)) {
    throw new RangeError(
      `${CALLER}: fourierFeatures must be "auto" or an integer from 0, got ${fourierFeatures}`,
    );
  }
  if (model !== undefined && fourierFeatures !== "auto" && fourierFeatures > 0) {
    throw new RangeError(`${CALLER}: fourierFeatures must not be given with a model, got ${fourierFeatures}`);
  }
  return {
    ...counts,
    hidden,
    learningRate,
    fakeCount,
    stoppingShare,
    heldOutShare,
    fourierFeatures,
    model,
    evaluateEvery: Math.max(1, Math.floor(steps / looks)),
    patience: patience * Math.max(1, Math.floor(steps / looks)),
  };
}

function requireSameShape(real: Rows, fake: Rows): void {
  const [wanted, got] = [real, fake].map(({ shape: [, ...shape] }) => shape.join(", "));
  if (wanted !== got) {
    throw new RangeError(
      `${CALLER}: generated samples must have the shape of real ones, [${wanted}], got [${got}]`,
    );
  }
}

async function newCritic(real: Rows, fake: Rows, settings: Settings, random: RandomStream): Promise<Critic> {
  const { model, hidden, fourierFeatures } = settings;
  if (model !== undefined) {
    const [, ...shape] = real.shape;
    return criticOf(model({ shape, random: random.split("weights") }));
  }
  const auto = rowSize(real.shape) <= FOURIER.dimensions ? FOURIER.count : 0;
  const frequencies = fourierFeatures === "auto" ? auto : fourierFeatures;
  const encoding = inputEncoding(real, fake, frequencies, random.split("frequencies"));
  return perceptronCritic(encoding, hidden, random.split("weights"));
}

function aucOf(real: Float64Array, fake: Float64Array): number {
  const scores = Float64Array.from([...real, ...fake]);
  return rocAuc(scores, new Uint8Array(scores.length).fill(1, 0, real.length));
}
