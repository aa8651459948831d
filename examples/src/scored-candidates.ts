import {
  metropolisHastings,
  randomStream,
  selectFromArray,
  selectionProbabilities,
  shuffle,
} from "@mhgan/mcmc";
import { predictSelection, type SelectionPrediction } from "@mhgan/mcmc/predictions";

/**
 * Picks from a pile of candidates that something else has scored, by the log odds that each is of the kind wanted. The pile
 * is cut at random into chains of K, each of which gives one candidate.
 *
 * @returns Row numbers of the picks, and what the scores said beforehand.
 */
export function pickCandidates(
  logOdds: ArrayLike<number>,
  chainLength: number,
  seed: number,
): { picks: number[]; prediction: SelectionPrediction } {
  const random = randomStream(seed);
  const rows = shuffle(
    random.split("order"),
    Array.from({ length: logOdds.length }, (_, row) => row),
  );
  const { picked } = selectFromArray(
    rows.map((row) => logOdds[row]!),
    { selector: metropolisHastings({ chainLength }), seed: random.split("accept") },
  );
  const picks = Array.from(picked, (index) => rows[index]!);
  return { picks, prediction: predictSelection(logOdds) };
}

/** The mean of a property over the candidates as the chains would pick them, with every chain's whole law instead of its one pick. */
export function meanOfPicks(
  logOdds: ArrayLike<number>,
  property: ArrayLike<number>,
  chainLength: number,
): number {
  let sum = 0;
  let chains = 0;
  for (let first = 0; first + chainLength <= logOdds.length; first += chainLength) {
    const rows = Array.from({ length: chainLength }, (_, i) => first + i);
    const { probabilities } = selectionProbabilities(rows.map((row) => logOdds[row]!));
    rows.forEach((row, i) => {
      sum += probabilities[i]! * property[row]!;
    });
    chains++;
  }
  return sum / chains;
}
