import { expect, test } from "vitest";
import { benchArguments } from "./bench-arguments.ts";

const known = ["a", "b"];

test("no name means all, and each name counts once", () => {
  expect(benchArguments([], known)).toEqual({ what: "run", names: known, json: false });
  expect(benchArguments(["b", "b", "--out", "x", "--json"], known)).toEqual({
    what: "run",
    names: ["b"],
    json: true,
    out: "x",
  });
  expect(benchArguments(["--list"], known)).toEqual({ what: "list" });
  expect(benchArguments(["a", "--help"], known)).toEqual({ what: "help" });
});

test("what is not known is refused", () => {
  expect(benchArguments(["c"], known)).toEqual({ what: "refuse", message: 'bench: unknown benchmark "c"' });
  expect(benchArguments(["--fast"], known)).toMatchObject({ what: "refuse" });
  expect(benchArguments(["--out="], known)).toMatchObject({ what: "refuse" });
});
