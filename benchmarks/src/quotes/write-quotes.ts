import { writeFileSync } from "node:fs";
import { documents } from "./documents.ts";
import { withQuotes } from "./quoted-text.ts";
import { quotes } from "./quotes.ts";

/** Brings every quotation of a result in the documents up to date. */
export function writeQuotes(): void {
  for (const { name, path, text } of documents()) {
    const now = withQuotes(text, quotes);
    if (now === text) continue;
    writeFileSync(path, now);
    console.error(`${name} quotes the new results`);
  }
}
