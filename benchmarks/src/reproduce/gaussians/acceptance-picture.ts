import { dot, line } from "@observablehq/plot";
import { picture } from "../picture.ts";
import type { AcceptanceFigures } from "./acceptance-figures.ts";
import { legend } from "./legend.ts";

const colours: Readonly<Record<AcceptanceFigures["calibrator"], readonly [label: string, colour: string]>> = {
  identity: ["uncalibrated", "#cf222e"],
  platt: ["Platt", "#bf8700"],
  isotonic: ["isotonic", "#0969da"],
};

/** Measured acceptance rates against 2(1 − AUC): on the diagonal if weights are calibrated. */
export function acceptancePicture(figures: readonly AcceptanceFigures[]): string {
  return picture({
    width: 560,
    height: 560,
    marginLeft: 56,
    marginTop: 44,
    marginBottom: 42,
    x: { label: "2(1 − AUC) of held-out scores", labelAnchor: "center", domain: [0, 1], grid: true },
    y: { label: "acceptance rate of chains", domain: [0, 1], grid: true },
    marks: [
      line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: "#1f2328", strokeDasharray: "4,3" },
      ),
      dot(figures, {
        x: "byAuc",
        y: "measured",
        stroke: ({ calibrator }: AcceptanceFigures) => colours[calibrator][1],
        symbol: ({ discriminator }: AcceptanceFigures) =>
          discriminator.startsWith("Fashion")
            ? "square"
            : discriminator === "refitted"
              ? "triangle"
              : "circle",
        r: 4,
        strokeWidth: 1.5,
      }),
      ...legend([
        ...Object.values(colours).map(([label, colour]) => ({ label, colour })),
        { label: "○ own  △ refitted  □ images", colour: "#1f2328" },
      ]),
    ],
  });
}
