import type { CalibratorJSON } from "../calibrator.ts";
import { readFinite, readObject, readRecord } from "../json-checks.ts";
import { checkClip, checkInput, DEFAULT_CLIP, type ScoreKind } from "../score-kind.ts";

/** How a calibrator makes logits of scores. */
export interface ScoreReading {
  /** What the scores say. */
  readonly input: ScoreKind;
  /** Probabilities are clipped to [clip, 1 − clip], not at all if it is 0; `undefined` unless `input` is `"probability"`. */
  readonly clip: number | undefined;
}

/** The JSON form of what starts every calibrator that is a formula of the logit. */
export interface ScoreReadingJSON extends CalibratorJSON {
  /** What the scores are. */
  readonly input: ScoreKind;
  /** Present where `input` is `"probability"`, and only there. */
  readonly clip?: number;
}

/** Reads `input`, which must be one of those allowed, and `clip` out of a caller's options. */
export function scoreReading(
  caller: string,
  options: { readonly input?: ScoreKind | undefined; readonly clip?: number | undefined } | undefined,
  allowed: readonly ScoreKind[],
  defaultClip: number = DEFAULT_CLIP,
): ScoreReading {
  checkInput(caller, options?.input, allowed);
  const input = options?.input as ScoreKind;
  checkClip(caller, options?.clip, input);
  return { input, clip: input === "probability" ? (options?.clip ?? defaultClip) : undefined };
}

/** The fields of {@link ScoreReadingJSON} that say how scores are read. */
export function readingToJSON({ input, clip }: ScoreReading): { input: ScoreKind; clip?: number } {
  return clip === undefined ? { input } : { input, clip };
}

/**
 * A record with the keys of {@link ScoreReadingJSON} and those given, and the reading it holds. `noClip` is the number that may stand
 * for no clip.
 */
export function readReading<Key extends string>(
  caller: string,
  json: unknown,
  allowed: readonly ScoreKind[],
  keys: readonly Key[],
  noClip?: number,
): { record: Readonly<Record<Key | "kind", unknown>>; reading: ScoreReading } {
  const clipped = readObject(caller, json)["input"] === "probability";
  const record = readRecord(caller, json, [
    "version",
    "kind",
    "input",
    ...(clipped ? ["clip" as const] : []),
    ...keys,
  ]);
  checkInput(caller, record.input, allowed);
  const input = record.input as ScoreKind;
  if (!clipped) return { record, reading: { input, clip: undefined } };
  const clip = readFinite(caller, "clip", record.clip);
  if (clip !== noClip) checkClip(caller, clip, input);
  return { record, reading: { input, clip } };
}
