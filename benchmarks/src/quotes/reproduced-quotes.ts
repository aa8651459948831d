import type { StudyTable } from "../reproduce/study.ts";
import { rowsMarkdown } from "../reproduce/study-markdown.ts";
import { recorded } from "./recorded.ts";

function tableOf(study: string, title: string): StudyTable {
  const { tables } = recorded<{ tables: readonly StudyTable[] }>(`reproduced/${study}`);
  const table = tables.find((each) => each.title === title);
  if (table === undefined) throw new Error(`${study} has no table "${title}"`);
  return table;
}

/** How the Jensen-Shannon divergence falls while the GAN is trained, the paper's and ours. */
export function gaussiansEpochsQuote(): string {
  const table = tableOf("gaussians-epochs", "JSD");
  return rowsMarkdown(table, {
    columns: ["paper: GAN", "GAN", "paper: MH-GAN", "MH-GAN"],
  }).replace("|  |", "| epoch |");
}

/** Whether chains accept 2(1 − AUC), for the finished GANs. */
export function acceptanceQuote(): string {
  const table = tableOf("acceptance", "Measured and foretold");
  const shown = table.rows.filter(({ name }) => !name.includes("step ")).map(({ name }) => name);
  return rowsMarkdown(table, { rows: shown });
}

/** What every sampler costs where it is as good as the paper's chain. */
export function costGaussiansQuote(): string {
  return rowsMarkdown(tableOf("cost-gaussians", "Proposals a draw for the JSD of 640 forward"));
}
