import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MhganCommand } from "./command.ts";
import { json, refit, seed, wholeNumber } from "./parsers/options.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-config-"));
  path = join(folder, "config.json");
});
afterAll(() => rm(folder, { recursive: true }));

const numbers = (text: string): number[] =>
  text.split(",").map((part) => {
    if (!/^[\d.]+$/.test(part)) throw new InvalidArgumentError("It must be numbers, such as 1,2.");
    return Number(part);
  });

/** Options as they come from a program with every kind of option. */
async function parse(
  config: string | object,
  args: readonly string[] = [],
): Promise<Record<string, unknown>> {
  let options: Record<string, unknown> | undefined;
  const root = new MhganCommand("mhgan").option("--config <file>").exitOverride();
  root
    .command("draw")
    .addOption(seed())
    .addOption(wholeNumber("--chain-length <k>", "", 100))
    .addOption(refit(3000))
    .addOption(json())
    .addOption(new Option("--out <folder>").makeOptionMandatory())
    .addOption(new Option("--calibrator <name>").choices(["isotonic", "platt"]).default("isotonic"))
    .addOption(new Option("--file <path>").conflicts("calibrator"))
    .option("--no-verify")
    .option("--mirror <address...>")
    .addOption(new Option("--strengths <list>").argParser(numbers))
    .addOption(new Option("--kinds <names...>").choices(["a", "b"]))
    .action((given) => {
      options = given;
    });
  await writeFile(path, typeof config === "string" ? config : JSON.stringify(config));
  await root.parseAsync(["draw", "--config", path, ...args], { from: "user" });
  return options!;
}

const messageOf = (config: string | object, args: readonly string[] = ["--out", "x"]): Promise<string> =>
  parse(config, args).then(
    () => expect.fail("it was accepted"),
    (error: Error) => {
      expect(error.name).toBe("UsageError");
      return error.message.replaceAll(path, "config.json").split("\n")[0]!;
    },
  );

const defaults = { seed: 1, chainLength: 100, json: false, calibrator: "isotonic", verify: true };

