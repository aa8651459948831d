import type { Quality } from "./quality.ts";

/** What the paper reports after 150 epochs, of the one GAN that it trained (Turner et al., ICML 2019, 25 Gaussians). */
export const paperRows: Readonly<Record<string, Partial<Quality>>> = {
  "paper: GAN": { highQualityShare: 0.9812, jensenShannon: 0.0829, withinModeSd: 0.0476, callsPerDraw: 1 },
  "paper: DRS": { highQualityShare: 0.9898, jensenShannon: 0.0766, withinModeSd: 0.0487 },
  "paper: MH-GAN, K = 640": {
    highQualityShare: 0.9947,
    jensenShannon: 0.0167,
    withinModeSd: 0.056,
    callsPerDraw: 640,
  },
};
