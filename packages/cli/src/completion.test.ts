import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Argument, Command, Option } from "commander";
import { describe, expect, test } from "vitest";
import { completionScript } from "./completion.ts";

const tool = new Command("tool").option("--config <file>", "a file");
tool
  .command("draw")
  .description("draw it's picture")
  .addOption(new Option("--colour <name>", "which").choices(["red", "green"]))
  .option("--size <n>", "how large")
  .option("--out <folder>", "where")
  .option("--json", "for machines")
  .addOption(new Option("--secret").hideHelp())
  .action(() => undefined);
const data = tool.command("data").description("data");
data
  .command("get")
  .addArgument(new Argument("<name>").choices(["mnist", "kmnist"]))
  .action(() => undefined);

/** What bash offers after these words; the last is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const line = `${completionScript("bash", tool)}
    COMP_WORDS=( tool "$@" ); COMP_CWORD=$#; _tool; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)("bash", ["-c", line, "bash", ...words], {
    cwd: import.meta.dirname,
  });
  return stdout.split("\n").filter((word) => word !== "");
}

describe("in bash", () => {
  test.each([
    [[""], ["draw", "data", "help", "--config", "--help"]],
    [["d"], ["draw", "data"]],
    [
      ["draw", ""],
      ["--colour", "--size", "--out", "--json", "--help", "--config"],
    ],
    [
      ["draw", "--c"],
      ["--colour", "--config"],
    ],
    [["draw", "--json", "--j"], ["--json"]],
    [
      ["draw", "--colour", ""],
      ["red", "green"],
    ],
    [["draw", "--colour", "g"], ["green"]],
    [["draw", "--size", ""], []],
    [["draw", "--out", "completion.te"], ["completion.test.ts"]],
    [["--config", "completion.te"], ["completion.test.ts"]],
    [
      ["data", ""],
      ["get", "help", "--help", "--config"],
    ],
    [["data", "get", "m"], ["mnist"]],
    [["unknown", "x"], []],
  ])("%j is completed to %j", async (words, completions) => {
    expect(await offered(...words)).toEqual(completions);
  });
});

test("in zsh it is the same, by zsh's own emulation", () => {
  const [first, ...rest] = completionScript("zsh", tool).split("\n");
  expect(first).toBe("autoload -U +X compinit bashcompinit && compinit && bashcompinit");
  expect(rest.join("\n")).toBe(completionScript("bash", tool));
});

test("in fish there are descriptions too", () => {
  const lines = completionScript("fish", tool).split("\n");
  expect(lines).toContain(
    String.raw`complete -c tool -n 'not __fish_seen_subcommand_from draw data help' -a draw -d 'draw it\'s picture'`,
  );
  expect(lines).toContain(
    "complete -c tool -n '__fish_seen_subcommand_from draw' -l colour -x -a 'red green' -d 'which'",
  );
  expect(lines).toContain("complete -c tool -n '__fish_seen_subcommand_from draw' -l out -r -F -d 'where'");
  expect(lines).toContain(
    "complete -c tool -n '__fish_seen_subcommand_from data; and __fish_seen_subcommand_from get' -a kmnist",
  );
  expect(lines.join("\n")).not.toContain("secret");
});
