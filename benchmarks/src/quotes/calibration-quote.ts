import { figure, ratioText } from "../harness/speed-markdown.ts";
import type { SpeedRecord } from "../harness/speed-record.ts";
import { recorded } from "./recorded.ts";

/** Every case of the benchmark of calibrators, ours first. */
export function calibrationQuote(): string {
  const { cases, peers } = recorded<SpeedRecord>("speed/calibration");
  const text = (milliseconds: number | undefined): string =>
    milliseconds === undefined ? "missing" : `${figure(milliseconds)} ms`;
  const rows = cases.map(({ name, contestants: [ours, theirs] }) => {
    const ratio = theirs?.ratio === undefined ? "" : ratioText(theirs.ratio);
    return `| ${name} | ${text(ours?.median)} | ${text(theirs?.median)} | ${ratio} |`;
  });
  const head = `| | here | scikit-learn ${peers["scikit-learn"] ?? ""} | ratio |`;
  return [head, "|---|---:|---:|---:|", ...rows].join("\n");
}
