import { createRequire } from "node:module";
import os from "node:os";
import type { BenchmarkResult } from "./run-benchmark.ts";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly tfjs: string;
}

/** What the figures depend on besides the code. */
export function machine(): Machine {
  const require = createRequire(import.meta.url);
  const { version } = require("@tensorflow/tfjs-core/package.json") as { version: string };
  return {
    cpu: os.cpus()[0]?.model ?? "unknown",
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.arch()}`,
    node: process.version,
    tfjs: version,
  };
}

/** The machine in a line. */
export function machineText(on: Machine): string {
  return `${on.cpu}, ${on.cores} cores, ${on.platform}, Node ${on.node}, tfjs ${on.tfjs}.`;
}

/** What was found, under a line on the machine. */
export function markdown(on: Machine, sections: readonly string[]): string {
  return `${[machineText(on), ...sections].join("\n\n")}\n`;
}

/** One Markdown table per benchmark. */
export function benchmarkMarkdown(result: BenchmarkResult): string {
  const rows = result.cases.flatMap(({ name, contestants }) =>
    contestants.map((contestant) => {
      if (contestant.median === undefined)
        return `| ${name} | ${contestant.name} | ${contestant.missing} | | |`;
      const range = `${figure(Math.min(...contestant.values))} - ${figure(Math.max(...contestant.values))}`;
      const ratio = contestant.ratio === undefined ? "" : `${contestant.ratio.toFixed(1)}x`;
      return `| ${name} | ${contestant.name} | ${figure(contestant.median)} | ${range} | ${ratio} |`;
    }),
  );
  return [
    `## ${result.title}`,
    "",
    `Unit: ${result.unit}, ${result.better} is better. Median and range of ${result.repeats} repeats, contestants interleaved.`,
    "",
    "| case | contestant | median | range | ours is better by |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
