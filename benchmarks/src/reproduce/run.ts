import { parseArgs } from "node:util";
import { machine } from "../harness/machine.ts";
import { writeQuotes } from "../quotes/write-quotes.ts";
import { studies } from "./studies.ts";
import { writeStudy } from "./write-study.ts";

const usage = `Usage: npm run reproduce -- NAME... [--out FOLDER]

Makes a published result, or one that we claim, again: ${Object.keys(studies).join(", ")}.
Writes NAME.json, NAME.md and pictures into FOLDER. By default that is benchmarks/results/reproduced, and then the documents that quote
the results are brought up to date.`;

/** Exit code 2 and a message, for what the caller got wrong. */
function refuse(message: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}

function readArguments(): { names: readonly string[]; out?: string } {
  try {
    const { values, positionals } = parseArgs({
      options: { help: { type: "boolean" }, out: { type: "string" } },
      allowPositionals: true,
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    if (positionals.length === 0) refuse("reproduce: name what is to be made again");
    const unknown = positionals.find((name) => !Object.hasOwn(studies, name));
    if (unknown !== undefined) refuse(`reproduce: unknown study "${unknown}"`);
    return { names: positionals, ...(values.out !== undefined && { out: values.out }) };
  } catch (error) {
    return refuse(`reproduce: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const { names, out } = readArguments();
for (const name of names) {
  const study = await studies[name]!();
  const start = performance.now();
  const result = await study.run((line) => console.error(line));
  const record = {
    name,
    title: study.title,
    command: `npm run reproduce -- ${name}`,
    date: new Date().toISOString(),
    seconds: Math.round((performance.now() - start) / 1000),
    machine: machine(),
  };
  console.log(await writeStudy(record, result, out));
}
if (out === undefined) writeQuotes();
