import type { Figures, Measured } from "./messages.ts";

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const plain = (value: number): string => value.toFixed(1);
const small = (value: number): string => value.toFixed(3);

/** The rows of the table, and how their numbers are written. */
const rows: readonly {
  readonly key: keyof Figures<unknown>;
  readonly label: string;
  readonly text: (value: number) => string;
}[] = [
  { key: "acceptance", label: "proposals accepted", text: percent },
  { key: "capOut", label: "chains that never left their start", text: percent },
  { key: "totalVariation", label: "total variation between their scores and real ones", text: small },
  { key: "cost", label: "proposals looked at, a draw", text: plain },
];

/** A table of figures, predicted and measured, which are set one after the other. */
export interface FiguresTable {
  /** Nothing is known yet. */
  clear(): void;
  /** What is shown is not of what is set any more. */
  wait(): void;
  predicted(figures: Figures<number>): void;
  measured(figures: Figures<Measured>): void;
}

/** Fills a table with rows of a name and two cells each. What a sampler does not have is a dash. */
export function figuresTable(table: HTMLTableElement): FiguresTable {
  const cells = rows.map(({ key, label }) => {
    const row = table.tBodies[0]!.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = label;
    row.append(head);
    const [predicted, measured] = [row.insertCell(), row.insertCell()];
    predicted.dataset["predicted"] = key;
    measured.dataset["measured"] = key;
    return { predicted, measured };
  });
  const wait = (): void => table.setAttribute("aria-busy", "true");
  return {
    wait,
    clear() {
      wait();
      for (const { predicted, measured } of cells)
        for (const cell of [predicted, measured]) cell.textContent = "";
    },
    predicted(figures) {
      for (const [i, { key, text }] of rows.entries()) {
        const value = figures[key];
        cells[i]!.predicted.textContent = value === undefined ? "–" : text(value);
      }
    },
    measured(figures) {
      for (const [i, { key, text }] of rows.entries()) {
        const figure = figures[key];
        cells[i]!.measured.textContent =
          figure === undefined ? "–" : `${text(figure.value)} ± ${text(figure.error)}`;
      }
      table.setAttribute("aria-busy", "false");
    },
  };
}
