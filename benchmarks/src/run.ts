import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { benchmarks } from "./benchmarks.ts";
import { jsonText } from "./harness/json-text.ts";
import { benchmarkMarkdown, machine, markdown } from "./harness/report.ts";
import { type BenchmarkResult, runBenchmark } from "./harness/run-benchmark.ts";

const usage = `Usage: npm run bench -- [name...] [--json FILE] [--markdown FILE]

Runs the named benchmarks of speed, or all: ${Object.keys(benchmarks).join(", ")}.
Prints a Markdown table; --markdown also writes it, --json writes machine, versions and every figure.`;

/** Exit code 2 and a message, for what the caller got wrong. */
function refuse(message: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}

function readArguments(): { names: string[]; json?: string; markdown?: string } {
  try {
    const options = {
      help: { type: "boolean" },
      json: { type: "string" },
      markdown: { type: "string" },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const unknown = positionals.find((name) => !Object.hasOwn(benchmarks, name));
    if (unknown !== undefined) refuse(`bench: unknown benchmark "${unknown}"`);
    const { json, markdown } = values;
    const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
    return { names, ...(json && { json }), ...(markdown && { markdown }) };
  } catch (error) {
    return refuse(`bench: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const chosen = readArguments();
const results: BenchmarkResult[] = [];
const log = (line: string): void => console.error(line);
for (const name of chosen.names) {
  results.push(await runBenchmark(await benchmarks[name]!(), log));
}
const on = machine();
const table = markdown(on, results.map(benchmarkMarkdown));
console.log(table);
if (chosen.markdown) await writeFile(chosen.markdown, table);
if (chosen.json) {
  const date = new Date().toISOString();
  const text = jsonText({ date, machine: on, benchmarks: results });
  await writeFile(chosen.json, text);
}
