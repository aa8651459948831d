import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as momoa from "@humanwhocodes/momoa";
import { type Command, InvalidArgumentError, type Option } from "commander";
import { nearest } from "./nearest.ts";

/** An option in a config file, and where it stands. */
interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly keyPlace: string;
  readonly valuePlace: string;
}

/** What is wrong with a config file, for `command.error`. */
class ConfigError extends Error {}

/**
 * Gives a command the options of a config file: a JSON object whose keys are the long names of its options, without the dashes. What the
 * command line says goes before it, and it goes before the defaults. Values are checked as those of the command line are.
 *
 * Key of `--no-verify`: `verify`. Options without a value take true and false, options that may have one take true too, options that can be
 * repeated take lists.
 */
export function applyConfigFile(command: Command, path: string): void {
  try {
    const options = new Map(command.options.map((option) => [keyOf(option), option]));
    for (const { key, value, keyPlace, valuePlace } of entriesOf(path)) {
      const option = options.get(key);
      if (option === undefined) throw new ConfigError(`${keyPlace}: ${unknownKey(key, [...options.keys()])}`);
      const checked = valueFor(option, value, (reason) => {
        throw new ConfigError(`${valuePlace}: ${key} cannot be ${short(value)}. ${reason}`);
      });
      const name = option.attributeName();
      if (command.getOptionValueSource(name) === "cli") continue;
      if (checked !== undefined) command.setOptionValueWithSource(name, checked, "config");
    }
  } catch (error) {
    if (error instanceof ConfigError) command.error(error.message);
    throw error;
  }
}

const keyOf = (option: Option): string => (option.negate ? option.name().replace(/^no-/, "") : option.name());

function unknownKey(key: string, known: readonly string[]): string {
  const kebab = key
    .replace(/^-+/, "")
    .replace(/[A-Z_]/g, (letter) => `-${letter.replace("_", "").toLowerCase()}`);
  const positive = kebab.replace(/^no-/, "");
  const similar = known.includes(positive) ? positive : nearest(kebab, known);
  const hint =
    similar === undefined ? `Known are ${known.join(", ")}.` : `Did you mean ${JSON.stringify(similar)}?`;
  return `unknown option ${JSON.stringify(key)}. ${hint}`;
}

/** What the option would be, had the command line said so; undefined if it is as if not given. */
function valueFor(option: Option, value: unknown, refuse: (reason: string) => never): unknown {
  if (option.negate || option.isBoolean()) {
    return typeof value === "boolean" ? value : refuse("It must be true or false.");
  }
  if (option.optional && typeof value === "boolean") return value ? presetOf(option) : undefined;
  if (!option.variadic) return parsed(option, value, undefined, refuse);
  if (!Array.isArray(value) || value.length === 0) return refuse("It must be a list that is not empty.");
  return value.reduce<unknown>((values, item) => parsed(option, item, values, refuse), undefined);
}

function presetOf({ presetArg, parseArg }: Option): unknown {
  if (presetArg === undefined) return true;
  return parseArg === undefined ? presetArg : parseArg(presetArg as string, undefined as unknown);
}

function parsed(
  option: Option,
  value: unknown,
  previous: unknown,
  refuse: (reason: string) => never,
): unknown {
  const { parseArg, variadic } = option;
  if (parseArg === undefined) {
    if (typeof value !== "string") return refuse("It must be text, in quotes.");
    return variadic ? [...((previous as unknown[] | undefined) ?? []), value] : value;
  }
  let result: unknown;
  try {
    result = parseArg(String(value), previous);
  } catch (error) {
    if (error instanceof InvalidArgumentError) return refuse(error.message);
    throw error;
  }
  const one = variadic && Array.isArray(result) ? result.at(-1) : result;
  if (typeof one === "number" && typeof value !== "number")
    return refuse("It must be a number, without quotes.");
  if (typeof one === "string" && typeof value !== "string") return refuse("It must be text, in quotes.");
  // The parser made something else of text, such as a list.
  const isList = Array.isArray(value) && Array.isArray(one);
  if (typeof value === "string" || typeof value === "number" || isList) return result;
  return refuse("It must be text, in quotes.");
}

/** @throws {ConfigError} naming the line and column, if the file is not a JSON object. */
function entriesOf(path: string): Entry[] {
  const text = textOf(path);
  const { parse, evaluate } = createRequire(import.meta.url)("@humanwhocodes/momoa") as typeof momoa;
  let body: momoa.ValueNode;
  try {
    if (text.trim() === "") throw Object.assign(new Error("nothing"), { line: 1, column: 1 });
    body = parse(text).body;
  } catch (error) {
    const { line, column } = error as { line?: number; column?: number };
    if (line === undefined || column === undefined) throw error;
    const found = text.split(/\r?\n/)[line - 1]?.[column - 1];
    const what = found === undefined ? "the text ends too early" : `unexpected ${JSON.stringify(found)}`;
    throw new ConfigError(`${path}:${line}:${column}: this is not JSON: ${what}`);
  }
  if (body.type !== "Object") {
    throw new ConfigError(`${path} must be a JSON object such as {"seed": 1}, got ${article(body.type)}`);
  }
  const seen = new Set<string>();
  return body.members.map(({ name, value }) => {
    const key = name.type === "String" ? name.value : name.name;
    const placeOf = ({ loc }: { readonly loc: momoa.LocationRange }): string =>
      `${path}:${loc.start.line}:${loc.start.column}`;
    if (seen.has(key)) throw new ConfigError(`${placeOf(name)}: ${JSON.stringify(key)} is there twice`);
    seen.add(key);
    return { key, value: evaluate(value) as unknown, keyPlace: placeOf(name), valuePlace: placeOf(value) };
  });
}

function textOf(path: string): string {
  try {
    // Some editors begin a file with a byte order mark.
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = { ENOENT: "there is no such file", EISDIR: "it is a folder" };
    throw new ConfigError(`--config ${path} cannot be read: ${reasons[code ?? ""] ?? message}`);
  }
}

const article = (type: string): string =>
  /^[AEIOU]/.test(type) ? `an ${type.toLowerCase()}` : `a ${type.toLowerCase()}`;

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
