import { benchArguments } from "./bench-arguments.ts";
import { benchmarks } from "./benchmarks.ts";
import { commit } from "./harness/commit.ts";
import { jsonText } from "./harness/json-text.ts";
import { runBenchmark } from "./harness/run-benchmark.ts";
import { speedMarkdown } from "./harness/speed-markdown.ts";
import { installable, type SpeedRecord, speedRecord } from "./harness/speed-record.ts";
import { recordedSpeed, writeRecords } from "./harness/write-records.ts";
import { writeQuotes } from "./quotes/write-quotes.ts";

const known = Object.keys(benchmarks);
const usage = `Usage: npm run bench -- [NAME...] [--out FOLDER] [--json] [--list]

Runs the named benchmarks of speed, or all: ${known.join(", ")}.
Prints their tables, writes NAME.json and NAME.md into benchmarks/results/speed, and brings the documents that quote them up to date.
Nothing is written before all have ended, nor where a peer is missing that \`npm run peers\` would install.

--out FOLDER  writes there, even where peers are missing, and touches no document
--json        prints the figures instead of tables
--list        says what each benchmark compares`;

const asked = benchArguments(process.argv.slice(2), known);
if (asked.what === "help") console.log(usage);
else if (asked.what === "list") {
  for (const [name, load] of Object.entries(benchmarks)) console.log(`${name}: ${(await load()).title}`);
} else if (asked.what === "refuse") {
  console.error(`${asked.message}\n\n${usage}`);
  process.exitCode = 2;
} else if (asked.what === "run") {
  const { names, out, json } = asked;
  const measured = commit();
  const records: SpeedRecord[] = [];
  for (const name of names) {
    const start = performance.now();
    const result = await runBenchmark(await benchmarks[name]!(), (line) => console.error(line));
    const record = speedRecord(result, { seconds: (performance.now() - start) / 1000, commit: measured });
    records.push(record);
    if (!json) console.log(speedMarkdown(record));
  }
  if (json) console.log(jsonText(records));
  const missing = records.flatMap(installable);
  if (out !== undefined) writeRecords(records, out);
  else if (missing.length === 0) {
    writeRecords(records, recordedSpeed);
    writeQuotes();
  } else {
    console.error(`Nothing was recorded, since peers are missing:\n${[...new Set(missing)].join("\n")}`);
    process.exitCode = 1;
  }
}
