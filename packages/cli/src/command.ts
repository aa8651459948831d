import {
  type AddHelpTextContext,
  type AddHelpTextPosition,
  Command,
  type ErrorOptions,
  type ParseOptionsResult,
} from "commander";
import { applyConfigFile } from "./config-file.ts";
import { UsageError } from "./io.ts";

/**
 * A command of `mhgan`: commander's, but its options may also come from the file of `--config`, and whatever is wrong with how it was
 * called is a `UsageError`.
 */
export class MhganCommand extends Command {
  override createCommand(name?: string): MhganCommand {
    return new MhganCommand(name);
  }

  override parseOptions(argv: string[]): ParseOptionsResult {
    const parsed = super.parseOptions(argv);
    if (this.commands.length > 0) return this.#withKnownCommand(parsed);
    // Now, so that what is mandatory may be in the file, and what was parsed goes before it.
    const { config } = this.optsWithGlobals<{ config?: string }>();
    if (config !== undefined && !asksForHelp(parsed.unknown)) applyConfigFile(this, config);
    return parsed;
  }

  /** The text is wrapped like the rest of the help; indented lines, such as examples, stay as they are. */
  override addHelpText(
    position: AddHelpTextPosition,
    text: string | ((context: AddHelpTextContext) => string),
  ): this {
    return super.addHelpText(position, (context) => {
      const { getErrHelpWidth, getOutHelpWidth } = this.configureOutput();
      const width = (context.error ? getErrHelpWidth : getOutHelpWidth)?.() ?? 80;
      const given = typeof text === "string" ? text : text(context);
      return withoutBreaks(given.trimEnd())
        .map((line) => (line.startsWith(" ") ? line : this.createHelp().boxWrap(line, width)))
        .join("\n");
    });
  }

  override error(message: string, { code }: ErrorOptions = {}): never {
    const said = message.replace(/^error: /, "").replace(/\n\((Did you mean [^\n]*\?)\)$/, ". $1");
    const isRoot = this.parent === null;
    const order =
      isRoot && code === "commander.unknownOption" ? ". Options of a command stand after it." : "";
    const shown = this.commands.length > 0 ? "the commands" : "the options";
    throw new UsageError(`${said}${order}\n${pathOf(this)} --help shows ${shown}`);
  }

  /** `help <command>` becomes `<command> --help`; of an unknown command no help is given, so that it is an error. */
  #withKnownCommand(parsed: ParseOptionsResult): ParseOptionsResult {
    const isHelp = parsed.operands[0] === "help" && parsed.operands.length > 1;
    const operands = isHelp ? parsed.operands.slice(1) : parsed.operands;
    const isKnown = [...this.commands.map((command) => command.name()), "help", undefined].includes(
      operands[0],
    );
    return { operands, unknown: isKnown ? (isHelp ? ["--help"] : parsed.unknown) : [] };
  }
}

/** The words that start a command: `mhgan datasets fetch`. */
export function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function asksForHelp(args: readonly string[]): boolean {
  return args.includes("--help") || args.includes("-h");
}

/** The lines of a text, each paragraph being one. */
function withoutBreaks(text: string): string[] {
  const lines: string[] = [];
  const isParagraph = (line: string | undefined) => line !== undefined && /^\S/.test(line);
  for (const line of text.split("\n")) {
    if (isParagraph(line) && isParagraph(lines.at(-1))) lines.push(`${lines.pop()} ${line}`);
    else lines.push(line);
  }
  return lines;
}
