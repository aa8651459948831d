import {
  type ArraySelection,
  integer,
  type ProposalBlock,
  type ProposalSource,
  type RandomStream,
  type Selector,
  selectDraws,
  selectFromArray,
} from "@mhgan/mcmc";
import type { SelectionWeights } from "./selection-weights.ts";

/** Options of {@link pickProposals}. */
export interface PickProposalsOptions {
  readonly selector: Selector;
  /** How many; without reuse also undefined: as many as the proposals are enough for. */
  readonly draws: number | undefined;
  /** Whether a proposal may serve several draws. */
  readonly reuse: boolean;
  readonly stream: RandomStream;
  readonly signal: AbortSignal;
}

/** Which proposals are the draws, and what it took. */
export type Picks = Omit<ArraySelection, "acceptCounts" | "proposalsUsed">;

/**
 * Picks draws among proposals that lie ready.
 *
 * Without reuse every proposal is given to one draw only, in order, so proposals that were made independently give draws that are. With
 * reuse each proposal of each draw is taken at random, with replacement, from all: the draws are independent ones of the law that the proposals *at hand* stand
 * for, reweighted, not of the generator's. There may be any number of them, but they tell no more of the data than the proposals
 * as weighted samples do.
 *
 * @returns As many draws as there were proposals for, which may be fewer than wanted, without reuse.
 */
export async function pickProposals(
  { logWeights, startLogWeights, pilotLogWeights, logWeightBound }: SelectionWeights,
  { selector, draws, reuse, stream, signal }: PickProposalsOptions,
): Promise<Picks> {
  const known = { selector, seed: stream, logWeightBound, pilotLogWeights };
  if (!reuse) {
    return selectFromArray(logWeights, {
      ...known,
      startLogWeights,
      ...(draws !== undefined && { draws }),
    });
  }
  const source: ProposalSource<number, Resampled> = {
    weigh: (requests) =>
      requests.map(({ stream, first, count }) => {
        const indices = Int32Array.from({ length: count }, (_, k) =>
          integer(stream.split(first + k).split(0), logWeights.length),
        );
        return { indices, logWeights: Float64Array.from(indices, (index) => logWeights[index]!) };
      }),
    pick: ({ indices }, place) => indices[place]!,
  };
  const selected = await selectDraws(source, {
    ...known,
    draws: draws!,
    start: (random) => ({ logWeight: startLogWeights[integer(random, startLogWeights.length)]! }),
    signal,
  });
  const { acceptanceRate, capOuts, proposals } = selected;
  return { picked: Int32Array.from(selected.draws), acceptanceRate, capOuts, proposals };
}

type Resampled = ProposalBlock & { readonly indices: Int32Array };
