import { describeDataset } from "@mhgan/datasets";
import type { CalibrationReport, SelectionReport } from "@mhgan/gan-core";
import { qualityNames, type SampleEvaluation, type SetQuality } from "../evaluate-samples.ts";
import { qualityColumns } from "../quality-columns.ts";
import { calibrationFile } from "../report/calibration-file.ts";
import type { ChainFigures } from "../report/chain-figures.ts";
import type { Evaluation, EvaluationRow } from "../report/evaluation.ts";
import { imageGrid } from "../report/image-grid.ts";
import { reportOf } from "../report/report.ts";
import type { CalibrationData, ReportData, SampleSet } from "../report/report-data.ts";
import type { SamplerFigures } from "../report/sampler-figures.ts";
import type { RunStages, StageOutcome, StageRecord } from "../run-stages.ts";
import type { Comparison } from "./compare.ts";
import { readDraws } from "./draw-set.ts";
import { readEvaluation } from "./evaluate.ts";
import { readHeldOut } from "./held-out.ts";
import { type CalibrationSettings, readScores } from "./stored-scores.ts";
import type { ImageSourceOptions } from "./train.ts";

/** Images in each row of the picture. */
const SHOWN = 15;
/** Rows that a set's own picture in the page is folded into. */
const FOLDED = 5;

/** Draws the picture and the report of all that is finished in a run. */
export async function reportStage(
  run: RunStages,
  { force }: { readonly force: boolean },
): Promise<StageOutcome> {
  const finished = await finishedStages(run);
  const inputs = Object.keys(finished);
  const stage = {
    name: "report",
    options: { of: inputs },
    inputs,
    force: force || (await isOlder(run, inputs)),
  };
  return run.run(stage, async (writer) => {
    const train = await run.required("train", "mhgan train");
    const data = await reportData(run, train, finished);
    const rows = data.rows;
    const [, height, width] = data.shape;
    const columns = Math.min(SHOWN, ...rows.map((row) => row.length / (height! * width!)));
    await writer.write("samples.png", imageGrid({ rows, columns, height: height!, width: width! }));
    const { report } = data.report.calibration ?? {};
    if (report) await writer.write("calibration.svg", calibrationFile(report.before, report.after));
    await writer.write("report.html", reportOf(data.report));
    return { summary: data.report.summary, sets: data.names };
  });
}

/** Everything that a report can show, by the names of its stages. */
async function finishedStages(run: RunStages): Promise<Record<string, StageRecord>> {
  const { stages } = await run.read();
  const finished: Record<string, StageRecord> = {};
  for (const name of Object.keys(stages)) {
    // Shards are shown when they are merged.
    if (name === "report" || /^sample:.*:/.test(name)) continue;
    const record = await run.stage(name);
    if (record !== undefined) finished[name] = record;
  }
  return finished;
}

/** Whether there is a report of fewer stages. */
async function isOlder(run: RunStages, inputs: readonly string[]): Promise<boolean> {
  const old = await run.stage("report");
  return old !== undefined && JSON.stringify(old.options["of"]) !== JSON.stringify(inputs);
}

interface Collected {
  readonly report: ReportData;
  /** Samples of the picture, real ones first. */
  readonly rows: readonly ArrayLike<number>[];
  readonly shape: readonly number[];
  readonly names: readonly string[];
}

