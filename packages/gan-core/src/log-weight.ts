/**
 * What a score says about log p(x)/q(x), and how fast that grows with the score: what latent-space samplers need. A `CalibratedGan` is
 * one.
 */
export interface LogWeight {
  /** log p(x)/q(x), one for each score. A constant added to all matters only to the Jensen-Shannon and log D flows. */
  logWeights(scores: ArrayLike<number>): ArrayLike<number>;
  /** The derivative of the log weight by the score, one for each score. */
  logWeightSlopes(scores: ArrayLike<number>): ArrayLike<number>;
}

/**
 * Takes each score itself for the log weight: right for the logits of a discriminator that is calibrated already. Of a Wasserstein critic
 * it makes the energy that the authors of DDLS use.
 *
 * @see Che et al., "Your GAN is secretly an energy-based model", NeurIPS 2020.
 */
export const scoresAsLogWeights: LogWeight = {
  logWeights: (scores) => scores,
  logWeightSlopes: (scores) => new Float64Array(scores.length).fill(1),
};
