import { open } from "node:fs/promises";
import { csvColumns, jsonlNumbers, type NpyArray, npyRows, parseNpz } from "@mhgan/datasets";
import { csvDialect } from "./csv-dialect.ts";
import { firstLine } from "./first-line.ts";
import { type Io, UsageError } from "./io.ts";

/** The formats that scores are read from. */
export const scoreFormats = ["csv", "npy", "npz", "jsonl"] as const;
export type ScoreFormat = (typeof scoreFormats)[number];

/** Which scores of a file are meant. */
export interface ReadScoresOptions {
  /** The format of what is read from standard input, and of files whose names do not say it. */
  readonly format?: ScoreFormat | undefined;
  /** The column of a CSV file, by name or number from 0; the key in JSON lines; the name of an array in an NPZ file. */
  readonly column?: string | undefined;
  /** Whether the first line of a CSV file holds names. Default: it does if it holds anything but numbers. */
  readonly header?: boolean | undefined;
}

/** Scores, and where they are from. */
export interface ScoreFile {
  /** The path as it was given, or `standard input`. */
  readonly source: string;
  readonly format: ScoreFormat;
  /** Finite, at least one. */
  readonly scores: Float64Array;
}

/**
 * The format of a file by its name, or the one that is given for names that do not say it.
 *
 * @throws {UsageError} if neither says it.
 */
export function scoreFormatOf(path: string, format: ScoreFormat | undefined): ScoreFormat {
  const ending = path === "-" ? undefined : /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  const named = ending === "tsv" ? "csv" : scoreFormats.find((known) => known === ending);
  if (named ?? format) return (named ?? format)!;
  const what = path === "-" ? "standard input has no name" : `the name of ${path} does not say its format`;
  throw new UsageError(`${what}: give --format ${scoreFormats.join(", --format ")}`);
}

/**
 * Reads the scores of a discriminator from a file, or from standard input if the path is `-`, in memory that is bounded by the scores.
 *
 * @throws {UsageError} if neither the name nor the options say the format, or the options do not say which column is meant.
 * @throws {Error} naming the file, and the line or index, if it is missing, unreadable, empty, damaged, of another shape than [n] or
 * [n, 1], or holds anything but finite numbers.
 */
export async function readScores(path: string, options: ReadScoresOptions, io: Io): Promise<ScoreFile> {
  const format = scoreFormatOf(path, options.format);
  const source = path === "-" ? "standard input" : path;
  const file = path === "-" ? undefined : fileChunks(path, io.signal);
  const chunks = file ?? standardInput(io);
  let scores: Float64Array;
  try {
    scores = await readers[format](chunks, source, options);
  } catch (error) {
    io.signal.throwIfAborted();
    // What a parser says of its argument, said of the file.
    const parsed = /^\w+: (?:chunks|bytes) ([\s\S]*)/.exec((error as Error).message)?.[1];
    throw parsed === undefined ? error : new Error(`${source} ${parsed}`, { cause: error });
  } finally {
    await file?.return(undefined); // closes a file of which only the beginning was looked at
  }
  if (scores.length === 0) throw new Error(`${source} holds no score`);
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad !== -1) throw new Error(`${source} must hold finite scores, got ${scores[bad]} at index ${bad}`);
  return { source, format, scores };
}

type Chunks = AsyncIterable<Uint8Array>;
type ReadFormat = (chunks: Chunks, source: string, options: ReadScoresOptions) => Promise<Float64Array>;

