import { dot, line, type Markish, ruleY, text } from "@observablehq/plot";
import { picture } from "../picture.ts";
import { CHAIN_LENGTH } from "./cost-entrants.ts";
import { type CriticRun, FORWARD, meanOf } from "./cost-tables.ts";

const colours = ["#0969da", "#1a7f37", "#bf8700", "#cf222e", "#8250df", "#57606a"];
const symbols = ["circle", "square", "triangle", "diamond"] as const;

/** Mean JSD against mean cost over the GANs: a line for a sampler that was set to several costs, a point for one that was not. */
export function costPicture(title: string, runs: readonly CriticRun[]): string {
  const names = [...new Set(runs[0]!.figures.map(({ name }) => name))];
  const points = names.map((name) => {
    const figures = runs.map(({ figures }) => figures.find((each) => each.name === name)!);
    return {
      name,
      family: figures[0]!.family,
      cost: meanOf(figures, "cost"),
      divergence: meanOf(figures, "jensenShannon"),
    };
  });
  const paper = points.find(({ name }) => name === FORWARD)!.divergence;
  const families = [...new Set(points.map(({ family }) => family))].map((family, i) => ({
    family,
    colour: colours[i % colours.length]!,
    symbol: symbols[Math.floor(i / colours.length)]!,
    its: points.filter((point) => point.family === family).sort((a, b) => a.cost - b.cost),
  }));
  return picture({
    height: 440,
    marginLeft: 62,
    marginRight: 230,
    marginBottom: 42,
    x: {
      type: "log",
      label: `proposals a draw, ${title}`,
      labelAnchor: "center",
      tickFormat: "~r",
      nice: true,
    },
    y: { type: "log", label: "JSD", grid: true, tickFormat: "~r" },
    marks: [
      ruleY([paper], { stroke: "#1f2328", strokeDasharray: "4,3" }),
      ...families.flatMap(({ family, colour, symbol, its }, i): Markish[] => [
        line(its, { x: "cost", y: "divergence", stroke: colour, strokeWidth: 1.5 }),
        dot(its, { x: "cost", y: "divergence", fill: colour, symbol, r: 4 }),
        ...entry(family, colour, symbol, 18 * i),
      ]),
      text([`┄ JSD of K = ${CHAIN_LENGTH}, forward`], {
        frameAnchor: "top-right",
        textAnchor: "start",
        dx: 14,
        dy: 18 * families.length + 4,
      }),
    ],
  });
}

/** A line of the list beside the chart. */
function entry(label: string, fill: string, symbol: (typeof symbols)[number], dy: number): Markish[] {
  const place = { frameAnchor: "top-right", fill } as const;
  return [
    dot([0], { ...place, symbol, r: 4, dx: 20, dy: dy + 4 }),
    text([label], { ...place, textAnchor: "start", dx: 30, dy: dy - 2 }),
  ];
}
