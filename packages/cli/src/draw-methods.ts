import { type MethodName, methodNames } from "./methods.ts";

/** What `mhgan sample --method` takes: the samplers, what held-out images chose when critics were refitted, or no selection at all. */
export type DrawMethod = Exclude<MethodName, "weights"> | "chosen" | "none";
export const drawMethods: readonly DrawMethod[] = [
  ...methodNames.filter((name) => name !== "weights"),
  "chosen",
  "none",
];

/** One of several parts of a set of draws, from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}
