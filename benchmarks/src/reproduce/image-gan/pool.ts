import type { Judge } from "@mhgan/cli";
import type { CalibratedGan, Gan } from "@mhgan/gan-core";
import type { RandomStream } from "@mhgan/mcmc";
import type { Features } from "@mhgan/metrics";
import type * as tf from "@tensorflow/tfjs-core";

/** Proposals of a generator: what the judge, critics and a classifier say of them. The images themselves are not kept. */
export interface Pool {
  readonly judged: Features;
  /** Log weights by each critic. */
  readonly logWeights: Readonly<Record<string, Float64Array>>;
  readonly classes: Int32Array;
}

const CHUNK = 1000;

/** Makes proposals and shows them to all, so that any number of selections can be compared on the same ones. */
export async function fillPool(options: {
  readonly gan: Gan<tf.Tensor>;
  readonly critics: Readonly<Record<string, CalibratedGan<tf.Tensor>>>;
  readonly classes: (images: tf.Tensor) => Promise<Int32Array>;
  readonly judge: Judge;
  readonly count: number;
  readonly random: RandomStream;
  readonly log: (line: string) => void;
}): Promise<Pool> {
  const { gan, critics, judge, count, random, log } = options;
  const logWeights = Object.fromEntries(
    Object.keys(critics).map((name) => [name, new Float64Array(count)] as const),
  );
  const classes = new Int32Array(count);
  let judged: { readonly data: Float32Array; readonly shape: readonly [number, number] } | undefined;
  for (let first = 0; first < count; first += CHUNK) {
    const batch = await gan.generate(Math.min(CHUNK, count - first), random.split(first / CHUNK));
    for (const [name, critic] of Object.entries(critics)) {
      logWeights[name]!.set(critic.logWeights(await critic.gan.score(batch)), first);
    }
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
  return { judged: judged!, logWeights, classes };
}
