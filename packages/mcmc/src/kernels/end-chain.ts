import { firstOfSplit, type RandomStream } from "../random/random-stream.ts";
import { requireLogWeight } from "../requirements.ts";
import type { Selection, Selector } from "../selectors/selection.ts";
import type { BatchIndependenceTarget } from "./independence-sampler.ts";
import { type WeighedProposals, weighProposals } from "./weigh-proposals.ts";

/** Where a chain starts: its log weight, and its position unless a restart makes sure that it is never the draw. */
export interface ChainStart<X> {
  readonly logWeight: number;
  readonly position?: X;
}

/** Where a chain ended and what that took. */
export interface ChainEnd<X> {
  readonly position: X;
  readonly logWeight: number;
  readonly acceptCount: number;
  readonly capOut: boolean;
  /** Proposals made for a fresh restart. */
  readonly freshProposals: number;
}

/** The stream that the proposal of a chain's step comes from. */
export const proposalStream = (chain: RandomStream, step: number): RandomStream => chain.split(step).split(0);

/** Runs one chain over its weighed proposals, with the restart that its selector asks for. */
export async function endChain<X>(
  proposals: WeighedProposals<X>,
  from: ChainStart<X> | undefined,
  context: {
    readonly target: BatchIndependenceTarget<X>;
    readonly chain: RandomStream;
    readonly number: number;
    readonly selector: Selector;
    readonly batchSize: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<ChainEnd<X>> {
  const { target, chain, number, selector, batchSize, signal } = context;
  const initialLogWeight = from?.logWeight ?? -Infinity;
  requireLogWeight("sample", `the log weight of start ${number}`, initialLogWeight);
  const { picked, acceptCount, capOut } = select(
    selector,
    proposals.logWeights,
    initialLogWeight,
    chain,
    0,
    number,
  );
  const record = { acceptCount, capOut, freshProposals: 0 };
  if (picked >= 0) return { ...record, ...proposalAt(proposals, picked) };
  if (selector.restart === "fresh") {
    const steps = proposals.logWeights.length;
    // The first is the new start, then come K steps.
    const streamAt = (n: number) => proposalStream(chain, steps + n);
    const fresh = await weighProposals(target, steps + 1, streamAt, batchSize, signal);
    const again = select(selector, fresh.logWeights, -Infinity, chain, steps, number);
    return { ...record, ...proposalAt(fresh, again.picked), freshProposals: steps + 1 };
  }
  if (from === undefined || !("position" in from)) {
    throw new RangeError(`sample: start must give a position when restart is "never", got only a log weight`);
  }
  return { ...record, position: from.position as X, logWeight: from.logWeight };
}

function proposalAt<X>({ positions, logWeights }: WeighedProposals<X>, index: number) {
  return { position: positions[index]!, logWeight: logWeights[index]! };
}

/** One chain's selection; step t is decided by the first value of the chain's split t. */
function select(
  selector: Selector,
  logWeights: Float64Array,
  initialLogWeight: number,
  chain: RandomStream,
  firstStep: number,
  chainNumber: number,
): Selection {
  let step = firstStep;
  try {
    return selector.select(logWeights, { initialLogWeight, random: () => firstOfSplit(chain, step++) });
  } catch (error) {
    const bad = logWeights.findIndex(Number.isNaN);
    if (bad === -1) throw error;
    throw new RangeError(
      `sample: log weights must not be NaN, got NaN in chain ${chainNumber} at step ${firstStep + bad}`,
      { cause: error },
    );
  }
}
