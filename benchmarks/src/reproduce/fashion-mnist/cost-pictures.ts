import { dot, line, link, ruleX, text } from "@observablehq/plot";
import { picture } from "../picture.ts";
import { type Family, LONG_CHAIN, type PredictedCurve } from "./cost-entrants.ts";

/** A sampler in the plane of cost and quality. */
export interface MeasuredPoint {
  readonly critic: string;
  readonly family: Family | "GAN";
  /** Proposals a draw. */
  readonly cost: number;
  /** Fréchet distance and its interval. */
  readonly distance: number;
  readonly lower: number;
  readonly upper: number;
}

const colours: Readonly<Record<MeasuredPoint["family"], string>> = {
  GAN: "#57606a",
  "MH, forward": "#1f5fbf",
  "MH, backward": "#2da7c7",
  exact: "#1b7f3b",
  OBRS: "#b4540a",
  SIR: "#8250df",
  "i-SIR": "#bf3989",
  DRS: "#9a6700",
  latent: "#8b949e",
};

/** The families, one under the other, each in its colour. */
function legend(families: readonly MeasuredPoint["family"][], critic: string) {
  return families.map((family, i) =>
    text([{ critic, family }], {
      fx: "critic",
      text: "family",
      fill: colours[family],
      frameAnchor: "bottom-left",
      dx: 6,
      dy: -6 - 13 * (families.length - 1 - i),
      fontWeight: "bold",
    }),
  );
}

/** Where the paper's chains are. */
function longChain() {
  return [
    ruleX([LONG_CHAIN], { stroke: "#8b949e", strokeDasharray: "4 4" }),
    text([`K = ${LONG_CHAIN}`], {
      x: [LONG_CHAIN],
      frameAnchor: "top",
      textAnchor: "end",
      dx: -4,
      dy: 6,
      fill: "#57606a",
    }),
  ];
}

/** Which families there are, in the order of the colours. */
function familiesOf(points: readonly { readonly family: MeasuredPoint["family"] }[]) {
  return (Object.keys(colours) as MeasuredPoint["family"][]).filter((family) =>
    points.some((point) => point.family === family),
  );
}

/** Measured quality against cost, a panel for each critic. */
export function costPicture(points: readonly MeasuredPoint[]): string {
  return picture({
    height: 430,
    marginLeft: 50,
    marginBottom: 45,
    grid: true,
    fx: { label: null },
    x: {
      type: "log",
      label: "proposals a draw",
      domain: [0.8, 900],
    },
    y: { label: "Fréchet distance", zero: true, nice: true },
    marks: [
      ...longChain(),
      link(points, {
        fx: "critic",
        x1: "cost",
        x2: "cost",
        y1: "lower",
        y2: "upper",
        stroke: ({ family }: MeasuredPoint) => colours[family],
        strokeOpacity: 0.5,
      }),
      dot(points, {
        fx: "critic",
        x: "cost",
        y: "distance",
        fill: ({ family }: MeasuredPoint) => colours[family],
        r: 4,
      }),
      ...legend(familiesOf(points), points[0]!.critic),
    ],
    color: { type: "identity" },
  });
}

/** Predicted total variation against cost, a panel for each critic. */
export function predictedCostPicture(curves: readonly PredictedCurve[]): string {
  const families = familiesOf(curves);
  return picture({
    height: 430,
    marginLeft: 55,
    marginBottom: 45,
    grid: true,
    fx: { label: null },
    x: {
      type: "log",
      label: "proposals a draw, foretold",
      domain: [1, 1024],
    },
    y: {
      type: "log",
      label: "total variation, foretold",
      domain: [5e-4, 1],
      tickFormat: String,
      ticks: [0.001, 0.01, 0.1, 1],
    },
    marks: [
      ...longChain(),
      ...curves.map(({ critic, family, points }) =>
        line(
          points.flatMap(([cost, totalVariation]) =>
            totalVariation > 0 ? [{ critic, cost, totalVariation }] : [],
          ),
          {
            fx: "critic",
            x: "cost",
            y: "totalVariation",
            stroke: colours[family],
            strokeWidth: 1.8,
            clip: true,
          },
        ),
      ),
      ...legend(families, curves[0]!.critic),
    ],
  });
}
