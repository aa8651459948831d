import { acceptancePlot } from "./acceptance-plot.ts";
import { calibrationChecksTable } from "./calibration-checks.ts";
import { type CalibrationStage, calibrationBins, calibrationPlot, shapes } from "./calibration-plot.ts";
import type { ChainFigures } from "./chain-figures.ts";
import { costQualityPlot } from "./cost-quality-plot.ts";
import { evaluationTable } from "./evaluation-table.ts";
import { figure, figures } from "./figure.ts";
import { formatFixed, formatNumber, formatPercent } from "./format-number.ts";
import { type HistogramSeries, histogramPlot, histogramSwatches } from "./histogram-plot.ts";
import { htmlTable } from "./html-table.ts";
import type { Interval } from "./interval.ts";
import type { LegendItem } from "./legend.ts";
import { marker, whisker } from "./markers.ts";
import { pngImage } from "./png-image.ts";
import { readableJson } from "./readable-json.ts";
import type { CalibrationData, RealAndFake, ReportData, SampleSet } from "./report-data.ts";
import { type ReportSection, reportPage } from "./report-page.ts";
import { costQualityFront, type SamplerFigures } from "./sampler-figures.ts";
import { scatterPlot } from "./scatter-plot.ts";
import { escapeText } from "./svg.ts";
import { totalVariationPlot } from "./total-variation-plot.ts";

/**
 * The report of a run as one HTML file: what came out, how far it can be trusted, and what it cost.
 *
 * @param data - what is to be shown.
 * @returns A page that needs no network and runs no script.
 * @throws {RangeError} if a number is NaN or out of range; the message says which.
 */
export function reportOf(data: ReportData): string {
  const { title, summary, facts = [], warnings = [] } = data;
  return reportPage({ title, summary, facts, warnings, sections: sectionsOf(data) });
}

function sectionsOf(data: ReportData): ReportSection[] {
  const { sampleSets = [], evaluation, calibration, chains = [], samplers = [], manifest } = data;
  const sections: ReportSection[] = [];
  const add = (id: string, title: string, html: string) => sections.push({ id, title, html });
  if (sampleSets.length > 0) add("samples", "Samples", samplesOf(sampleSets));
  if (evaluation && evaluation.rows.length > 0) add("quality", "Quality", evaluationTable(evaluation));
  if (calibration) {
    add("calibration", "Calibration", calibrationOf(calibration));
    if (calibration.scores || calibration.logWeights)
      add("scores", "Scores and weights", scoresOf(calibration));
  }
  if (chains.length > 0) add("chains", "Chains", chainsOf(chains));
  if (samplers.length > 0) add("samplers", "Samplers", samplersOf(samplers));
  add("record", "Record of the run", recordOf(manifest));
  return sections;
}

function samplesOf(sets: readonly SampleSet[]): string {
  const shown = sets.map(({ name, caption, kind, content }, i) => {
    const id = `samples-${i + 1}`;
    const picture =
      "png" in content
        ? pngImage(content.png, `${name}. ${caption}`)
        : scatterPlot({
            id: `${id}-plot`,
            title: name,
            className: kind,
            points: content.points,
            extent: content.extent,
          });
    return figure({ id, title: name, content: picture, caption, className: `kind-${kind}` });
  });
  return figures(shown, { columns: 3 });
}

function calibrationOf({ report, calibrator }: CalibrationData): string {
  const count = (side: { readonly real: number; readonly fake: number }) =>
    (side.real + side.fake).toLocaleString("en");
  const panel = (stage: CalibrationStage, title: string, caption: string, bad?: string) => {
    const bins = calibrationBins(report[stage]);
    return figure({
      id: `calibration-${stage}`,
      title: `${title}: Z = ${formatFixed(report[stage].z, 2)}`,
      content: calibrationPlot({ id: `calibration-${stage}-plot`, title, stage, reliability: report[stage] }),
      legend: [
        {
          label: "observed, with its 95 % interval",
          className: stage,
          swatch: `<rect class="band" y="2" width="28" height="12"/>${whisker(14, 15, 1)}${marker(shapes[stage], 14, 8)}`,
        },
        {
          label: "a probability that means what it says",
          className: "",
          swatch: '<path class="diagonal" d="M1 8H27"/>',
        },
      ],
      caption,
      ...(bad === undefined ? {} : { bad }),
      table: htmlTable({
        caption: title,
        header: ["predicted", "observed", "95 % interval", "samples"],
        rows: bins.map(({ predicted, observed, low, high, count: samples }) => [
          formatPercent(predicted),
          formatPercent(observed),
          `${formatPercent(low)} to ${formatPercent(high)}`,
          formatNumber(samples, 6),
        ]),
      }),
    });
  };
  return (
    `<p class="lead">Does the discriminator mean what it says? Its scores, read as probabilities, against how many of ${count(report.evaluatedOn)} held-out samples are real.</p>` +
    figures([
      panel(
        "before",
        "Before calibration",
        "The raw scores as they are. Discriminators are trained to win, not to be right, so points far from the dashed line are the rule here.",
      ),
      panel(
        "after",
        `After calibration (${calibrator})`,
        "The same samples with calibrated scores. The dashed line should run through the band.",
        "many bins whose interval misses the line. Then the weights are wrong, and so are the draws.",
      ),
    ]) +
    calibrationChecksTable(report)
  );
}

