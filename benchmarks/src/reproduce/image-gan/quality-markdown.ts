import {
  type QualityFigure,
  type QualityName,
  qualityNames,
  type SampleEvaluation,
  type SetQuality,
} from "@mhgan/cli";
import type { Machine } from "../../harness/report.ts";

/** What the study found, as far as the table shows it. */
export interface ShownResult {
  readonly machine: Machine;
  readonly gan: { readonly steps: number };
  readonly judge: { readonly testAccuracy: number };
  readonly draws: number;
  readonly critics: Readonly<
    Record<
      string,
      {
        readonly auc: number;
        readonly meanWeight: number;
        readonly maxWeight: number;
        readonly effectiveShare: number;
      }
    >
  >;
  readonly costs: Readonly<
    Record<string, { readonly proposalsPerDraw: number; readonly capOutRate: number }>
  >;
  readonly evaluation: SampleEvaluation;
}

const titles: Readonly<Record<QualityName, { readonly title: string; readonly digits: number }>> = {
  frechetDistance: { title: "Fréchet distance", digits: 1 },
  kernelDistance: { title: "kernel distance", digits: 2 },
  precision: { title: "precision", digits: 3 },
  recall: { title: "recall", digits: 3 },
  density: { title: "density", digits: 3 },
  coverage: { title: "coverage", digits: 3 },
};

/** The figures with half the width of their intervals, and the differences from the plain GAN. */
export function qualityMarkdown(result: ShownResult): string {
  const { machine, evaluation, critics, costs, draws } = result;
  const { floor, sets } = evaluation;
  const head = qualityNames.map((name) => titles[name].title);
  const percent = `${(100 * result.judge.testAccuracy).toFixed(1)} %`;
  const cost = (name: string) => costs[name]!.proposalsPerDraw.toFixed(1);
  const changes = sets.flatMap(({ name, difference }) => (difference ? [{ name, quality: difference }] : []));
  return `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}, tfjs ${machine.tfjs}.

## Fashion-MNIST: a GAN of ${result.gan.steps.toLocaleString("en")} steps, judged by a classifier of ${percent} test accuracy

${draws.toLocaleString("en")} samples a row against as many test images; ± is half the width of the 95 % interval.

${table(["", "proposals a draw", ...head], [row("real images", "", floor.quality), ...sets.map(({ name, quality }) => row(name, cost(name), quality))])}

### Change from the plain GAN

Paired by groups of rows, which makes them surer than the figures.

${table(
  ["", "proposals a draw", ...head],
  changes.map(({ name, quality }) => row(name, cost(name), quality, true)),
)}

### Critics

${table(
  ["", "AUC", "mean weight", "largest weight", "effective share"],
  Object.entries(critics).map(([name, critic]) => [
    name,
    critic.auc.toFixed(3),
    critic.meanWeight.toFixed(3),
    critic.maxWeight.toFixed(1),
    critic.effectiveShare.toPrecision(2),
  ]),
)}
`;
}

function row(name: string, cost: string, quality: SetQuality["quality"], signed = false): string[] {
  return [name, cost, ...qualityNames.map((key) => figure(quality[key], titles[key].digits, signed))];
}

function figure({ estimate, lower, upper }: QualityFigure, digits: number, signed: boolean): string {
  const sign = signed && estimate > 0 ? "+" : "";
  return `${sign}${estimate.toFixed(digits)} ± ${((upper - lower) / 2).toFixed(digits)}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), `|---|${"---:|".repeat(header.length - 1)}`, ...rows.map(line)].join("\n");
}
