import { budgetedRejection, iteratedSir, metropolisHastings, type Selector } from "@mhgan/mcmc";

/** A way to select, and whether it may make use of the bound of the weights. */
export interface Selection {
  readonly name: string;
  readonly selector: Selector;
  readonly usesBound: boolean;
}

/** Proposals a draw. */
export const budgets: readonly number[] = [4, 8, 16];

/** Steps of i-SIR with five candidates, or three, of which one is the state. */
const iterated = new Map([
  [4, { candidates: 3, steps: 2 }],
  [8, { candidates: 5, steps: 2 }],
  [16, { candidates: 5, steps: 4 }],
]);

/** Samplers that take `budget` proposals for a draw, OBRS in the mean. */
export function selectionsAt(budget: number): readonly Selection[] {
  const sir = iterated.get(budget)!;
  return [
    {
      name: `MH, K = ${budget}`,
      selector: metropolisHastings({ chainLength: budget }),
      usesBound: false,
    },
    {
      name: `i-SIR, ${sir.steps} steps of ${sir.candidates} candidates`,
      selector: iteratedSir(sir),
      usesBound: false,
    },
    { name: `OBRS, 1/${budget}`, selector: budgetedRejection({ budget: 1 / budget }), usesBound: true },
  ];
}
