import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { type CompareStageOptions, type Comparison, compareStage } from "../stages/compare.ts";
import { textTable } from "../text-table.ts";

/** Options of `mhgan compare`. */
export interface CompareOptions extends CompareStageOptions {
  readonly folder: string;
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
  return [
    textTable(
      ["sampler (* recommended)", "proposals a draw", "measured", "total variation", "measured", "floor"],
      samplers.map(({ name, chosen, cost, measuredCost, totalVariation, measured }) => [
        `${name}${chosen ? " *" : ""}`,
        figure(cost, 1),
        figure(measuredCost, 1),
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
    "Measured total variation is between scores, over 20 bins; of as many real images it is the floor.",
  ].join("\n\n");
}
