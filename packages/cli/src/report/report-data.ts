import type { ScoreKind } from "@mhgan/calibration";
import type { CalibrationReport } from "@mhgan/gan-core";
import type { ChainFigures } from "./chain-figures.ts";
import type { Evaluation } from "./evaluation.ts";
import type { SamplerFigures } from "./sampler-figures.ts";

/** Samples to look at. */
export interface SampleSet {
  /** What the samples are called. */
  readonly name: string;
  /** What to see in them. */
  readonly caption: string;
  /** Where they come from, which decides their colour. */
  readonly kind: "real" | "gan" | "draws";
  /** A picture of images, or points of the plane. */
  readonly content:
    | {
        /** The bytes of a PNG file. */
        readonly png: Uint8Array;
      }
    | {
        /** Row-major: x, y, x, y, … */
        readonly points: ArrayLike<number>;
        /** Both axes span from −extent to extent. */
        readonly extent: number;
      };
}

/** Numbers of real and of generated samples. */
export interface RealAndFake {
  /** Of real samples. */
  readonly real: ArrayLike<number>;
  /** Of generated samples. */
  readonly fake: ArrayLike<number>;
}

/** How a discriminator was calibrated. */
export interface CalibrationData {
  /** What calibration did, measured on held-out scores. */
  readonly report: CalibrationReport;
  /** Name of the calibrator. */
  readonly calibrator: string;
  /** Raw scores of held-out real and of fresh generated samples. */
  readonly scores?: RealAndFake & {
    /** What the scores say. */
    readonly output: ScoreKind;
  };
  /** log p/q of the same. */
  readonly logWeights?: RealAndFake;
}

/** All that a report shows. What is left out, or empty, is not shown: a run that is half done has a report too. */
export interface ReportData {
  /** What the report is about. */
  readonly title: string;
  /** One or two sentences of what came out. */
  readonly summary: string;
  /** Real samples first. */
  readonly sampleSets?: readonly SampleSet[];
  /** How good the samples are, by some measures. */
  readonly evaluation?: Evaluation;
  /** How the discriminator was calibrated. */
  readonly calibration?: CalibrationData;
  /** By chain length, ascending. */
  readonly chains?: readonly ChainFigures[];
  /** Samplers to compare by cost and quality. */
  readonly samplers?: readonly SamplerFigures[];
  /** Name and value of what is good to know of the run. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  /** What makes the results doubtful, in sentences. */
  readonly warnings?: readonly string[];
  /** The run's record, as JSON. */
  readonly manifest: object;
}
