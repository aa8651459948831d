import type * as Calibration from "@mhgan/calibration";
import type * as Mcmc from "@mhgan/mcmc";
import type * as Diagnostics from "@mhgan/mcmc/diagnostics";
import type * as Predictions from "@mhgan/mcmc/predictions";
import type * as Metrics from "@mhgan/metrics";

/** The packages that promise to run anywhere, however they were imported. */
export interface Packages {
  readonly mcmc: typeof Mcmc;
  readonly diagnostics: typeof Diagnostics;
  readonly predictions: typeof Predictions;
  readonly calibration: typeof Calibration;
  readonly metrics: typeof Metrics;
}

/** Numbers bit by bit, 16 hexadecimal digits each: JSON has no −0, infinities or NaN. */
function bits(numbers: Iterable<number>): string[] {
  const view = new DataView(new ArrayBuffer(8));
  return Array.from(numbers, (number) => {
    view.setFloat64(0, number);
    return view.getBigUint64(0).toString(16).padStart(16, "0");
  });
}

/** Results by name, as `bits` gives them. */
export interface Results {
  /** What arithmetic, square roots, comparisons and integer operations lead to: the same bits in every engine. */
  readonly exact: Record<string, string[]>;
  /** What logarithms and exponentials lead to: engines are free to round these as they like. */
  readonly rounded: Record<string, string[]>;
}

/**
 * Results of the packages that follow from fixed seeds. It is sent as it is to Node, to a page and to workers, so it may use
 * nothing but the language and its argument.
 */
export function probe({ mcmc, diagnostics, predictions, calibration, metrics }: Packages): Results {
  const { randomStream } = mcmc;
  const seeded = randomStream("anywhere");
  const uniforms = (name: string, length: number): Float64Array => {
    const random = seeded.split(name);
    return Float64Array.from({ length }, () => random());
  };

  const sampler = mcmc.independenceSampler({
    propose: (random) => random(),
    logWeight: (x: number) => -8 * (x - 0.5) * (x - 0.5),
  });
  const chains = 4;
  const length = 500;
  const draws = new Float64Array(chains * length);
  const acceptanceProbabilities: number[] = [];
  for (let chain = 0; chain < chains; chain++) {
    const random = seeded.split(chain);
    let state = sampler.init(random());
    for (let t = 0; t < length; t++) {
      const step = sampler.step(state, random.split(t));
      state = step.state;
      draws[chain * length + t] = state.position;
      acceptanceProbabilities.push(step.info.acceptanceProbability);
    }
  }

  const logWeights = uniforms("log weights", 400).map((u) => 6 * u - 4);
  const picks = Array.from({ length: 50 }, (_, k) => {
    const forward = mcmc.selectMetropolisHastings(logWeights, { random: randomStream(k) });
    const backward = mcmc.selectBackward(logWeights, { random: randomStream(k) });
    return [forward.picked, forward.acceptCount, backward.picked, backward.proposalsUsed];
  });
  const prediction = predictions.predictSelection(logWeights);
  const { rHat, bulk, folded } = diagnostics.splitRHat(draws, { chains });
  const summary = diagnostics
    .summarize(draws, { chains })
    .flatMap(({ name: _, ...figures }) => Object.values(figures));

  // Those of a discriminator that is better than nothing: of 500 real samples, then of 500 generated ones.
  const scores = uniforms("scores", 1000).map((u, i) => 4 * u - (i < 500 ? 1 : 3));
  const labels = Uint8Array.from(scores, (_, i) => (i < 500 ? 1 : 0));
  const isotonic = calibration.fitIsotonic(scores, labels);
  const platt = calibration.fitPlatt(scores, labels);
  const claimed = scores.map((score) => (score + 3) / 6);
  const curve = calibration.reliabilityCurve(claimed, labels);
  const { z, pValue } = calibration.calibrationZ(claimed, labels);
  const quality = metrics.modeMetrics(draws, { modes: [0, 0.5, 1], modeSd: 0.05, dimensions: 1 });

  return {
    exact: {
      uniforms: bits(uniforms("uniforms", 200)),
      shuffled: bits(
        mcmc.shuffle(
          seeded.split("shuffled"),
          Uint8Array.from({ length: 100 }, (_, i) => i),
        ),
      ),
      draws: bits(draws),
      picks: bits(picks.flat()),
      isotonic: bits(isotonic.predict(scores)),
      rocAuc: bits([calibration.rocAuc(scores, labels)]),
      modes: bits([...quality.counts, quality.unassigned, quality.withinModeSd]),
    },
    rounded: {
      normals: bits(uniforms("normals", 200).map((u) => mcmc.normal(() => u))),
      acceptanceProbabilities: bits(acceptanceProbabilities),
      prediction: bits([
        prediction.logMeanWeight,
        prediction.maximumWeight,
        prediction.acceptanceRate,
        prediction.capOut(20),
        prediction.totalVariation(20, "proposal"),
      ]),
      splitRHat: bits([rHat, bulk, folded]),
      summary: bits(summary),
      logOdds: bits([...isotonic.logOdds(scores), ...platt.logOdds(scores)]),
      reliability: bits([calibration.expectedCalibrationError(curve), z, pValue]),
      divergence: bits([
        quality.jensenShannon,
        metrics.jensenShannonDivergence([0.2, 0.3, 0.5], [0.5, 0.25, 0.25]),
      ]),
    },
  };
}
