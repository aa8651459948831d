import { styleText } from "node:util";
import type { Writer } from "./io.ts";

/** Few colours: they only repeat what the words say. */
export type Style = "bold" | "dim" | "green" | "yellow" | "red";

/** Whether colours go to a stream: FORCE_COLOR and NO_COLOR decide, in this order, else whether it is a terminal. */
export function hasColours({ isTTY = false }: Writer): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return isTTY && TERM !== "dumb";
}

/** What colours text for a stream, or leaves it as it is. */
export function painter(out: Writer): (style: Style, text: string) => string {
  if (!hasColours(out)) return (_style, text) => text;
  // The stream was looked at already, and need not be one of Node's.
  return (style, text) => styleText(style, text, { validateStream: false });
}
