import type { Study } from "./study.ts";

/** Every study by name; loaded only when it runs. */
export const studies: Readonly<Record<string, () => Promise<Study>>> = {
  "cost-fashion-mnist": async () => (await import("./fashion-mnist/cost-fashion-mnist.ts")).costFashionMnist,
  "fashion-mnist": async () => (await import("./fashion-mnist/fashion-mnist.ts")).fashionMnist,
  gaussians: async () => (await import("./gaussians/gaussians.ts")).gaussians,
  "gaussians-epochs": async () => (await import("./gaussians/gaussians-epochs.ts")).gaussiansEpochs,
  acceptance: async () => (await import("./gaussians/acceptance.ts")).acceptance,
  "cost-gaussians": async () => (await import("./gaussians/cost-gaussians.ts")).costGaussians,
  "demo-seeds": async () => (await import("./demo/demo-seeds.ts")).demoSeeds,
  "one-dimensional": async () => (await import("./one-dimensional/one-dimensional.ts")).oneDimensional,
};
