import { readGolden } from "./read-golden.ts";

/** A curve of `metrics.json` and the errors reduced from it. */
export interface GoldenCurve {
  edges: number[];
  prob_true: number[];
  prob_pred: number[];
  count: number[];
  ece: number;
  rmsce: number;
  mce: number;
  ace: number;
}

/** The parts of a score, score = miscalibration − discrimination + uncertainty. */
export interface GoldenDecomposition {
  score: number;
  miscalibration: number;
  discrimination: number;
  uncertainty: number;
}

/** A case of `metrics.json`. */
export interface MetricsCase {
  name: string;
  p: number[];
  y: number[];
  expected: {
    calibration_curve: Record<string, GoldenCurve>;
    top_label_ece_15: number;
    left_closed_ece_10: number;
    equal_mass_15: { edges: number[]; l1: number; l2: number; l2_debiased: number };
    brier: number;
    log_loss_clip_eps: number;
    log_loss_unclipped: number;
    spiegelhalter_z: number;
    corp_brier: GoldenDecomposition;
    corp_log: GoldenDecomposition;
    roc_auc: number;
  };
}

/** What every comparison with `metrics.json` is held to. */
export const METRICS_TOLERANCE: { rel: number; abs: number } = { rel: 1e-12, abs: 1e-14 };

/** The cases of `metrics.json`. */
export function readMetrics(): MetricsCase[] {
  return readGolden<MetricsCase>("metrics.json");
}

/** Every curve of `metrics.json`, with the options that make it. */
export function readCurves(): {
  name: string;
  p: number[];
  y: number[];
  options: { strategy: "uniform" | "quantile"; bins: number };
  want: GoldenCurve;
}[] {
  return readMetrics().flatMap(({ name, p, y, expected }) =>
    Object.entries(expected.calibration_curve).map(([variant, want]) => {
      const [strategy, bins] = variant.split("_") as ["uniform" | "quantile", string];
      return { name: `${name}, ${variant}`, p, y, options: { strategy, bins: Number(bins) }, want };
    }),
  );
}