describe("a config file", () => {
  test("goes before the defaults, and the command line before it", async () => {
    const config = { seed: 3, "chain-length": 640, out: "from-config" };
    expect(await parse(config)).toEqual({ ...defaults, seed: 3, chainLength: 640, out: "from-config" });
    for (const args of [["--seed", "5"], ["--seed=5"]]) {
      expect(await parse(config, args)).toMatchObject({ seed: 5, chainLength: 640 });
    }
    // What the command line says goes first even if it says the default.
    expect(await parse(config, ["--chain-length", "100"])).toMatchObject({ chainLength: 100 });
  });

  test("takes every kind of option", async () => {
    const out = "x";
    expect(await parse({ out, json: true, verify: false })).toMatchObject({ json: true, verify: false });
    expect(await parse({ out, json: false, verify: true })).toMatchObject({ json: false, verify: true });
    expect(await parse({ out, refit: true })).toMatchObject({ refit: 3000 });
    expect(await parse({ out, refit: 7 })).toMatchObject({ refit: 7 });
    expect(await parse({ out, refit: false })).not.toHaveProperty("refit");
    expect(await parse({ out, calibrator: "platt" })).toMatchObject({ calibrator: "platt" });
    expect(await parse({ out, mirror: ["a", "b"] })).toMatchObject({ mirror: ["a", "b"] });
    expect(await parse({ out, kinds: ["a", "b"] })).toMatchObject({ kinds: ["a", "b"] });
    expect(await parse({ out, strengths: "0.5,1" })).toMatchObject({ strengths: [0.5, 1] });
    expect(await parse({ out, strengths: [0.5, 1] })).toMatchObject({ strengths: [0.5, 1] });
    // A list of the command line takes the place of the file's.
    expect(await parse({ out, mirror: ["a"] }, ["--mirror", "b"])).toMatchObject({ mirror: ["b"] });
  });

  test("may be empty, and may begin with a byte order mark", async () => {
    expect(await parse({}, ["--out", "x"])).toEqual({ ...defaults, out: "x" });
    expect(await parse('\uFEFF{"out": "y"}')).toMatchObject({ out: "y" });
  });

  test("counts where options exclude or need each other", async () => {
    expect(await messageOf({ file: "a" }, ["--out", "x", "--calibrator", "platt"])).toContain(
      "cannot be used with",
    );
    expect(await messageOf({ seed: 2 }, [])).toContain("required option '--out <folder>' not specified");
  });

  test("does not stand in the way of help", async () => {
    await expect(parse("{", ["--help"])).rejects.toMatchObject({ code: "commander.helpDisplayed" });
  });

  test.each([
    ['{"chain-lenght": 5}', 'config.json:1:2: unknown option "chain-lenght". Did you mean "chain-length"?'],
    ['{"chainLength": 5}', 'config.json:1:2: unknown option "chainLength". Did you mean "chain-length"?'],
    ['{"--seed": 5}', 'config.json:1:2: unknown option "--seed". Did you mean "seed"?'],
    ['{"no-verify": true}', 'config.json:1:2: unknown option "no-verify". Did you mean "verify"?'],
    ['{"temperature": 5}', /unknown option "temperature"\. Known are seed, chain-length, refit, /],
    ['{"config": "other.json"}', /unknown option "config"/],
    ['{"__proto__": 1}', /unknown option "__proto__"/],
    ['{"seed": 1,\n  "seed": 2}', 'config.json:2:3: "seed" is there twice'],
    ['{\n  "seed": -1\n}', "config.json:2:11: seed cannot be -1. It must be a whole number from 0."],
    ['{"seed": "3"}', 'config.json:1:10: seed cannot be "3". It must be a number, without quotes.'],
    ['{"seed": true}', "config.json:1:10: seed cannot be true. It must be a whole number from 0."],
    ['{"seed": null}', "config.json:1:10: seed cannot be null. It must be a whole number from 0."],
    ['{"seed": [1, 2]}', "config.json:1:10: seed cannot be [1,2]. It must be a whole number from 0."],
    ['{"seed": [1]}', "config.json:1:10: seed cannot be [1]. It must be a number, without quotes."],
    ['{"seed": 1e400}', /seed cannot be null|seed cannot be .*It must be a whole number from 0/],
    ['{"json": "yes"}', 'config.json:1:10: json cannot be "yes". It must be true or false.'],
    ['{"verify": 0}', "config.json:1:12: verify cannot be 0. It must be true or false."],
    ['{"out": 5}', "config.json:1:9: out cannot be 5. It must be text, in quotes."],
    ['{"out": {"a": 1}}', 'config.json:1:9: out cannot be {"a":1}. It must be text, in quotes.'],
    ['{"calibrator": "sigmoid"}', /calibrator cannot be "sigmoid"\. Allowed choices are isotonic, platt\./],
    ['{"calibrator": ["platt"]}', /It must be text, in quotes\./],
    ['{"refit": "many"}', /refit cannot be "many"\. It must be a whole number from 1\./],
    ['{"mirror": "a"}', 'config.json:1:12: mirror cannot be "a". It must be a list that is not empty.'],
    ['{"mirror": []}', /It must be a list that is not empty\./],
    ['{"mirror": ["a", 5]}', /It must be text, in quotes\./],
    ['{"kinds": ["a", "c"]}', /Allowed choices are a, b\./],
    ['{"strengths": "1,x"}', /It must be numbers, such as 1,2\./],
    ['{"seed": 3', "config.json:1:11: this is not JSON: the text ends too early"],
    ['{"seed": 3,\n "json": }', 'config.json:2:10: this is not JSON: unexpected "}"'],
    ["{seed: 3}", 'config.json:1:2: this is not JSON: unexpected "s"'],
    ['{"seed": 3} // comment', 'config.json:1:13: this is not JSON: unexpected "/"'],
    ["", "config.json:1:1: this is not JSON: the text ends too early"],
    [" \n", "config.json:1:1: this is not JSON: "],
    ["[1]", 'config.json must be a JSON object such as {"seed": 1}, got an array'],
    ['"seed"', 'config.json must be a JSON object such as {"seed": 1}, got a string'],
  ])("%s is refused", async (config, message) => {
    const said = await messageOf(config);
    if (typeof message === "string") expect(said).toContain(message);
    else expect(said).toMatch(message);
  });

  test("that cannot be read is refused", async () => {
    await parse({ out: "x" });
    for (const [file, reason] of [
      [join(folder, "nothing.json"), "there is no such file"],
      [folder, "it is a folder"],
    ] as const) {
      const args = ["--out", "x", "--config", file];
      expect(await messageOf({}, args)).toBe(`--config ${file} cannot be read: ${reason}`);
    }
  });
});
