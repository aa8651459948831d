import { expect, test } from "vitest";
import { jsonText } from "./json-text.ts";

test("keeps what is plain on one line, and says the same as JSON", () => {
  const value = {
    a: 1,
    list: [1, 2.5, -3e-7],
    deep: { x: { y: null, z: "a\nb" }, none: [], empty: {} },
    left: undefined,
  };
  expect(jsonText(value)).toBe(`{
  "a": 1,
  "list": [1, 2.5, -3e-7],
  "deep": {
    "x": { "y": null, "z": "a\\nb" },
    "none": [],
    "empty": {}
  }
}
`);
  const long = { numbers: Array.from({ length: 60 }, (_, i) => i) };
  expect(jsonText(long).split("\n").length).toBeGreaterThan(60);
  const wide = { note: "a".repeat(200), lists: [[1], [], ["x"]] };
  for (const each of [value, long, wide, 3, [{}]]) {
    expect(JSON.parse(jsonText(each))).toEqual(JSON.parse(JSON.stringify(each)));
  }
});

test("breaks lists of objects, and no others that fit", () => {
  expect(jsonText([{ a: 1 }, { a: 2 }])).toBe('[\n  { "a": 1 },\n  { "a": 2 }\n]\n');
  expect(jsonText([[1], { a: 2 }, ""])).toBe('[[1], { "a": 2 }, ""]\n');
});
