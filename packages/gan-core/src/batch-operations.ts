import type { MaybePromise } from "@mhgan/mcmc";
import type { Gan } from "./gan.ts";
import {
  concatPlain,
  countPlain,
  isArrayBatch,
  isPlainSamples,
  type PlainSamples,
  takePlain,
} from "./plain-samples.ts";

/** How to score, cut, join and free the batches of a GAN: by its own methods, else by those for arrays and `{ data, shape }`. */
export interface BatchOperations<Batch> {
  /** Scores a batch or, where the GAN has `toBatch`, plain samples. */
  score(samples: Batch | PlainSamples): MaybePromise<ArrayLike<number>>;
  /** Copies rows of a batch or, where the GAN has `toBatch`, of plain samples. */
  take(samples: Batch | PlainSamples, rows: ArrayLike<number>): MaybePromise<Batch>;
  concat(batches: readonly Batch[]): MaybePromise<Batch>;
  dispose(batch: Batch): void;
}

/** Plain samples become a batch this many at a time, to bound memory. */
const BLOCK = 4096;

/** The batch operations of a GAN. */
export function batchOperations<Batch>(gan: Gan<Batch>): BatchOperations<Batch> {
  const mustConvert = (samples: Batch | PlainSamples): samples is PlainSamples =>
    gan.toBatch !== undefined && isPlainSamples(samples);
  return {
    score: (samples) => (mustConvert(samples) ? scorePlain(gan, samples) : gan.score(samples as Batch)),
    take: (samples, rows) => {
      if (mustConvert(samples)) return gan.toBatch!(takePlain(samples, rows));
      return gan.take ? gan.take(samples as Batch, rows) : take(samples as Batch, rows);
    },
    concat: (batches) => (gan.concat ? gan.concat(batches) : concat(batches)),
    dispose: (batch) => gan.dispose?.(batch),
  };
}

async function scorePlain<Batch>(gan: Gan<Batch>, samples: PlainSamples): Promise<Float64Array> {
  const count = countPlain(samples);
  const scores = new Float64Array(count);
  for (let begin = 0; begin < count; begin += BLOCK) {
    const rows = Array.from({ length: Math.min(BLOCK, count - begin) }, (_, i) => begin + i);
    const batch = await gan.toBatch!(takePlain(samples, rows));
    try {
      const some = await gan.score(batch);
      if (some.length !== rows.length) {
        throw new RangeError(`gan: score must give ${rows.length} scores, got ${some.length}`);
      }
      scores.set(some, begin);
    } finally {
      gan.dispose?.(batch);
    }
  }
  return scores;
}

function take<Batch>(batch: Batch, rows: ArrayLike<number>): Batch {
  if (isPlainSamples(batch)) return takePlain(batch, rows);
  throw unknownBatch("take", batch);
}

function concat<Batch>(batches: readonly Batch[]): Batch {
  const first = batches[0];
  if (batches.length === 1) return first as Batch;
  if (Array.isArray(first) || isArrayBatch(first)) {
    return concatPlain(batches as readonly PlainSamples[]) as Batch;
  }
  throw unknownBatch("concat", first);
}

function unknownBatch(method: string, batch: unknown): TypeError {
  const got = batch === null ? "null" : typeof batch;
  return new TypeError(
    `gan: a batch must be an array or { data, shape } unless the GAN has its own \`${method}\`, got ${got}`,
  );
}
