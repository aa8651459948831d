import type { Study } from "./study.ts";

/** Every study by name; loaded only when it runs. */
export const studies: Readonly<Record<string, () => Promise<Study>>> = {
  "cost-fashion-mnist": async () => (await import("./fashion-mnist/cost-fashion-mnist.ts")).costFashionMnist,
  "fashion-mnist": async () => (await import("./fashion-mnist/fashion-mnist.ts")).fashionMnist,
  gaussians: async () => (await import("./gaussians/gaussians.ts")).gaussians,
  "one-dimensional": async () => (await import("./one-dimensional/one-dimensional.ts")).oneDimensional,
};
