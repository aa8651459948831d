import { expect, test } from "vitest";
import { documents } from "./documents.ts";
import { quotedNames, withQuotes } from "./quoted-text.ts";
import { quotes } from "./quotes.ts";

const quoting = documents().filter(({ text }) => quotedNames(text).length > 0);

test.each(quoting)("$name says what the recorded results say", ({ text }) => {
  expect(text).toBe(withQuotes(text, quotes));
});

test("every quotation is in some document", () => {
  const used = new Set(quoting.flatMap(({ text }) => quotedNames(text)));
  expect(Object.keys(quotes).filter((name) => !used.has(name))).toEqual([]);
});
