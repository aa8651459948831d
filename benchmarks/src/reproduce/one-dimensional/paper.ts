/** Shares of the four modes, read off the vector drawing of the MH-GAN paper's figure 2 (Turner et al., ICML 2019). */
export const paperModes: ReadonlyMap<string, readonly number[]> = new Map([
  ["MH, K = 640", [0.259, 0.267, 0.261, 0.209]],
  ["DRS, γ = 0", [0.292, 0.283, 0.29, 0.131]],
  ["DRS, γ at the 95th percentile", [0.326, 0.319, 0.322, 0.028]],
  ["generator", [0.331, 0.331, 0.314, 0.018]],
]);
