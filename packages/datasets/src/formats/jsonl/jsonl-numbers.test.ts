import { describe, expect, test } from "vitest";
import { jsonlNumbers } from "./jsonl-numbers.ts";

/** The text as a stream gives it, in pieces of this many elements. */
async function* pieces<Text extends string | Uint8Array>(text: Text, size: number): AsyncGenerator<Text> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size) as Text;
}

test("jsonlNumbers reads pieces that end anywhere, of text and of bytes", async () => {
  const text = '\ufeff{"ü⛄":1.25}\r\n{"id":[{"ü⛄":9}],"ü⛄":-2e-3}\n{"ü⛄": 0}';
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size++) {
    expect(await jsonlNumbers(pieces(text, size), { key: "ü⛄" })).toEqual(Float64Array.of(1.25, -0.002, 0));
    expect(await jsonlNumbers(pieces(bytes, size), { key: "ü⛄" })).toEqual(Float64Array.of(1.25, -0.002, 0));
  }
});

test("jsonlNumbers reads bare numbers, many and none, with all their digits", async () => {
  const numbers = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 10 ** ((i % 600) - 300));
  expect(await jsonlNumbers(Array.from(numbers, (number) => `${number}\n`))).toEqual(numbers);
  expect(await jsonlNumbers([])).toEqual(new Float64Array(0));
  expect(await jsonlNumbers(["", new Uint8Array(0)])).toEqual(new Float64Array(0));
});

describe("jsonlNumbers refuses", () => {
  test.each([
    [["1\n", "NaN\n"], {}, "a number at line 2, got NaN"],
    [["1\n\n2"], {}, "a number at line 2, got nothing"],
    [["1\n2,"], {}, "a number at line 2, got 2,"],
    [["1e400"], {}, "a number at line 1, got 1e400"],
    [['"1"'], {}, 'a number at line 1, got "1"'],
    [["[1]"], {}, "a number at line 1, got [1]"],
    [["1"], { key: "score" }, 'an object with a number as "score" at line 1, got 1'],
    [["null"], { key: "score" }, 'an object with a number as "score" at line 1, got null'],
    [['{"id":1}'], { key: "score" }, 'an object with a number as "score" at line 1, got {"id":1}'],
    [
      ['{"score":null}'],
      { key: "score" },
      'an object with a number as "score" at line 1, got {"score":null}',
    ],
    [["{}"], { key: "toString" }, 'an object with a number as "toString" at line 1, got {}'],
    [["1\n", "23", "45"], { maxLineLength: 3 }, "lines of at most 3 characters, got a longer one at line 2"],
    [["1\n2345\n6"], { maxLineLength: 3 }, "lines of at most 3 characters, got a longer one at line 2"],
  ])("%j, %j", async (chunks, options, reason) => {
    const refused = jsonlNumbers(chunks, options);
    await expect(refused).rejects.toBeInstanceOf(RangeError);
    await expect(refused).rejects.toThrow(`jsonlNumbers: chunks must have ${reason}`);
  });

  test("bytes that are no text, pieces that are neither, and a bound that is none", async () => {
    await expect(jsonlNumbers([Uint8Array.of(0xc3)])).rejects.toThrow(
      "jsonlNumbers: chunks must be UTF-8, got bytes that are not",
    );
    await expect(jsonlNumbers([1 as never])).rejects.toThrow(
      "jsonlNumbers: chunks must be strings or Uint8Arrays, got number",
    );
    await expect(jsonlNumbers([], { maxLineLength: 0 })).rejects.toThrow(
      "jsonlNumbers: maxLineLength must be a safe integer from 1, got 0",
    );
  });
});
