import { oneDimensionalPair } from "@mhgan/datasets";
import { type RandomStream, type Selector, selectFromArray, selectMetropolisHastings } from "@mhgan/mcmc";

const { data, generator } = oneDimensionalPair();

/** Draws of a sampler, and what was counted on the way. */
export interface SampledDraws {
  readonly points: Float64Array;
  /** Proposals of each run. */
  readonly proposals?: Float64Array;
  readonly capOuts?: number;
  /** Share of accepted proposals of each run, where a run is typical of a stationary chain. */
  readonly acceptances?: Float64Array;
}

/** log p/q of some points. */
export function logWeightsOf(points: Float64Array): Float64Array {
  const logGenerator = generator.logDensity(points);
  return data.logDensity(points).map((value, i) => value - logGenerator[i]!);
}

/** Draws that are picked from one array of proposals. */
const DRAWS_AT_ONCE = 1000;

/** Draws with a selector from proposals of the generator. */
export function drawBySelector(
  selector: Selector,
  options: {
    readonly draws: number;
    /** About how many proposals a draw takes. */
    readonly proposals: number;
    /** Steps of chains that start at samples of the data. 0: runs start at proposals. */
    readonly stepsFromData: number;
    /** No larger weight is used: larger ones count as this. */
    readonly largestLogWeight?: number;
    readonly pilotLogWeights: Float64Array;
    readonly random: RandomStream;
  },
): SampledDraws {
  const { draws, stepsFromData, largestLogWeight = Infinity, pilotLogWeights, random } = options;
  const cut = (logWeights: Float64Array): Float64Array =>
    largestLogWeight === Infinity ? logWeights : logWeights.map((value) => Math.min(value, largestLogWeight));
  const points = new Float64Array(draws);
  const proposals = new Float64Array(draws);
  const acceptances = new Float64Array(draws);
  let capOuts = 0;
  for (let first = 0; first < draws; first += DRAWS_AT_ONCE) {
    const count = Math.min(DRAWS_AT_ONCE, draws - first);
    const group = random.split(first);
    const starts = data.sample(stepsFromData > 0 ? 20 * count : 0, group.split("starts"));
    // With too few proposals the longest runs would be cut off, and only short ones be left: then all are drawn again from more.
    for (let size = Math.ceil(1.2 * options.proposals * count) + 100; ; size *= 2) {
      const proposed = generator.sample(size, group.split("proposals"));
      const found = selectFromArray(cut(logWeightsOf(proposed)), {
        selector,
        seed: group.split("runs"),
        draws: count,
        startLogWeights: cut(logWeightsOf(starts)),
        logWeightBound: largestLogWeight,
        pilotLogWeights: cut(pilotLogWeights),
      });
      if (found.picked.length < count) continue;
      for (const [i, picked] of found.picked.entries()) {
        points[first + i] = picked < 0 ? starts[-1 - picked]! : proposed[picked]!;
        proposals[first + i] = found.proposalsUsed[i]!;
        acceptances[first + i] = found.acceptCounts[i]! / stepsFromData;
      }
      capOuts += found.capOuts;
      break;
    }
  }
  return { points, proposals, capOuts, ...(stepsFromData > 0 && { acceptances }) };
}

/**
 * What a well-read tutorial does: one long chain, of which a sample is kept only when a proposal is accepted. To know how sure the figures
 * are, many chains are run, and each gives one draw: the one that it keeps after some others.
 */
export function drawKeptOnAccept(draws: number, random: RandomStream, keptBefore = 20): SampledDraws {
  const points = new Float64Array(draws);
  for (let chain = 0; chain < draws; chain++) {
    const stream = random.split(chain);
    const [proposals, accept] = [stream.split("proposals"), stream.split("accept")];
    // A start at the data could be so heavy that the first proposal is accepted after hours; what is kept soon forgets it.
    let current = logWeightsOf(generator.sample(1, stream.split("start")))[0]!;
    for (let kept = 0; kept <= keptBefore; ) {
      const proposed = generator.sample(1, proposals);
      const logWeight = logWeightsOf(proposed)[0]!;
      const { picked } = selectMetropolisHastings([logWeight], { initialLogWeight: current, random: accept });
      if (picked !== 0) continue;
      current = logWeight;
      points[chain] = proposed[0]!;
      kept++;
    }
  }
  return { points };
}
