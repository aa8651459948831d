import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { type CompareStageOptions, type Comparison, compareStage } from "../stages/compare.ts";
import { textTable } from "../text-table.ts";

/** Options of `mhgan compare`. */
export interface CompareOptions extends CompareStageOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Compares samplers on the same fresh images: what was predicted of each, and what it did. */
export async function runCompare(options: CompareOptions, io: Io): Promise<void> {
  const run = await RunStages.open(options.folder);
  const outcome = await compareStage(run, options, io);
  const file = `${options.refit ? "refit/" : ""}compare.json`;
  const comparison = JSON.parse(new TextDecoder().decode(await run.file(outcome.record, file))) as Comparison;
  const whole = { ...outcome, record: { ...outcome.record, result: { ...comparison } } };
  printStage("compare", run, whole, options, io, () => comparisonTables(comparison));
}

/** The comparison as text. */
export function comparisonTables({ samplers, chains, ...rest }: Comparison): string {
  const figure = (value: number | undefined, digits = 3) =>
    value === undefined ? "–" : value.toFixed(digits);
  const costText = (value: number | undefined) =>
    value !== undefined && value >= 1e6 ? value.toExponential(1) : figure(value, 1);
  return [
    textTable(
      ["sampler (* recommended)", "cost", "measured", "TV", "measured", "floor"],
      samplers.map(({ name, chosen, cost, measuredCost, totalVariation, measured }) => [
        `${name}${chosen ? " *" : ""}`,
        costText(cost),
        costText(measuredCost),
        figure(totalVariation),
        figure(measured?.value),
        figure(measured?.floor),
      ]),
    ),
    textTable(
      ["chain length", "total variation", "measured", "never left the start", "measured"],
      chains.map((chain) => [
        String(chain.chainLength),
        figure(chain.predictedTotalVariation),
        figure(chain.measured?.value),
        figure(chain.predictedCapOut),
        figure(chain.measuredCapOut),
      ]),
    ),
    `acceptance rate: ${figure(rest.predictedAcceptance)} predicted, ${figure(rest.measuredAcceptance)} measured along ${rest.proposals.toLocaleString("en")} images`,
    "Cost: proposals a draw. TV: total variation from the data; measured between scores, over 20 bins. Floor: that of as many real images.",
  ].join("\n\n");
}
