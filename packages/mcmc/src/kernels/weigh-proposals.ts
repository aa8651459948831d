import type { RandomStream } from "../random/random-stream.ts";
import type { BatchIndependenceTarget } from "./independence-sampler.ts";

/** Proposals with their log weights. */
export interface WeighedProposals<X> {
  readonly positions: X[];
  readonly logWeights: Float64Array;
}

/** Makes and weighs `total` proposals, number n from the stream `streamAt(n)`, in calls of at most `batchSize`. */
export async function weighProposals<X>(
  target: BatchIndependenceTarget<X>,
  total: number,
  streamAt: (n: number) => RandomStream,
  batchSize: number,
  signal: AbortSignal | undefined,
): Promise<WeighedProposals<X>> {
  const positions: X[] = new Array(total);
  const logWeights = new Float64Array(total);
  for (let begin = 0; begin < total; begin += batchSize) {
    signal?.throwIfAborted();
    const count = Math.min(batchSize, total - begin);
    const streams = Array.from({ length: count }, (_, i) => streamAt(begin + i));
    const proposed = Array.from(await target.proposeBatch(streams));
    requireLength("proposeBatch", proposed.length, count);
    const weights = await target.logWeightBatch(proposed);
    requireLength("logWeightBatch", weights.length, count);
    for (let i = 0; i < count; i++) positions[begin + i] = proposed[i]!;
    logWeights.set(weights, begin);
  }
  return { positions, logWeights };
}

function requireLength(name: string, got: number, wanted: number): void {
  if (got !== wanted) throw new RangeError(`sample: ${name} must return ${wanted} values, got ${got}`);
}
