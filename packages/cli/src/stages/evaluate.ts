import type { BackendName } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import type { Features } from "@mhgan/metrics";
import { evaluateSamples, type SampleEvaluation } from "../evaluate-samples.ts";
import { greyImages } from "../grey-images.ts";
import { type Io, UsageError } from "../io.ts";
import { loadJudge } from "../judge.ts";
import { progress } from "../progress.ts";
import type { RunStages, StageOutcome, StageRecord } from "../run-stages.ts";
import { shippedJudge } from "../shipped.ts";
import { readDraws, setStage } from "./draw-set.ts";
import { type ImageSourceOptions, imageSourceOf, loadSourceImages } from "./train.ts";

/** Options of {@link evaluateStage}. */
export interface EvaluateStageOptions {
  /** Folder of `mhgan train-judge`. Default: the judge that comes with the package, if it is of the data set. */
  readonly judge?: string;
  /** Images compared, of each set and of the test images. Default: as many as there are of all. */
  readonly rows?: number;
  /** Folder with the data files. Default: where the Debian package or the cache has them, else they are downloaded. */
  readonly dataDir?: string;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether to begin anew, and to replace what is finished and what rests on it. */
  readonly force: boolean;
}

/** The file of a {@link SampleEvaluation}. */
export const EVALUATION = "evaluation.json";

/** Judges every set of a run against test images, by what a network sees that nothing was trained or chosen by. */
export async function evaluateStage(
  run: RunStages,
  options: EvaluateStageOptions,
  io: Io,
): Promise<StageOutcome> {
  const { rows, seed, force } = options;
  const train = await run.required("train", "mhgan train");
  const sets = await finishedSets(run);
  const names = Object.keys(sets);
  if (names.length === 0) {
    throw new UsageError(`${run.path} has no samples to judge yet: mhgan sample --help`);
  }
  const { dataset } = train.options as unknown as ImageSourceOptions;
  const folder = options.judge ?? shippedJudge(dataset);
  if (folder === undefined) {
    throw new UsageError(
      `--judge must be given for ${dataset}; make one: mhgan train-judge --dataset ${dataset} --out judge`,
    );
  }
  const { backend } = await useBackend(options.backend);
  const judge = await loadJudge(folder);
  try {
    if (judge.dataset !== dataset) {
      throw new UsageError(`the judge in ${folder} is of ${judge.dataset}, but the run is of ${dataset}`);
    }
    const stage = {
      name: "evaluate",
      options: { judge: judge.sha256, rows, seed, sets: names },
      inputs: ["train", ...names.map((name) => setStage(name))],
      // The same sets again are not judged twice; others are judged anew.
      force: force || (await isOfOtherSets(run, names)),
    };
    return await run.run(stage, async (writer) => {
      const from = imageSourceOf(train, options.dataDir);
      const { images } = (await loadSourceImages(from, "test", io)).images;
      const [count, height, width] = images.shape as [number, number, number];
      const real = { data: greyImages(images), shape: [count, height, width, 1] };
      const seen: Record<string, Features> = {};
      for (const [name, record] of Object.entries(sets)) {
        const { samples } = await readDraws(run, record, `draws/${name}/samples`);
        const { data, shape } = samples;
        seen[name] = await judge.look({ data: data as Float32Array, shape }, { signal: io.signal });
      }
      const reference = await judge.look(real, { signal: io.signal });
      let bar: ReturnType<typeof progress> | undefined;
      const evaluation = await evaluateSamples({
        real: reference,
        sets: seen,
        random: randomStream(seed).split("evaluate"),
        ...(rows !== undefined && { rows }),
        signal: io.signal,
        onProgress: ({ done, total }) => {
          bar ??= progress(io.stderr, "evaluate", total, "comparisons");
          bar.update(done);
        },
      });
      bar?.finish();
      await writer.write(EVALUATION, `${JSON.stringify(evaluation, null, 1)}\n`);
      return { ...evaluation, backend, judgeAccuracy: judge.testAccuracy };
    });
  } finally {
    judge.dispose();
  }
}

/** The sets of samples, plain ones first, by name. */
async function finishedSets(run: RunStages): Promise<Record<string, StageRecord>> {
  const { stages } = await run.read();
  const sets: [string, StageRecord][] = [];
  for (const stage of Object.keys(stages)) {
    const [, name] = /^sample:([^:]+)$/.exec(stage) ?? [];
    const record = name === undefined ? undefined : await run.stage(stage);
    if (record !== undefined) sets.push([name!, record]);
  }
  const isPlain = ([, { options }]: (typeof sets)[number]) => options["method"] === "none";
  return Object.fromEntries([...sets.filter(isPlain), ...sets.filter((set) => !isPlain(set))]);
}

async function isOfOtherSets(run: RunStages, names: readonly string[]): Promise<boolean> {
  const { stages } = await run.read();
  const old = stages["evaluate"];
  return old !== undefined && JSON.stringify(old.options["sets"]) !== JSON.stringify(names);
}

/** Reads what {@link evaluateStage} wrote. */
export async function readEvaluation(run: RunStages, record: StageRecord): Promise<SampleEvaluation> {
  return JSON.parse(new TextDecoder().decode(await run.file(record, EVALUATION)));
}
