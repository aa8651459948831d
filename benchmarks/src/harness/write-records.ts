import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jsonText } from "./json-text.ts";
import { speedMarkdown } from "./speed-markdown.ts";
import type { SpeedRecord } from "./speed-record.ts";

/** Where the results lie that documents quote. */
export const recordedSpeed: string = fileURLToPath(new URL("../../results/speed", import.meta.url));

/** Writes every record as JSON and as Markdown into a folder: all are written whole before the first replaces an older one. */
export function writeRecords(records: readonly SpeedRecord[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  const files = records.flatMap((record) => [
    { path: join(folder, `${record.name}.json`), text: jsonText(record) },
    { path: join(folder, `${record.name}.md`), text: speedMarkdown(record) },
  ]);
  for (const { path, text } of files) writeFileSync(`${path}.part`, text);
  for (const { path } of files) renameSync(`${path}.part`, path);
}
