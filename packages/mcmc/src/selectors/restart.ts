import { requireOneOf } from "../requirements.ts";

/**
 * What a chain does that never left its start.
 * - `"same-proposals"`: run again over the same proposals with fresh uniforms, from the first of them;
 * - `"fresh"`: start again at a new proposal and run over as many more, as the MH-GAN paper says;
 * - `"never"`: keep the start. This alone leaves the law exact; with a real sample as start the draw is then real.
 */
export type Restart = "same-proposals" | "fresh" | "never";

export function requireRestart(caller: string, restart: Restart): void {
  requireOneOf(caller, "restart", restart, ["same-proposals", "fresh", "never"]);
}
