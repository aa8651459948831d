import { afterEach, expect, test, vi } from "vitest";
import { painter } from "./colours.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ["a terminal", { isTTY: true }, {}, true],
  ["a file", { isTTY: false }, {}, false],
  ["NO_COLOR", { isTTY: true }, { NO_COLOR: "1" }, false],
  ["an empty NO_COLOR, which counts as none", { isTTY: true }, { NO_COLOR: "" }, true],
  ["FORCE_COLOR", { isTTY: false }, { FORCE_COLOR: "1" }, true],
  ["FORCE_COLOR=0", { isTTY: true }, { FORCE_COLOR: "0" }, false],
  ["FORCE_COLOR before NO_COLOR", { isTTY: false }, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  ["a terminal that knows no colours", { isTTY: true }, { TERM: "dumb" }, false],
])("%s", (_title, { isTTY }, environment, coloured) => {
  for (const name of ["FORCE_COLOR", "NO_COLOR", "TERM"]) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const text = painter({ isTTY, write: () => undefined })("bold", "text");
  expect(text).toBe(coloured ? "\x1b[1mtext\x1b[22m" : "text");
});