async function reportData(
  run: RunStages,
  train: StageRecord,
  finished: Readonly<Record<string, StageRecord>>,
): Promise<Collected> {
  const { title } = describeDataset((train.options as unknown as ImageSourceOptions).dataset);
  const real = await readHeldOut(run, train);
  const [, height, width] = real.shape as [number, number, number];
  const pictureOf = (data: ArrayLike<number>, shape: readonly number[]): Uint8Array => {
    const size = height * width;
    const columns = Math.min(FOLDED, shape[0]!);
    const rows = Array.from({ length: Math.min(SHOWN, shape[0]!) / columns }, (_, row) =>
      Array.prototype.slice.call(data, row * columns * size, (row + 1) * columns * size),
    );
    return imageGrid({ rows, columns, height, width });
  };
  const sampleSets: SampleSet[] = [
    {
      name: "Real images",
      caption: "Held out: no training saw them.",
      kind: "real",
      content: { png: pictureOf(real.data, real.shape) },
    },
  ];
  const rows: ArrayLike<number>[] = [real.data];
  const names: string[] = [];
  const drawnBy = new Set<string>();
  const facts: [string, string][] = [
    ["training steps", Number(train.options["steps"]).toLocaleString("en")],
    ["seed", String(train.options["seed"])],
  ];
  for (const [stage, record] of Object.entries(finished)) {
    if (!stage.startsWith("sample:")) continue;
    const name = stage.slice("sample:".length);
    const { samples } = await readDraws(run, record, `draws/${name}/samples`);
    const { label, proposalsPerDraw, capOutRate } = record.result as Record<string, never>;
    const isPlain = record.options["method"] === "none";
    const cost = Number(proposalsPerDraw);
    sampleSets.push({
      name: isPlain ? "GAN" : name,
      caption: isPlain
        ? "Plain samples of the generator, as they come."
        : `${label}: ${cost.toFixed(1)} images generated for each draw${record.options["refit"] ? ", selected by the refitted critics" : ""}${Number(capOutRate) > 0 ? `; ${(100 * Number(capOutRate)).toFixed(1)} % never left their start` : ""}.`,
      kind: isPlain ? "gan" : "draws",
      content: { png: pictureOf(samples.data, samples.shape) },
    });
    rows.push(samples.data);
    names.push(name);
    if (!isPlain) {
      facts.push([`${name}: images a draw`, cost.toFixed(1)]);
      drawnBy.add(withoutRestart(String(label)));
    }
  }
  const { calibrate, refit } = finished;
  const compared = finished["compare"] ?? finished["compare:refit"];
  const comparison = compared && (await readComparison(run, compared));
  const evaluated = finished["evaluate"];
  const warnings = [
    ...((calibrate?.result["report"] as CalibrationReport | undefined)?.warnings ?? []),
    ...((refit?.result["report"] as CalibrationReport | undefined)?.warnings ?? []).map(
      (warning) => `Refitted critics: ${warning}`,
    ),
    ...((refit?.result["selection"] as SelectionReport | undefined)?.warnings ?? []).map(
      ({ message }) => `Refitted critics: ${message}`,
    ),
  ];
  const predicted = calibrate && (await readScores(run, calibrate, ""));
  const calibration: CalibrationData | undefined = predicted && {
    report: predicted.report,
    calibrator: (calibrate.result["settings"] as CalibrationSettings).calibrator,
    scores: { ...predicted.scores, output: (calibrate.result["settings"] as CalibrationSettings).output },
    logWeights: { real: predicted.realLogWeights, fake: predicted.pilotLogWeights },
  };
  const manifest = await run.read();
  return {
    rows,
    shape: real.shape,
    names,
    report: {
      title: `${title}: a GAN, improved after training`,
      summary: summaryOf(title, train, finished),
      sampleSets,
      ...(evaluated && { evaluation: evaluationTable(await readEvaluation(run, evaluated)) }),
      ...(calibration && { calibration }),
      ...(comparison && {
        chains: comparison.chains.map((chain): ChainFigures => chainFigures(chain, comparison)),
        samplers: comparison.samplers.map((sampler) => samplerFigures(sampler, drawnBy)),
      }),
      facts,
      warnings,
      manifest,
    },
  };
}

function summaryOf(
  title: string,
  train: StageRecord,
  finished: Readonly<Record<string, StageRecord>>,
): string {
  const steps = Number(train.options["steps"]).toLocaleString("en");
  const trained = `A least-squares GAN after ${steps} training steps on ${title}.`;
  const sets = Object.entries(finished).filter(
    ([name, { options }]) => name.startsWith("sample:") && options["method"] !== "none",
  );
  if (sets.length === 0) return trained;
  const costs = sets.map(
    ([name, { result }]) =>
      `${name.slice("sample:".length)} took ${Number(result["proposalsPerDraw"]).toFixed(1)} generated images a draw`,
  );
  return `${trained} No weight of the generator was changed to make its samples better: ${costs.join(", ")}.`;
}

async function readComparison(run: RunStages, record: StageRecord): Promise<Comparison> {
  const file = `${record.options["refit"] ? "refit/" : ""}compare.json`;
  return JSON.parse(new TextDecoder().decode(await run.file(record, file)));
}

function chainFigures(
  chain: Comparison["chains"][number],
  { predictedAcceptance }: Comparison,
): ChainFigures {
  const { chainLength, predictedTotalVariation, predictedCapOut, measured } = chain;
  return {
    chainLength,
    predictedTotalVariation,
    predictedAcceptance,
    predictedCapOut,
    ...(measured && { measuredTotalVariation: measured }),
  };
}

function samplerFigures(
  sampler: Comparison["samplers"][number],
  drawnBy: ReadonlySet<string>,
): SamplerFigures {
  const { name, cost, totalVariation, measured } = sampler;
  return {
    name,
    cost,
    totalVariation,
    chosen: drawnBy.has(withoutRestart(name)),
    ...(measured && { measuredTotalVariation: measured }),
  };
}

/** Chains that begin anew from the same proposals are not predicted: they are compared as those that do so from fresh ones. */
const withoutRestart = (label: string): string => label.replace(/ --restart \S+/, "");

function evaluationTable({ floor, sets, rows, neighbours }: SampleEvaluation): Evaluation {
  const row = ({ name, quality }: SetQuality, reference: boolean): EvaluationRow => ({
    name,
    reference,
    cells: qualityNames.map((measure) => {
      const { estimate, lower, upper } = quality[measure];
      return { value: estimate, low: lower, high: upper };
    }),
  });
  return {
    columns: qualityNames.map((measure) => qualityColumns[measure]),
    rows: [row({ ...floor, name: "real test images" }, true), ...sets.map((set) => row(set, false))],
    caption: `${rows.toLocaleString("en")} images of each set against as many test images, by the features of a classifier that no critic ever saw, with intervals of 95 %. Fréchet and kernel distance: how far the features are from those of real images. Precision and density: how many samples lie among real images; recall and coverage: how many real images lie among samples (${neighbours} neighbours).`,
  };
}
