import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../workspace.ts";
import { screenText } from "./screen-text.ts";

/** The width of the terminal, in characters. */
export const COLUMNS = 100;

/** Runs lines of shell after each other in one empty folder; `mhgan` is the program that was built here. */
export interface Recorder {
  /** What a terminal shows in the end, without what is particular to this machine. */
  record(line: string): Promise<string>;
  dispose(): void;
}

/** Needs `script` of util-linux, which gives a program a terminal. */
export function recorder(): Recorder {
  const temporary = mkdtempSync(join(tmpdir(), "mhgan-recording-"));
  const [home, bin, work] = ["home", "bin", "work"].map((name) => join(temporary, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [home, bin, work]) mkdirSync(folder);
  const program = join(bin, "mhgan");
  writeFileSync(
    program,
    `#!/bin/sh\nexec '${process.execPath}' '${join(root, "packages/cli/dist/bin.js")}' "$@"\n`,
  );
  chmodSync(program, 0o755);
  const env = {
    PATH: `${bin}:${process.env["PATH"]}`,
    HOME: home,
    TMPDIR: "/tmp",
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
    SHELL: "/bin/sh",
  };
  const withoutMachine = (text: string): string =>
    text
      .replaceAll(work, "~/gans")
      .replaceAll(home, "~")
      .replaceAll(root, "~/mhgan")
      .replace(/(system +Linux) [\w.+-]+/g, "$1");
  return {
    async record(line) {
      const written = await writtenBy(`stty cols ${COLUMNS} rows 50; ${line}`, work, env);
      return withoutMachine(await screenText(written, COLUMNS));
    },
    dispose: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

function writtenBy(line: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    // Standard input stays open: at its end the program would be told that the terminal hung up.
    const child = spawn("script", ["--quiet", "--flush", "--command", line, "/dev/null"], { cwd, env });
    let written = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      written += chunk;
    });
    child.on("error", reject);
    child.on("close", () => resolve(written));
  });
}