function scoresOf({ scores, logWeights }: CalibrationData): string {
  const shown: string[] = [];
  const add = (
    id: string,
    title: string,
    xTitle: string,
    series: readonly HistogramSeries[],
    caption: string,
    bad: string,
    marked?: { value: number; label: string },
  ) => {
    const plot = histogramPlot({ id: `${id}-plot`, title, xTitle, series, ...(marked && { marked }) });
    shown.push(
      figure({
        id,
        title,
        content: plot.svg,
        legend: series.map(({ name, className, look }) => ({
          label: name,
          className,
          swatch: histogramSwatches[look],
        })),
        caption: plot.beyond === "" ? caption : `${caption} ${plot.beyond}`,
        bad,
        table: plot.table,
      }),
    );
  };
  const bothOf = ({ real, fake }: RealAndFake): HistogramSeries[] => [
    { name: "real", className: "real", look: "filled", values: real },
    { name: "generated", className: "gan", look: "dashed", values: fake },
  ];
  if (scores) {
    const kind = { probability: "score (a probability)", logit: "score (a logit)", unbounded: "score" }[
      scores.output
    ];
    add(
      "scores-raw",
      "Raw scores of the discriminator",
      kind,
      bothOf(scores),
      "Where the two overlap, the discriminator cannot tell; where they part, it knows something that selection can use.",
      "two heaps that do not touch: the discriminator goes by artifacts, and hardly a generated sample can be picked. Or two that are one: it knows nothing.",
    );
  }
  if (logWeights) {
    const weights = Float64Array.from(logWeights.fake, Math.exp);
    const reweighted: HistogramSeries = {
      name: "generated, each counted p/q times, ± 2 standard errors",
      className: "draws",
      look: "dots",
      values: logWeights.fake,
      weights,
    };
    // An infinite weight would take all of a bin; it is counted beyond the axis instead.
    const canWeigh = weights.every((weight) => Number.isFinite(weight));
    add(
      "log-weights",
      "Log weights after calibration",
      "log p(x)/q(x)",
      [...bothOf(logWeights), ...(canWeigh ? [reweighted] : [])],
      "The check that needs no diagram of probabilities: generated samples, counted by their weights, are to fall like the real ones, so dots should lie on the solid outline. Right of 0 real samples are the more frequent, left of 0 generated ones.",
      "dots far off the outline, or a bar of generated samples far to the right: a few proposals that all chains end at.",
      { value: 0, label: "as real as generated" },
    );
  }
  return figures(shown);
}

const lineSwatch = (className: string, point: string) =>
  `<path class="line ${className}" d="M0 8H28"/>${point}`;

function chainsOf(chains: readonly ChainFigures[]): string {
  const hasMeasured = chains.some(({ measuredTotalVariation }) => measuredTotalVariation);
  const predicted: LegendItem = {
    label: "predicted from held-out weights",
    className: "draws",
    swatch: lineSwatch("", marker("circle", 14, 8, { area: 40 })),
  };
  const measured: LegendItem = {
    label: "measured, with its interval",
    className: "gan",
    swatch: whisker(14, 15, 1) + marker("diamond", 14, 8, { area: 60, className: "hollow" }),
  };
  const shown = [
    figure({
      id: "chains-distance",
      title: "How close draws come to the data, by chain length",
      content: totalVariationPlot("chains-distance-plot", chains),
      legend: hasMeasured ? [predicted, measured] : [predicted],
      caption:
        "Total variation: 0 if draws follow the law of the data as far as the weights can tell it, 1 if they share nothing. It falls as chains grow." +
        (hasMeasured ? " Measured, it levels off where chance among the draws does." : ""),
      bad: "a line that lies flat and high: a few heavy proposals freeze the chains, and longer ones will not help soon. Or measured points well off the line.",
      table: htmlTable({
        caption: "Total variation by chain length",
        header: ["K", "predicted", ...(hasMeasured ? ["measured", "interval"] : [])],
        rows: chains.map(({ chainLength, predictedTotalVariation, measuredTotalVariation: found }) => [
          chainLength.toLocaleString("en"),
          formatNumber(predictedTotalVariation),
          ...(hasMeasured ? [found ? formatNumber(found.value) : "–", span(found, formatNumber)] : []),
        ]),
      }),
    }),
  ];
  const hasRates = chains.some((chain) =>
    [chain.predictedAcceptance, chain.measuredAcceptance, chain.predictedCapOut, chain.measuredCapOut].some(
      (rate) => rate !== undefined,
    ),
  );
  if (hasRates) {
    const isMeasured = chains.some(
      ({ measuredAcceptance, measuredCapOut }) => measuredAcceptance || measuredCapOut,
    );
    shown.push(
      figure({
        id: "chains-rates",
        title: "Acceptance and cap-out, by chain length",
        content: acceptancePlot("chains-rates-plot", chains),
        legend: [
          {
            label: "acceptance rate",
            className: "draws",
            swatch: lineSwatch("", marker("circle", 14, 8, { area: 40 })),
          },
          {
            label: "chains that never left their start",
            className: "gan",
            swatch: lineSwatch("dashed", marker("square", 14, 8, { area: 40 })),
          },
          ...(isMeasured
            ? [
                {
                  label: "hollow: measured",
                  className: "",
                  swatch: marker("circle", 14, 8, { area: 74, className: "hollow" }),
                },
              ]
            : []),
        ],
        caption:
          "How often a proposal is taken, and how many chains see all K proposals and take none. Cap-out should be near 0 at the length that is used.",
        bad: "cap-out that stays high: then draws are mostly those of second chains. An acceptance rate near 0: nearly all that is generated is thrown away.",
        table: htmlTable({
          caption: "Acceptance and cap-out by chain length",
          header: [
            "K",
            "acceptance",
            ...(isMeasured ? ["measured"] : []),
            "cap-out",
            ...(isMeasured ? ["measured"] : []),
          ],
          rows: chains.map((chain) => [
            chain.chainLength.toLocaleString("en"),
            rate(chain.predictedAcceptance),
            ...(isMeasured ? [withSpan(chain.measuredAcceptance)] : []),
            rate(chain.predictedCapOut),
            ...(isMeasured ? [withSpan(chain.measuredCapOut)] : []),
          ]),
        }),
      }),
    );
  }
  return figures(shown);
}

