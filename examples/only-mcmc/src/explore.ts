import {
  independenceSampler,
  normal,
  pilotLogWeights,
  randomStream,
  rejection,
  sample,
  selectDraws,
} from "@mhgan/mcmc";
import { type SummaryRow, summarize } from "@mhgan/mcmc/diagnostics";
import { predictSelection, type SelectionPrediction } from "@mhgan/mcmc/predictions";
import { schools } from "./eight-schools.ts";
import { laplaceApproximation } from "./laplace.ts";
import { logWeightBound } from "./log-weight-bound.ts";
import { logPosterior, type Position, schoolEffects } from "./posterior.ts";
import { gaussianProposal, type Proposal, studentProposal } from "./proposals.ts";

/** What is estimated, in the order of all results. */
export const names: readonly string[] = ["µ", "τ", ...schools.map(({ name }) => `school ${name}`)];

export interface Exploration {
  /** What the weights of 10,000 proposals say beforehand. */
  readonly predictions: { readonly gaussian: SelectionPrediction; readonly student: SelectionPrediction };
  readonly burnIn: number;
  /** Four chains of Metropolis-Hastings, one row a quantity. */
  readonly chains: { readonly acceptanceRate: number; readonly summary: readonly SummaryRow[] };
  /** Independent draws from exactly the posterior, by rejection under a bound of the weights. */
  readonly exactDraws: {
    readonly acceptanceRate: number;
    readonly predictedAcceptanceRate: number;
    readonly summary: readonly SummaryRow[];
  };
}

/** Chooses a proposal by its weights, samples the posterior with it in two ways, and diagnoses both. */
export async function explore(options: {
  readonly draws: number;
  readonly seed: number;
}): Promise<Exploration> {
  const { draws } = options;
  const root = randomStream(options.seed);
  const shape = laplaceApproximation(logPosterior, [8, 1]);
  const target = ({ propose, logDensity }: Proposal) => ({
    propose,
    logWeight: (at: Position) => logPosterior(at) - logDensity(at),
  });
  const gaussian = target(gaussianProposal(shape));
  const student = target(studentProposal(shape, 3));

  // Before a chain is run: which proposal is good enough, and how soon have chains forgotten where they began?
  const pilots = { count: 10_000, seed: root.split("pilots") };
  const predictions = {
    gaussian: predictSelection(await pilotLogWeights(gaussian, pilots)),
    student: predictSelection(await pilotLogWeights(student, pilots)),
  };
  const burnIn = predictions.student.chainLength(0.001, "proposal");

  const chains = await sample(independenceSampler(student), {
    draws,
    chains: 4,
    burnIn,
    seed: root.split("chains"),
  });
  const bound = logWeightBound(student.logWeight);
  const exact = await selectDraws(student, {
    draws,
    selector: rejection(),
    logWeightBound: bound,
    seed: root.split("rejection"),
  });
  const summary = (positions: readonly Position[]): SummaryRow[] =>
    summarize(quantities(positions, root.split("effects")), { chains: 4, names });
  return {
    predictions,
    burnIn,
    chains: { acceptanceRate: chains.acceptanceRate, summary: summary(chains.draws) },
    exactDraws: {
      acceptanceRate: exact.acceptanceRate,
      predictedAcceptanceRate: 1 / predictions.student.rejection({ logWeightBound: bound }).proposalsPerDraw,
      summary: summary(exact.draws),
    },
  };
}

/** Rows of µ, τ and a draw of every school's effect: given µ and τ its law is known, so no chain is needed for it. */
function quantities(positions: readonly Position[], random: () => number): number[] {
  return positions.flatMap((position) => [
    position[0],
    Math.exp(position[1]),
    ...schoolEffects(position).map(({ mean, sd }) => mean + sd * normal(random)),
  ]);
}
