import type { AsyncIndependenceTarget } from "../kernels/independence-sampler.ts";
import { type BatchIndependenceTarget, toBatchTarget } from "../kernels/independence-sampler.ts";
import type { MaybePromise } from "../kernels/maybe-promise.ts";
import type { RandomStream } from "../random/random-stream.ts";

/**
 * Where proposals come from, for many runs at once. For whatever does not fit `{ propose, logWeight }`: say, a model on another device,
 * which keeps its samples and gives only their weights away.
 */
export interface ProposalSource<X, Block extends ProposalBlock = ProposalBlock> {
  /** Makes and weighs what is asked for: one block for each request, in order. Must depend on nothing but the request. */
  weigh(requests: readonly ProposalRequest[]): MaybePromise<readonly Block[]>;
  /** The proposal at this place of a block, as it is to be among the draws. */
  pick(block: Block, place: number): MaybePromise<X>;
  /** Frees a block none of whose proposals will be picked any more. */
  release?(block: Block): void;
  /** How many proposals a run asks for when it may stop at any, until it has seen three times as many; then a third of what it has seen. Default 4. */
  readonly firstBlock?: number;
}

/** Proposals number `first` to `first + count − 1` of a run, number k to be made from `stream.split(k).split(0)`. */
export interface ProposalRequest {
  /** The stream of the run, which each proposal takes a split of. */
  readonly stream: RandomStream;
  /** The number of the first proposal, from 0. */
  readonly first: number;
  /** How many proposals to make, one after the other. */
  readonly count: number;
}

/** What became of a request. */
export interface ProposalBlock {
  /** `log p(x) − log q(x)` of each proposal, up to a constant. */
  readonly logWeights: ArrayLike<number>;
}

/** The proposals of `{ propose, logWeight }`, one at a time or in batches, as a source. */
export function targetSource<X>(
  caller: string,
  target: AsyncIndependenceTarget<X> | BatchIndependenceTarget<X>,
  batchSize: number,
  signal: AbortSignal | undefined,
): ProposalSource<X, ProposalBlock & { readonly positions: readonly X[] }> {
  const { proposeBatch, logWeightBatch } = toBatchTarget(target);
  const requireLength = (name: string, got: number, wanted: number): void => {
    if (got !== wanted) throw new RangeError(`${caller}: ${name} must return ${wanted} values, got ${got}`);
  };
  return {
    async weigh(requests) {
      const streams = requests.flatMap(({ stream, first, count }) =>
        Array.from({ length: count }, (_, i) => stream.split(first + i).split(0)),
      );
      const positions: X[] = [];
      const logWeights = new Float64Array(streams.length);
      for (let begin = 0; begin < streams.length; begin += batchSize) {
        signal?.throwIfAborted();
        const batch = streams.slice(begin, begin + batchSize);
        const proposed = Array.from(await proposeBatch(batch));
        requireLength("proposeBatch", proposed.length, batch.length);
        const weights = await logWeightBatch(proposed);
        requireLength("logWeightBatch", weights.length, batch.length);
        for (const position of proposed) positions.push(position);
        logWeights.set(weights, begin);
      }
      let begin = 0;
      return requests.map(({ count }) => {
        const end = begin + count;
        const block = { positions: positions.slice(begin, end), logWeights: logWeights.slice(begin, end) };
        begin = end;
        return block;
      });
    },
    pick: ({ positions }, place) => positions[place]!,
  };
}
