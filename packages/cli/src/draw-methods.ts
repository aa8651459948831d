import { type MethodName, methodNames } from "./methods.ts";

/**
 * What `mhgan sample --method` takes: the samplers; what held-out images chose when critics were refitted; budgeted rejection within the classes that
 * their classifier names; or no selection at all.
 */
export type DrawMethod = Exclude<MethodName, "weights"> | "chosen" | "by-class" | "none";
export const drawMethods: readonly DrawMethod[] = [
  ...methodNames.filter((name) => name !== "weights"),
  "chosen",
  "by-class",
  "none",
];

/** One of several parts of a set of draws, from 1. */
export interface Shard {
  /** Which part, from 1. */
  readonly part: number;
  /** How many parts there are. */
  readonly parts: number;
}
