import { machineText } from "./machine.ts";
import type { CaseResult, ContestantResult } from "./run-benchmark.ts";
import type { SpeedRecord } from "./speed-record.ts";

/** A record as a document: a line on how it came about, and a table for each unit. */
export function speedMarkdown(record: SpeedRecord): string {
  const { title, better, repeats, cases, unit } = record;
  const units = [...new Set(cases.map((each) => each.unit))];
  const tables = units.map((each) => {
    const table = tableMarkdown(cases.filter((other) => other.unit === each));
    return each === unit ? table : `Here the unit is ${each}:\n\n${table}`;
  });
  const how = `Unit: ${unit}, ${better} is better. Median and range of ${repeats} repeats, contestants interleaved. A ratio below 1 means that the other is better.`;
  return `${[headText(record), `## ${title}`, how, ...tables].join("\n\n")}\n`;
}

/** Command, day, commit, machine and versions. */
export function headText({ command, date, commit, machine, peers }: SpeedRecord): string {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  const at = commit === undefined ? "" : ` at ${commit}`;
  const beside = versions.length === 0 ? "" : ` Beside ${versions.join(", ")}.`;
  return `\`${command}\`${at}, ${date.slice(0, 10)}, on ${machineText(machine)}${beside}`;
}

/** A figure as it is shown: three digits, or all before the point. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** How many times better ours is. */
export function ratioText(ratio: number): string {
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)}×`;
}

function tableMarkdown(cases: readonly CaseResult[]): string {
  const facts = [
    ...new Set(
      cases.flatMap(({ contestants }) => contestants.flatMap((each) => Object.keys(each.facts ?? {}))),
    ),
  ];
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(["case", "contestant", ...facts, "median", "range", "ours is better by"]),
    `|---|---|${"---:|".repeat(facts.length + 3)}`,
    ...cases.flatMap(({ name, contestants }) =>
      contestants.map((contestant) => row([name, contestant.name, ...cellsOf(contestant, facts)])),
    ),
  ].join("\n");
}

function cellsOf(contestant: ContestantResult, facts: readonly string[]): string[] {
  const { median, values, ratio, missing, remedy } = contestant;
  if (median === undefined) {
    const why = `missing: ${missing}${remedy === undefined ? "" : ` (\`${remedy}\`)`}`;
    return [...facts.map(() => ""), why.replaceAll("|", "\\|").replaceAll("\n", " "), "", ""];
  }
  const shown = facts.map((name) => {
    const fact = contestant.facts?.[name];
    if (fact === undefined) return "";
    return Number.isInteger(fact) ? fact.toLocaleString("en") : figure(fact);
  });
  const range = `${figure(Math.min(...values))} - ${figure(Math.max(...values))}`;
  return [...shown, figure(median), range, ratio === undefined ? "" : ratioText(ratio)];
}
