import { readFileSync } from "node:fs";

/** The cases of a file of this folder. */
export function readCases<Case>(name: string): Case[] {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")).cases;
}
