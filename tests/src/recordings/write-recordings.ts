import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.ts";
import { COLUMNS, recorder } from "./record.ts";
import { needed, recordings } from "./recordings.ts";

/** Runs the recorded commands and writes docs/terminal.md. The command line must be built. */
if (!existsSync(needed.folder)) throw new Error(`${needed.folder} is missing: ${needed.advice}`);

const sections: string[] = [];
const { record, dispose } = recorder();
try {
  for (const { title, about, lines } of recordings) {
    const shown: string[] = [];
    for (const line of lines) shown.push(`$ ${line}\n${await record(line)}`.trimEnd());
    sections.push(`## ${title}\n\n${about}\n\n\`\`\`text\n${shown.join("\n\n")}\n\`\`\`\n`);
  }
} finally {
  dispose();
}
const head = `# mhgan in the terminal\n\nWhat a terminal of ${COLUMNS} columns shows in the end. Written by \`npm run recordings --workspace tests\`, not by hand.\n`;
writeFileSync(join(root, "docs/terminal.md"), [head, ...sections].join("\n"));
