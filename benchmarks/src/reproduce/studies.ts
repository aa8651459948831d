import type { Study } from "./study.ts";

/** Every study by name; loaded only when it runs. */
export const studies: Readonly<Record<string, () => Promise<Study>>> = {
  gaussians: async () => (await import("./gaussians/gaussians.ts")).gaussians,
};
