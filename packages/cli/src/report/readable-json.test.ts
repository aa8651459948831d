import fc from "fast-check";
import { expect, test } from "vitest";
import { readableJson } from "./readable-json.ts";

test("puts plain lists on one line", () => {
  expect(readableJson({ a: [1, 2], b: [{ c: [] }] })).toBe(
    '{\n  "a": [1, 2],\n  "b": [\n    {\n      "c": []\n    }\n  ]\n}',
  );
});

test("says the same, whatever it is given", () => {
  expect(JSON.parse(readableJson({ "[ ": "] [ 1,\n 2 ]" }))).toEqual({ "[ ": "] [ 1,\n 2 ]" });
  fc.assert(
    fc.property(fc.object(), (value) => {
      expect(JSON.parse(readableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
