/** Which of the proposals a selector picked, and what it took. */
export interface Selection {
  /** Index of the picked proposal, or −1 if the start was kept (then the draw is the start itself). */
  readonly picked: number;
  /** Proposals accepted by the chain that began at the start. */
  readonly acceptCount: number;
  /** `acceptCount` divided by the number of proposals that chain saw; 0 without proposals. */
  readonly acceptanceRate: number;
  /** Whether the chain never left its start. */
  readonly capOut: boolean;
}

/** What a selector is given for one draw besides the log weights. */
export interface SelectionContext {
  /** Log weight of the state the chain starts from. */
  readonly initialLogWeight: number;
  /** Uniform on [0, 1). */
  readonly random: () => number;
}

/** A sampler on log weights: turns the weights of a batch of proposals into one draw. */
export interface Selector {
  readonly name: string;
  /** How many proposals one draw looks at. */
  readonly proposalsPerDraw: number;
  /** What to do when the start is kept: see `metropolisHastings`. */
  readonly restart: Restart;
  select(logWeights: ArrayLike<number>, context: SelectionContext): Selection;
}

/**
 * What a chain does when it never left its start.
 * - `"same-proposals"`: run again over the same proposals with fresh uniforms, starting from the first of them;
 * - `"fresh"`: start again at a new proposal and run over K more, as the MH-GAN paper says;
 * - `"never"`: keep the start. This alone leaves the law exact; with a real sample as start the draw is then real.
 */
export type Restart = "same-proposals" | "fresh" | "never";
