import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { asCommonJs, consumerProgram, judge, loneExamples, toInstall } from "./consumer-programs.ts";

const example = (code: string) => ({ file: "README.md", line: 1, code, run: true, before: "" });

/** What a module prints that needs no package. */
function outputOf(code: string, type: "module" | "commonjs"): string {
  const { stdout, stderr } = spawnSync(process.execPath, [`--input-type=${type}`, "--eval", code], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout;
}

const code = `
const numbers = new Float64Array([0.5, Infinity, NaN]);
numbers; // => [0.5, Infinity, NaN]
await Promise.resolve(1 / 3); // ≈ 0.333
undefined; // => undefined
JSON.parse("{"); // throws SyntaxError
`;

describe("a consumer's program", () => {
  it("says what its assertions are about, as a module and as a script", async () => {
    const program = await consumerProgram(example(code));
    for (const output of [outputOf(program.module, "module"), outputOf(program.commonJs, "commonjs")])
      expect(judge(output)).toBe(4);
  });

  it.each([
    ["2 + 2; // => 5", "README.md:1: value must be 5, got 4"],
    ["[1, NaN]; // => [1, 2]", "README.md:1"],
    ['"text"; // throws Error', "must throw Error, got no error"],
  ])("is found out where %j", async (wrong, message) => {
    const { module } = await consumerProgram(example(wrong));
    expect(() => judge(outputOf(module, "module"))).toThrow(message);
  });

  it("requires what it imports", () => {
    const script = asCommonJs(
      'import { a, b as c } from "@mhgan/mcmc";\nimport {\n  d\n} from "x";\na(c, d);\n',
    );
    expect(script).toContain('const { a, b: c } = require("@mhgan/mcmc");');
    expect(script).toContain('const {\n  d\n} = require("x");');
    expect(() => asCommonJs('import * as all from "x";')).toThrow("may import names alone");
  });
});

describe("loneExamples", () => {
  const examples = [
    '```ts\nimport { a } from "@mhgan/a";\n```',
    '```ts\nimport { a } from "@mhgan/a/sub";\nimport { b } from "@mhgan/b";\n```',
    '```ts given c\nimport { a } from "@mhgan/a";\n```',
  ].join("\n\n");
  const installing = (names: string) => `\`\`\`sh\nnpm install ${names}\n\`\`\`\n\n${examples}\n`;

  it("are those that need only what the README installs", () => {
    expect(toInstall("@mhgan/a", installing("@mhgan/a @mhgan/b"))).toEqual(["@mhgan/a", "@mhgan/b"]);
    expect(loneExamples("@mhgan/a", installing("@mhgan/a"))).toHaveLength(1);
    expect(loneExamples("@mhgan/a", installing("@mhgan/a @mhgan/b"))).toHaveLength(2);
    expect(() => loneExamples("@mhgan/b", installing("@mhgan/b"))).toThrow("must have an example");
    expect(() => loneExamples("@mhgan/b", installing("@mhgan/a"))).toThrow("must say how to install it");
  });
});
