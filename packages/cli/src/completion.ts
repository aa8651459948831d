import type { Command, Option } from "commander";
import { pathOf } from "./command.ts";

/** The shells that {@link completionScript} knows. */
export type Shell = "bash" | "zsh" | "fish";

/** A command with what may follow it. */
interface Completed {
  /** Without the program: "" is the program itself, "datasets fetch" a command of a command. */
  readonly path: string;
  readonly commands: readonly Command[];
  readonly options: readonly Option[];
  /** What its argument may be. */
  readonly choices: readonly string[];
}

/** A script that makes a shell complete commands, options and their values. It holds all it says: no completion starts the program. */
export function completionScript(shell: Shell, program: Command): string {
  const all = completed(program, program);
  if (shell === "fish") return fishScript(program.name(), all);
  const load = shell === "zsh" ? "autoload -U +X compinit bashcompinit && compinit && bashcompinit\n" : "";
  return `${load}${bashScript(program.name(), all)}`;
}

function completed(command: Command, program: Command): Completed[] {
  const help = command.createHelp();
  const inherited = command === program ? [] : help.visibleOptions(program);
  const own = help.visibleOptions(command);
  return [
    {
      path: pathOf(command).split(" ").slice(1).join(" "),
      commands: help.visibleCommands(command),
      options: [...own, ...inherited].filter(
        ({ long }, index, options) => long && options.findIndex((option) => option.long === long) === index,
      ),
      choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    },
    ...command.commands.flatMap((child) => completed(child, program)),
  ];
}

type ValueKind = "none" | "any" | "path" | "choice";

function kindOf({ required, optional, flags, argChoices }: Option): ValueKind {
  if (!required && !optional) return "none";
  if (argChoices !== undefined) return "choice";
  return /[<[](folder|file|path)/.test(flags) ? "path" : "any";
}

function bashScript(name: string, all: readonly Completed[]): string {
  const reply = (words: readonly string[]) => `COMPREPLY=( $(compgen -W "${words.join(" ")}" -- "$word") )`;
  const steps = all
    .filter(({ path }) => path !== "")
    .map(({ path }) => {
      const words = path.split(" ");
      return `      "${words.slice(0, -1).join(" ")} ${words.at(-1)}") at="${path}" ;;`;
    });
  const values = all.flatMap(({ path, options }) =>
    options.flatMap((option) => {
      const action = {
        none: undefined,
        any: "COMPREPLY=()",
        path: 'COMPREPLY=( $(compgen -f -- "$word") )',
        choice: reply(option.argChoices ?? []),
      }[kindOf(option)];
      return action === undefined ? [] : [`    "${path} ${option.long}") ${action}; return ;;`];
    }),
  );
  const words = all.map(({ path, commands, options, choices }) => {
    const names = [...commands.map((command) => command.name()), ...choices];
    return `    "${path}") ${reply([...names, ...options.map(({ long }) => long!)])} ;;`;
  });
  return `# Completes ${name}.
_${name}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" at="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${steps.join("\n")}
    esac
  done
  case "$at $before" in
${values.join("\n")}
  esac
  case "$at" in
${words.join("\n")}
  esac
}
complete -F _${name} ${name}
`;
}

function fishScript(name: string, all: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const lines = all.flatMap(({ path, commands, options, choices }) => {
    const words = path === "" ? [] : path.split(" ");
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
    const names = commands.map((command) => command.name());
    const here = names.length === 0 ? seen : [...seen, `not __fish_seen_subcommand_from ${names.join(" ")}`];
    const line = (rest: string) => `complete -c ${name} -n ${quoted(here.join("; and "))} ${rest}`;
    return [
      ...commands.map((command) => line(`-a ${command.name()} -d ${quoted(command.description())}`)),
      ...choices.map((choice) => line(`-a ${choice}`)),
      ...options.map((option) => {
        const value = {
          none: "",
          any: "-x ",
          path: "-r -F ",
          choice: `-x -a ${quoted((option.argChoices ?? []).join(" "))} `,
        }[kindOf(option)];
        return line(`-l ${option.long!.slice(2)} ${value}-d ${quoted(option.description)}`);
      }),
    ];
  });
  return `# Completes ${name}.\ncomplete -c ${name} -f\n${lines.join("\n")}\n`;
}