const rate = (share: number | undefined): string => (share === undefined ? "–" : formatPercent(share, 2));
const span = (interval: Interval | undefined, format: (value: number) => string): string =>
  interval ? `${format(interval.low)} to ${format(interval.high)}` : "–";
const withSpan = (interval: Interval | undefined): string =>
  interval ? `${rate(interval.value)} (${span(interval, (share) => formatPercent(share, 2))})` : "–";

function samplersOf(samplers: readonly SamplerFigures[]): string {
  const hasMeasured = samplers.some(({ measuredTotalVariation }) => measuredTotalVariation);
  const front = costQualityFront(samplers);
  const chosen = samplers.some((sampler) => sampler.chosen);
  const items: LegendItem[] = [
    {
      label: "no other is both cheaper and closer",
      className: "draws",
      swatch: lineSwatch("front", marker("circle", 14, 8, { area: 60 })),
    },
    {
      label: "beaten by another",
      className: "draws",
      swatch: marker("circle", 14, 8, { area: 55, className: "hollow" }),
    },
    ...(chosen
      ? [{ label: "this run", className: "draws", swatch: marker("star", 14, 8, { area: 130 }) }]
      : []),
    ...(hasMeasured
      ? [
          {
            label: "measured, with its interval",
            className: "draws",
            swatch: whisker(14, 15, 1) + marker("diamond", 14, 8, { area: 50, className: "hollow" }),
          },
        ]
      : []),
  ];
  const unending = samplers.filter(({ cost }) => !Number.isFinite(cost)).map(({ name }) => name);
  const rows = [...samplers]
    .sort((a, b) => a.cost - b.cost)
    .map((sampler) => [
      sampler.chosen ? `${sampler.name} (this run)` : sampler.name,
      formatNumber(sampler.cost),
      formatNumber(sampler.totalVariation),
      ...(hasMeasured
        ? [
            sampler.measuredTotalVariation
              ? `${formatNumber(sampler.measuredTotalVariation.value)} (${span(sampler.measuredTotalVariation, formatNumber)})`
              : "–",
          ]
        : []),
      front.includes(sampler) ? "no" : "yes",
    ]);
  return figures([
    figure({
      id: "samplers-cost",
      title: "What a draw costs, and how close it comes",
      className: "wide",
      content:
        `<div class="wide-only">${costQualityPlot("samplers-cost-wide", samplers, "wide")}</div>` +
        `<div class="narrow-only">${costQualityPlot("samplers-cost-narrow", samplers, "narrow")}</div>`,
      legend: items,
      caption: `Each point is a sampler, predicted from held-out weights: proposals that a draw takes on average, and the total variation that is left. Further down and further left is better. A point without room for its name says it under the pointer, and in the numbers.${unending.length > 0 ? ` Not drawn, for they do not end: ${unending.join(", ")}.` : ""}`,
      bad: "a star far above the stepped line: another sampler gives better draws at the same price.",
      table: htmlTable({
        caption: "Samplers by cost",
        header: [
          "sampler",
          "proposals a draw",
          "total variation",
          ...(hasMeasured ? ["measured"] : []),
          "beaten?",
        ],
        rows,
      }),
    }),
  ]);
}

function recordOf(manifest: object): string {
  return `<p class="lead">All that is needed to make this run again, as in its <code>run.json</code>.</p><details class="record"><summary>Show the record</summary><pre id="manifest" tabindex="0">${escapeText(readableJson(manifest))}</pre></details>`;
}
