import { describe, expect, it } from "vitest";
import { check, checkThrows } from "./check-example.ts";
import { compileExample, examplesOfMarkdown, examplesOfSource, syntaxErrors } from "./doc-examples.ts";
import { difference, parseLiteral, toleranceOf } from "./literal.ts";

const markdown = (...lines: string[]): string => lines.join("\n");

/** Compiles and runs the code of one example, without files: imports are cut off, checks are handed in. */
async function run(code: string): Promise<void> {
  const compiled = compileExample({ file: "x.md", line: 1, code, run: true, before: "" }, "checks");
  const body = compiled.replace(/^import .*\n/, "").replace(/export \{\};\n$/, "");
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction("$check", "$checkThrows", body)(check, checkThrows);
}

describe("finding examples", () => {
  it("takes the blocks fenced as ts, with their line", () => {
    const text = markdown(
      "# A",
      "",
      "```ts",
      "1;",
      "2;",
      "```",
      "```sh",
      "rm",
      "```",
      "  ```ts given a b",
      "  3;",
      "  ```",
    );
    expect(examplesOfMarkdown("a.md", text)).toEqual([
      { file: "a.md", line: 4, code: "1;\n2;", run: true, before: "" },
      {
        file: "a.md",
        line: 11,
        code: "3;",
        run: true,
        before: 'import { a, b } from "../src/doc-given.ts";\n',
      },
    ]);
  });

  it("lets a block continue the ones before it", () => {
    const text = markdown(
      "```ts",
      "const a = 1;",
      "```",
      "```ts continued",
      "a; // => 1",
      "```",
      "```ts",
      "b;",
      "```",
    );
    expect(examplesOfMarkdown("a.md", text).map((example) => example.before)).toEqual([
      "",
      "const a = 1;\n",
      "",
    ]);
    const second = examplesOfMarkdown("a.md", text)[1];
    expect(second && compileExample(second, "c")).toContain(
      'const a = 1;\n$check((a), "=>", "1", "a.md:5");',
    );
  });

  it("does not pass over a block because of its fence", () => {
    expect(() => examplesOfMarkdown("a.md", "```js\n1\n```")).toThrow("a.md:2: a block must be fenced as ts");
    expect(() => examplesOfMarkdown("a.md", "```ts norun\n1\n```")).toThrow(
      "may be continued, fashion-mnist or given some names, got norun",
    );
    expect(() => examplesOfMarkdown("a.md", "```ts\n1\n")).toThrow("a.md:2: a block must be closed");
    expect(examplesOfMarkdown("a.md", "````md\n```ts\n1;\n```\n````")).toEqual([]);
  });

  it("reads the doc comments of a source", () => {
    const text = markdown(
      "let x;",
      "/**",
      " * Text.",
      " * @example",
      " * ```ts",
      " * f(1); // => 2",
      " * ```",
      " */",
    );
    expect(examplesOfSource("a.ts", text)).toEqual([
      { file: "a.ts", line: 6, code: "f(1); // => 2", run: true, before: "" },
    ]);
  });

  it("finds a block that does not parse", () => {
    expect(syntaxErrors("const a = 1;\nconst b: number = [a;\n")).toEqual(["2: ',' expected."]);
    expect(syntaxErrors("const a = 1;")).toEqual([]);
  });
});

