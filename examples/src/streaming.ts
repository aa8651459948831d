// Draws as a stream: run until a mean is known well enough and no longer, save where the chains are and go on another day to the
// same bits, and draw more than fits in memory.

import { readFile, writeFile } from "node:fs/promises";
import {
  independenceSampler,
  rejection,
  type SavedChains,
  sampleBlocks,
  selectDrawBlocks,
} from "@mhgan/mcmc";

/** Seven of ten tries worked. What is the rate, if before all rates were alike? The posterior is a beta distribution, so all is known. */
const target = {
  propose: (random: () => number) => random(),
  logWeight: (rate: number) => 7 * Math.log(rate) + 3 * Math.log(1 - rate),
};
/** No rate is likelier than 7/10. */
const logWeightBound = target.logWeight(0.7);

/** A mean that grows, and what its error needs: all that is kept of the draws. */
interface Tally {
  draws: number;
  mean: number;
  /** Means of the draws of each chain in each block: how many, their mean, and their squared distances from it. */
  batches: number;
  batchMean: number;
  squares: number;
}

/** What a run has found so far. */
export interface RunningMean {
  readonly mean: number;
  /** Its Monte Carlo error. */
  readonly error: number;
  readonly draws: number;
}

/**
 * Runs four chains until the mean is known to this error. Leaving the loop stops the chains: nothing is made in advance.
 *
 * @param file - where the run is saved after each block. If there is one already, the run, of the same seed, goes on from there.
 */
export async function meanToError(wanted: number, seed: number, file: string): Promise<RunningMean> {
  const before = await load(file);
  const tally: Tally = before?.tally ?? { draws: 0, mean: 0, batches: 0, batchMean: 0, squares: 0 };
  const error = (): number => Math.sqrt(tally.squares / (tally.batches - 1) / tally.batches);
  // An error from few batches would now and then be small by chance, and stop the run.
  const isEnough = (): boolean => tally.batches >= 100 && error() <= wanted;
  // `draws` is only where the run ends at the latest.
  const options = { draws: 40_000_000, chains: 4, burnIn: 100, seed };
  if (!isEnough()) {
    for await (const block of sampleBlocks(independenceSampler(target), {
      ...options,
      ...(before && { resume: before.saved }),
    })) {
      for (let chain = 0; chain < block.chains; chain++) {
        const begin = chain * block.drawsPerChain;
        add(tally, block.draws.slice(begin, begin + block.drawsPerChain));
      }
      await writeFile(file, toJSON({ tally, saved: block.saved }));
      if (isEnough()) break;
    }
  }
  return { mean: tally.mean, error: error(), draws: tally.draws };
}

/** Chains forget within some ten steps, so that means of hundreds are independent, and their spread gives the error of the whole mean. */
function add(tally: Tally, draws: readonly number[]): void {
  const sum = draws.reduce((sum, draw) => sum + draw, 0);
  tally.draws += draws.length;
  tally.mean += (sum - draws.length * tally.mean) / tally.draws;
  tally.batches++;
  const distance = sum / draws.length - tally.batchMean;
  tally.batchMean += distance / tally.batches;
  tally.squares += distance * (sum / draws.length - tally.batchMean);
}

interface SavedRun {
  readonly tally: Tally;
  readonly saved: SavedChains;
}

/**
 * Plain data as JSON. It would write a typed array as an object without a length, and infinities as null: so typed arrays are marked, and
 * their numbers written as words. (`serialize` of `node:v8` needs none of this; its files are not for people.)
 */
export function toJSON(run: SavedRun): string {
  return JSON.stringify(run, (_, value) =>
    value instanceof Float64Array ? { float64: Array.from(value, String) } : value,
  );
}

/** The opposite of `toJSON`. */
export function fromJSON(text: string): SavedRun {
  return JSON.parse(text, (_, value) =>
    Array.isArray(value?.float64) ? Float64Array.from(value.float64, Number) : value,
  );
}

async function load(file: string): Promise<SavedRun | undefined> {
  try {
    return fromJSON(await readFile(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** How often so many exact draws are above one half, and how many of them were in memory at once. */
export async function shareAboveHalf(
  draws: number,
  seed: number,
): Promise<{ share: number; largestBlock: number; proposalsPerDraw: number }> {
  let above = 0;
  let largestBlock = 0;
  let proposals = 0;
  for await (const block of selectDrawBlocks(target, {
    draws,
    selector: rejection(),
    logWeightBound,
    seed,
  })) {
    for (const rate of block.draws) if (rate > 0.5) above++;
    largestBlock = Math.max(largestBlock, block.draws.length);
    proposals += block.proposals;
  }
  return { share: above / draws, largestBlock, proposalsPerDraw: proposals / draws };
}
