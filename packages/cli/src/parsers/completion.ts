import { Argument, type Command } from "commander";
import type { Io } from "../io.ts";

/** Adds `mhgan completion` to the commands. */
export function addCompletion(mhgan: Command, io: Io): void {
  mhgan
    .command("completion")
    .description("print a script that makes a shell complete commands, options and their values")
    .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      `
Examples:
  $ eval "$(mhgan completion bash)"     in ~/.bashrc
  $ eval "$(mhgan completion zsh)"      in ~/.zshrc
  $ mhgan completion fish | source      in ~/.config/fish/config.fish
`,
    )
    .action(async (shell) => {
      const { completionScript } = await import("../completion.ts");
      io.stdout.write(completionScript(shell, mhgan));
    });
}