describe("running examples", () => {
  it.each([
    "1 + 1; // => 2",
    "1 + 1;\n// => 2",
    "const x = [1, 2]; // => [1, 2]",
    "const { x } = { x: 3 }; // => 3",
    "console.log(4); // => 4",
    "await Promise.resolve(5); // => 5",
    "new Float64Array([1, 2.5]); // => [1, 2.5]",
    "new Float32Array(2); // => Float32Array [0, 0]",
    "({ a: new Uint8Array([7]), b: { c: null } }); // => { a: [7], b: { c: null } }",
    "[Number.NaN, -1 / 0, undefined, 'text', true]; // => [NaN, -Infinity, undefined, \"text\", true]",
    "[1,\n 2,\n].map((x) => x * 2); // => [2, 4]",
    "({ a: 1, b: 2 });\n// => { a: 1,\n//      b: 2 }",
    "0.67984; // ≈ 0.6798",
    "[0.12, { a: 99.6 }]; // ≈ [0.1, { a: 100 }]",
    "1.54e-3; // ≈ 1.5e-3",
    "(() => { throw new RangeError('f: no'); })(); // throws RangeError: f",
    "Promise.reject(new TypeError('no')); // throws TypeError",
    "// a comment => about nothing\n1; // nor this",
  ])("holds %s", async (code) => {
    await expect(run(code)).resolves.toBeUndefined();
  });

  it.each([
    ["1 + 1; // => 3", "x.md:1: value must be 3, got 2"],
    ["\nconst x = [1, 2]; // => [1, 3]", "x.md:2: value[1] must be 3, got 2"],
    ["[1]; // => [1, 2]", "must be of length 2, got [1]"],
    ["[1, 2]; // => [1]", "must be of length 1"],
    ["({ a: 1 }); // => {}", "exactly the fields"],
    ["({}); // => { a: undefined }", "exactly the fields a"],
    ["({ a: { b: 1 } }); // => { a: { b: 2 } }", "value.a.b must be 2, got 1"],
    ["'1'; // => 1", 'must be the number 1, got "1"'],
    ["1; // => '1'", 'must be "1", got 1'],
    ["0.1 + 0.2; // => 0.3", "must be 0.3"],
    ["undefined; // => null", "must be null, got undefined"],
    ["Number.NaN; // => 0", "must be 0, got NaN"],
    ["0.67976; // ≈ 0.6797", "to its last digit"],
    ["0.67986; // ≈ 0.6798", "to its last digit"],
    ["[0.5, 0.4]; // ≈ [0.5, 0.5]", "value[1]"],
    ["Number.NaN; // ≈ 0.5", "got NaN"],
    ["1; // throws RangeError", "must throw RangeError, got no error"],
    ["(() => { throw new TypeError('a'); })(); // throws RangeError", "got TypeError: a"],
    ["console.log(4); // => 5", "must be 5, got 4"],
  ])("refuses %s", async (code, message) => {
    await expect(run(code)).rejects.toThrow(message);
  });

  it.each([
    ["// => 3", "no statement at the top"],
    ["for (;;) {\n  f(); // => 3\n}", "no statement at the top"],
    ["const a = 1,\n  b = 2; // => 3", "no statement at the top"],
    ["function f() {} // => 3", "no statement at the top"],
    ["1;\n\n// => 1", "no statement at the top"],
    ["f(); // => about three", "an expected value must be a literal"],
    ["f(); // => [0.1, ...]", "an expected value must be a literal"],
    ["f(); // => g()", "an expected value must be a literal"],
    ["f(); // => { ...a }", 'must have only "name: value"'],
    ["f(); // → 3", 'write "=> literal"'],
    ["const x = f(); // throws RangeError", '"throws" must follow an expression'],
  ])("does not compile %s", (code, message) => {
    expect(() => compileExample({ file: "x.md", line: 1, code, run: true, before: "" }, "c")).toThrow(
      message,
    );
  });
});

describe("literals", () => {
  it("know what their printed digits promise", () => {
    expect(["0.6798", "12", "1.50", "1.5e-3", "2E3", "Infinity"].map(toleranceOf)).toEqual([
      0.00005, 0.5, 0.005, 0.00005, 500, 0,
    ]);
  });

  it("hold a number exactly on the border of rounding", () => {
    expect(difference(0.125, parseLiteral("0.13"), true)).toBeUndefined();
    expect(difference(0.1249, parseLiteral("0.13"), true)).toBeDefined();
    expect(difference(Number.POSITIVE_INFINITY, parseLiteral("Infinity"), true)).toBeUndefined();
    expect(difference(1e300, parseLiteral("Infinity"), true)).toBeDefined();
  });
});