const readers: Readonly<Record<ScoreFormat, ReadFormat>> = {
  csv: async (given, source, { column, header }) => {
    const { line, isEmpty, chunks } = await firstLine(given);
    if (isEmpty) return new Float64Array(0);
    const { separator, fields, header: looksLikeHeader } = csvDialect(line);
    const isHeader = header ?? looksLikeHeader;
    if (isHeader === undefined) {
      throw new UsageError(
        `the first line of ${source}, ${shown(line)}, may be scores or the names of columns: say --no-header or --header`,
      );
    }
    const names = isHeader ? ` (${shown(fields.join(", "))})` : "";
    if (column === undefined && fields.length > 1) {
      throw new UsageError(
        `${source} has ${fields.length} columns${names}: say with --column which holds the scores`,
      );
    }
    const byName = isHeader && column !== undefined && fields.includes(column);
    const place = byName ? column : column === undefined ? 0 : /^\d+$/.test(column) ? Number(column) : -1;
    if (typeof place === "number" && !(place >= 0 && place < fields.length)) {
      throw new UsageError(
        `--column must be ${isHeader ? `a name${names} or ` : ""}a number from 0 to ${fields.length - 1} for ${source}, got ${shown(column!)}`,
      );
    }
    const table = await csvColumns(chunks, { columns: [place], header: isHeader, separator, finite: true });
    return table.columns[0] ?? new Float64Array(0);
  },

  jsonl: async (given, source, { column }) => {
    const { line, chunks } = await firstLine(given);
    const keys = keysOf(line);
    if (keys === undefined) {
      if (column === undefined) return jsonlNumbers(chunks);
      return jsonlNumbers(chunks, { key: column });
    }
    const key = column ?? (keys.length === 1 ? keys[0]! : undefined);
    if (key === undefined || !keys.includes(key)) {
      throw new UsageError(
        `--column must be a key of the objects in ${source} (${shown(keys.join(", "))}), got ${column === undefined ? "none" : shown(column)}`,
      );
    }
    return jsonlNumbers(chunks, { key });
  },

  npy: async (chunks, source) => {
    const blocks: Float64Array[] = [];
    for await (const block of npyRows(chunks, { rows: 2 ** 16 })) blocks.push(numbersOf(block, source));
    const scores = new Float64Array(blocks.reduce((sum, { length }) => sum + length, 0));
    let filled = 0;
    for (const block of blocks) {
      scores.set(block, filled);
      filled += block.length;
    }
    return scores;
  },

  npz: async (chunks, source, { column }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of chunks) pieces.push(piece);
    if (pieces.length === 0) return new Float64Array(0);
    const arrays = await parseNpz(Buffer.concat(pieces));
    const names = [...arrays.keys()];
    const name = column ?? (names.length === 1 ? names[0]! : undefined);
    const array = name === undefined ? undefined : arrays.get(name);
    if (array === undefined) {
      throw new UsageError(
        `--column must be the name of an array in ${source} (${shown(names.join(", "))}), got ${column === undefined ? "none" : shown(column)}`,
      );
    }
    return numbersOf(array, `${name} in ${source}`);
  },
};

/** The numbers of an array of shape [n] or [n, 1]. */
function numbersOf({ dtype, shape, data }: NpyArray, source: string): Float64Array {
  if (shape.length === 0 || shape.length > 2 || (shape[1] ?? 1) !== 1) {
    const rows = shape.slice(1).join(", ");
    throw new Error(
      `${source} must be of shape [n] or [n, 1], got [${shape.length === 0 ? "" : `n, ${rows}`}]: save the scores alone`,
    );
  }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array || /bool|complex/.test(dtype)) {
    throw new Error(
      `${source} must hold floating-point numbers, got ${dtype}: save them with scores.astype(float)`,
    );
  }
  return Float64Array.from(data);
}

/** The keys of an object in JSON; undefined if the line is none. */
function keysOf(line: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.keys(value)
      : undefined;
  } catch {
    return undefined; // the reader says what is wrong, and where
  }
}

function standardInput({ stdin }: Io): Chunks {
  if (stdin === undefined) throw new UsageError("nothing is piped in, so - cannot be read");
  return stdin;
}

async function* fileChunks(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    if ((await file.stat()).isDirectory()) throw new Error(`could not read ${path}: it is a folder`);
    const stream = file.createReadStream({ highWaterMark: 2 ** 18, signal, autoClose: false });
    try {
      yield* stream;
    } catch (cause) {
      throw unreadable(path, cause);
    }
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code === "ENOENT" ? "there is no such file" : message;
  return new Error(`could not read ${path}: ${reason}`, { cause });
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text).slice(1, -1);
}
