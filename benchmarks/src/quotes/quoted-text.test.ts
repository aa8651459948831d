import { expect, test } from "vitest";
import { quotedNames, withQuotes } from "./quoted-text.ts";

const document = `before
<!-- quote a -->
old
table
<!-- end of quote -->
between
<!-- quote b -->
<!-- end of quote -->
after
`;

test("quotations are replaced, and nothing else", () => {
  expect(quotedNames(document)).toEqual(["a", "b"]);
  const now = withQuotes(document, { a: () => "new $& text", b: () => "one\ntwo\n" });
  expect(now).toBe(`before
<!-- quote a -->
new $& text
<!-- end of quote -->
between
<!-- quote b -->
one
two
<!-- end of quote -->
after
`);
  expect(withQuotes(now, { a: () => "new $& text", b: () => "one\ntwo\n" })).toBe(now);
});

test("what nobody offers is an error", () => {
  expect(() => withQuotes(document, { a: () => "x" })).toThrow('no quotation "b"');
  expect(() => withQuotes("<!-- quote toString -->\n<!-- end of quote -->", {})).toThrow("toString");
});
