import type { StudyTable } from "../study.ts";
import type { Quality } from "./quality.ts";

interface Column {
  readonly name: string;
  readonly key: keyof Quality;
  readonly digits: number;
}

const columns: readonly Column[] = [
  { name: "high quality", key: "highQualityShare", digits: 4 },
  { name: "modes", key: "recoveredModes", digits: 1 },
  { name: "JSD", key: "jensenShannon", digits: 4 },
  { name: "within-mode sd", key: "withinModeSd", digits: 4 },
  { name: "proposals a draw", key: "proposalsPerDraw", digits: 1 },
  { name: "calls a draw", key: "callsPerDraw", digits: 1 },
  { name: "gradients a draw", key: "gradientsPerDraw", digits: 1 },
  { name: "acceptance", key: "acceptanceRate", digits: 3 },
  { name: "cap-outs", key: "capOutRate", digits: 4 },
  { name: "TV", key: "totalVariation", digits: 4 },
];

/** The rows of a table, filled seed by seed. */
export class Rows {
  readonly #qualities = new Map<string, Partial<Quality>[]>();

  add(name: string, quality: Partial<Quality>): void {
    const row = this.#qualities.get(name) ?? [];
    row.push(quality);
    this.#qualities.set(name, row);
  }

  /** Rows in the order in which they came, without the columns that none of them fills. */
  table(title: string, note: string): StudyTable {
    const all = [...this.#qualities.values()].flat();
    const filled = columns.filter(({ key }) => all.some((quality) => quality[key] !== undefined));
    const rows = [...this.#qualities].map(([name, qualities]) => ({
      name,
      cells: filled.map(({ key }) =>
        qualities.flatMap(({ [key]: value }) => (value === undefined ? [] : Number(value.toPrecision(6)))),
      ),
    }));
    return { title, note, columns: filled.map(({ name, digits }) => ({ name, digits })), rows };
  }
}
