import { type RandomStream, randomStream, shuffle } from "@mhgan/mcmc";
import { batchOperations } from "../batch-operations.ts";
import { batchLength, batchRows, type Features, type Rows } from "../batch-rows.ts";
import type { CalibratedGan } from "../calibrated-gan.ts";
import type { PlainSamples } from "../plain-samples.ts";
import { CHUNK, joinedRows } from "../sample-rows.ts";

/** Options of what measures selection on held-out data. */
export interface MeasureSelectionOptions<Batch> {
  /** Real samples that the discriminator was not trained on, those that calibrated it for example. At most 4096 of them are used. */
  readonly real: NoInfer<Batch> | PlainSamples;
  /** What samples are compared by. Default: their own numbers. Best are features that the discriminator has not seen. */
  readonly features?: Features<Batch>;
  /** How many samples to generate. Default 8192. Time grows with its square. */
  readonly fakeCount?: number;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /** Stops the work between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Real and fresh generated samples: their numbers, and the log weights of either. */
export interface MeasuredSamples {
  readonly real: Rows;
  readonly realLogWeights: Float64Array;
  readonly fake: Rows;
  readonly fakeLogWeights: Float64Array;
}

/** More real samples say little more, and time grows with their square. */
const REAL_LIMIT = 4096;

/** Generates and scores samples, and reads what they are compared by. */
export async function measureSamples<Batch>(
  caller: string,
  calibrated: CalibratedGan<Batch>,
  options: MeasureSelectionOptions<Batch>,
): Promise<MeasuredSamples> {
  const { gan } = calibrated;
  const { real, features, fakeCount = 8192, signal } = options;
  if (!(Number.isSafeInteger(fakeCount) && fakeCount >= 2)) {
    throw new RangeError(`${caller}: fakeCount must be an integer from 2, got ${fakeCount}`);
  }
  const random = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  const batches = batchOperations(gan);
  const realCount = batchLength(real) ?? (await batchRows(caller, real as Batch, features)).shape[0];
  if (realCount < 2) throw new RangeError(`${caller}: real must hold at least 2 samples, got ${realCount}`);

  const order = shuffle(
    random.split("real"),
    Uint32Array.from({ length: realCount }, (_, row) => row),
  );
  const parts: { rows: Rows; scores: ArrayLike<number> }[][] = [[], []];
  for (let first = 0; first < Math.min(realCount, REAL_LIMIT); first += CHUNK) {
    signal?.throwIfAborted();
    const part = await batches.take(real, order.slice(first, Math.min(first + CHUNK, REAL_LIMIT)));
    parts[0]!.push(await measured(part));
  }
  for (let first = 0; first < fakeCount; first += CHUNK) {
    signal?.throwIfAborted();
    const part = await gan.generate(
      Math.min(CHUNK, fakeCount - first),
      random.split("fake").split(first / CHUNK),
    );
    parts[1]!.push(await measured(part));
  }
  async function measured(batch: Batch) {
    try {
      return { rows: await batchRows(caller, batch, features), scores: await gan.score(batch) };
    } finally {
      batches.dispose(batch);
    }
  }
  const rows = (kind: number) =>
    joinedRows(
      caller,
      parts[kind]!.map((part) => part.rows),
    );
  const logWeights = (kind: number) =>
    calibrated.logWeights(parts[kind]!.flatMap(({ scores }) => Array.from(scores)));
  return {
    real: rows(0),
    realLogWeights: logWeights(0),
    fake: rows(1),
    fakeLogWeights: logWeights(1),
  };
}
