import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jsonText } from "../harness/json-text.ts";
import { type Machine, machineText } from "../harness/machine.ts";
import type { StudyResult } from "./study.ts";
import { studyMarkdown } from "./study-markdown.ts";

/** How and when a result came about. */
export interface StudyRecord {
  readonly name: string;
  readonly title: string;
  readonly command: string;
  /** ISO 8601. */
  readonly date: string;
  readonly seconds: number;
  readonly machine: Machine;
}

/** Where the results lie that documents quote. */
export const reproduced: string = fileURLToPath(new URL("../../results/reproduced", import.meta.url));

/** Writes a study's figures, tables and pictures into a folder, and returns its tables as Markdown. */
export async function writeStudy(
  record: StudyRecord,
  result: StudyResult,
  folder: string = reproduced,
): Promise<string> {
  const { pictures = {}, ...data } = result;
  const head = `\`${record.command}\`, ${record.date.slice(0, 10)}, ${Math.max(1, Math.round(record.seconds / 60))} min on ${machineText(record.machine)}`;
  const text = `${head}\n\n${studyMarkdown(record.title, result)}\n`;
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(pictures)) writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, `${record.name}.json`), jsonText({ ...record, ...data }));
  writeFileSync(join(folder, `${record.name}.md`), text);
  return text;
}
