import type { Judge } from "@mhgan/cli";
import type { CalibratedGan, Gan } from "@mhgan/gan-core";
import type { RandomStream } from "@mhgan/mcmc";
import type { Features } from "@mhgan/metrics";
import type * as tf from "@tensorflow/tfjs-core";
import type { CriticName } from "./judged-gan.ts";

/** Proposals of a generator: what the judge, critics and a classifier say of them. The images themselves are not kept. */
export interface Pool {
  readonly judged: Features;
  readonly scores: Readonly<Record<CriticName, Float64Array>>;
  readonly logWeights: Readonly<Record<CriticName, Float64Array>>;
  readonly classes: Int32Array;
  /** Makes the images of some rows again, one after the other. */
  images(rows: ArrayLike<number>): Promise<Float32Array>;
}

const CHUNK = 1000;

/** Makes proposals and shows them to all, so that any number of selections can be compared on the same ones. */
export async function fillPool(options: {
  readonly gan: Gan<tf.Tensor>;
  readonly critics: Readonly<Record<CriticName, CalibratedGan<tf.Tensor>>>;
  readonly classes: (images: tf.Tensor) => Promise<Int32Array>;
  readonly judge: Judge;
  readonly count: number;
  readonly random: RandomStream;
  readonly log: (line: string) => void;
}): Promise<Pool> {
  const { gan, critics, judge, count, random, log } = options;
  const generate = (chunk: number) =>
    gan.generate(Math.min(CHUNK, count - chunk * CHUNK), random.split(chunk));
  const scores = { "own discriminator": new Float64Array(count), refit: new Float64Array(count) };
  const names = Object.keys(scores) as CriticName[];
  const classes = new Int32Array(count);
  let judged: { readonly data: Float32Array; readonly shape: readonly [number, number] } | undefined;
  for (let first = 0; first < count; first += CHUNK) {
    const batch = await generate(first / CHUNK);
    for (const name of names) scores[name].set(await critics[name].gan.score(batch), first);
    classes.set(await options.classes(batch), first);
    const seen = await judge.look({ data: Float32Array.from(await batch.data()), shape: batch.shape });
    batch.dispose();
    const columns = seen.shape[1]!;
    judged ??= { data: new Float32Array(count * columns), shape: [count, columns] };
    judged.data.set(seen.data, first * columns);
    if (first % (10 * CHUNK) === 0) {
      log(`proposals: ${first.toLocaleString("en")} of ${count.toLocaleString("en")}`);
    }
  }
  return {
    judged: judged!,
    scores,
    logWeights: {
      "own discriminator": critics["own discriminator"].logWeights(scores["own discriminator"]),
      refit: critics.refit.logWeights(scores.refit),
    },
    classes,
    images: async (rows) => {
      const parts: Float32Array[] = [];
      for (const row of Array.from(rows)) {
        const batch = await generate(Math.floor(row / CHUNK));
        const size = batch.size / batch.shape[0]!;
        const first = (row % CHUNK) * size;
        parts.push(Float32Array.from((await batch.data()).subarray(first, first + size)));
        batch.dispose();
      }
      const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
      parts.forEach((part, i) => {
        all.set(part, i * part.length);
      });
      return all;
    },
  };
}

/** What the judge saw in some of the proposals. */
export function judgedRows({ judged: { data, shape } }: Pool, rows: ArrayLike<number>): Features {
  const columns = shape[1]!;
  const taken = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < columns; k++) taken[i * columns + k] = data[rows[i]! * columns + k]!;
  }
  return { data: taken, shape: [rows.length, columns] };
}
