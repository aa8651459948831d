import type { StudyTable } from "../reproduce/study.ts";
import { rowsMarkdown } from "../reproduce/study-markdown.ts";
import { recorded } from "./recorded.ts";

/** The rows of the paper's table that README shows. */
export function gaussiansQuote(): string {
  const { tables } = recorded<{ tables: readonly StudyTable[] }>("reproduced/gaussians");
  return rowsMarkdown(tables[0]!, {
    rows: [
      "GAN",
      "MH-GAN, K = 64",
      "MH-GAN, K = 640",
      "refit + MH-GAN, K = 640",
      "paper: GAN",
      "paper: MH-GAN, K = 640",
    ],
    columns: ["high quality", "JSD", "within-mode sd", "calls a draw"],
  });
}
