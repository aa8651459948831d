import type { Recipe } from "./recipe.ts";

/** What the paper's GAN and its samplers measured after an epoch: shares, nats, and units of the grid. */
export interface PaperEpoch {
  readonly epoch: number;
  readonly highQualityShare: PaperSamplers;
  readonly jensenShannon: PaperSamplers;
  readonly withinModeSd: PaperSamplers;
}

/** Figures of the GAN itself, of discriminator rejection and of Metropolis-Hastings, K = 640. */
export type PaperSamplers = readonly [gan: number, drs: number, mh: number];

const row = (
  epoch: number,
  highQualityShare: PaperSamplers,
  jensenShannon: PaperSamplers,
  withinModeSd: PaperSamplers,
): PaperEpoch => ({ epoch, highQualityShare, jensenShannon, withinModeSd });

/** Every tenth epoch of the paper's figure (Turner et al., ICML 2019, 25 Gaussians), of the one GAN that it trained, as far as it was read off. */
export const paperEpochs: readonly PaperEpoch[] = [
  row(0, [0.1189, 0.1291, 0.4264], [0.5101, 0.5064, 0.4903], [0.099, 0.099, 0.0608]),
  row(10, [0.7595, 0.9206, 0.9828], [0.1712, 0.0836, 0.1727], [0.0498, 0.0484, 0.0394]),
  row(20, [0.8948, 0.9518, 0.9777], [0.1418, 0.1065, 0.0741], [0.0516, 0.0511, 0.0488]),
  row(30, [0.9312, 0.9664, 0.9781], [0.1375, 0.1067, 0.0172], [0.0521, 0.0505, 0.0519]),
  row(40, [0.9491, 0.977, 0.9883], [0.0849, 0.0681, 0.0619], [0.0397, 0.0394, 0.0385]),
  row(50, [0.9634, 0.98, 0.9833], [0.0786, 0.0673, 0.028], [0.039, 0.0386, 0.041]),
  row(80, [0.9723, 0.9828, 0.9912], [0.0799, 0.0719, 0.0078], [0.0403, 0.0409, 0.0422]),
  row(100, [0.9745, 0.9829, 0.986], [0.0856, 0.0759, 0.0217], [0.0516, 0.0522, 0.0521]),
  row(120, [0.9792, 0.9872, 0.9929], [0.0822, 0.0735, 0.0135], [0.0494, 0.0501, 0.051]),
  row(150, [0.9812, 0.9898, 0.9947], [0.0829, 0.0766, 0.0167], [0.0476, 0.0487, 0.056]),
];

/** The epoch at which the paper stopped. */
export const LAST_EPOCH = 150;

/** The step of a recipe that is the same share of its training as an epoch is of the paper's. */
export function stepOfEpoch(epoch: number, { steps }: Recipe): number {
  return Math.round((epoch / LAST_EPOCH) * steps);
}
