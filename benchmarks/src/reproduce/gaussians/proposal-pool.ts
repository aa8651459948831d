import type { CalibratedGan } from "@mhgan/gan-core";
import type { RandomStream } from "@mhgan/mcmc";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { CriticName, Critics } from "./critics.ts";

/** Proposals of a generator, with what critics say of them. */
export interface ProposalPool {
  /** Row after row. */
  readonly points: Float32Array;
  /** By the name of the critic. */
  readonly logWeights: Readonly<Record<string, Float64Array>>;
}

const BLOCK = 10_000;

/** Makes proposals once and shows them to several critics of the same generator, so that all samplers meet the same ones. */
export async function fillPool(
  critics: Critics,
  names: readonly CriticName[],
  count: number,
  random: RandomStream,
): Promise<ProposalPool> {
  const points = new Float32Array(2 * count);
  const weighing: [Float64Array, CalibratedGan<Tensor>][] = names.map((name) => [
    new Float64Array(count),
    critics[name],
  ]);
  for (let first = 0; first < count; first += BLOCK) {
    const batch = await critics.own.gan.generate(Math.min(BLOCK, count - first), random.split(first));
    points.set(await batch.data(), 2 * first);
    for (const [logWeights, critic] of weighing) {
      logWeights.set(critic.logWeights(await critic.gan.score(batch)), first);
    }
    batch.dispose();
  }
  return { points, logWeights: Object.fromEntries(names.map((name, i) => [name, weighing[i]![0]])) };
}

/** The points of a pool with these numbers, row after row. */
export function pointsAt({ points }: ProposalPool, numbers: readonly number[]): Float32Array {
  const chosen = new Float32Array(2 * numbers.length);
  for (const [i, number] of numbers.entries()) {
    chosen[2 * i] = points[2 * number]!;
    chosen[2 * i + 1] = points[2 * number + 1]!;
  }
  return chosen;
}
