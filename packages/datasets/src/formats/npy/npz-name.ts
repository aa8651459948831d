import { quoted } from "../archives/unzip.ts";

/**
 * The name of an array in an NPZ file: a path that stays below the folder that somebody may unpack it to, on any system.
 *
 * @internal
 */
export function requireNpzName(caller: string, need: string, name: string): void {
  const segments = name.split("/");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const odd = /[\\\u0000-\u001f]|^[a-z]:/i.test(name);
  if (odd || segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw new RangeError(`${caller}: ${need}, got ${quoted(name)}`);
  }
}
