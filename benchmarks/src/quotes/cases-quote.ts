import { figure, ratioText } from "../harness/speed-markdown.ts";
import type { SpeedRecord } from "../harness/speed-record.ts";
import { recorded } from "./recorded.ts";

/** Every case of a benchmark in which ours meets one peer. */
export function casesQuote(benchmark: string): string {
  const { cases, unit } = recorded<SpeedRecord>(`speed/${benchmark}`);
  const peer = cases[0]?.contestants[1]?.name ?? "";
  const text = (median: number | undefined): string => (median === undefined ? "missing" : figure(median));
  const rows = cases.map(({ name, contestants: [ours, theirs] }) => {
    const ratio = theirs?.ratio === undefined ? "" : ratioText(theirs.ratio);
    return `| ${name} | ${text(ours?.median)} | ${text(theirs?.median)} | ${ratio} |`;
  });
  return [`| ${unit} | here | ${peer} | ratio |`, "|---|---:|---:|---:|", ...rows].join("\n");
}
