import { expect, test } from "vitest";
import { prose, wrapped } from "./wrapped.ts";

const write = () => undefined;
const words = "one two three four five six seven";

test("a terminal gets lines that fit it, broken at spaces", () => {
  expect(wrapped({ write, isTTY: true, columns: 24 }, words)).toBe("one two three four five\nsix seven");
  expect(wrapped({ write, isTTY: true, columns: 28 }, words, 4)).toBe(
    "one two three four five\n    six seven",
  );
});

test("a word that fits no line has one of its own", () => {
  const long = "x".repeat(40);
  expect(wrapped({ write, isTTY: true, columns: 30 }, `a ${long} b`)).toBe(`a\n${long}\nb`);
});

test("elsewhere the text stays as it is", () => {
  expect(wrapped({ write, columns: 24 }, words)).toBe(words);
  expect(wrapped({ write, isTTY: true }, words)).toBe(words);
});

test("of several lines each is broken by itself, but for those of tables", () => {
  const out = { write, isTTY: true, columns: 24 };
  const table = "sampler  total variation   cost\n───────────────────────────────";
  const indented = "  https://example.org/a b c d e f";
  expect(prose(out, `${words}\n\n${table}\n${indented}\n`)).toBe(
    `one two three four five\nsix seven\n\n${table}\n${indented}\n`,
  );
});
