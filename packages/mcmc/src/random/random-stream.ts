import { requireCount } from "../requirements.ts";
import { threefry2x32 } from "./threefry.ts";

/**
 * A reproducible source of uniform random numbers in [0, 1) that can be split by number or by name.
 *
 * Calling it gives the next 53-bit value. Streams split off under different names are statistically independent, and
 * what a stream gives depends on its seed, the path of splits and its position alone: never on what other streams did.
 */
export interface RandomStream {
  (): number;
  /** The child stream of this name. Splitting does not advance the stream; the same name gives the same child. */
  split(name: number | string): RandomStream;
  /** How many values have been drawn: the number of the next value. */
  readonly position: number;
  /** Rewinds or skips to a position: any safe integer from 0. O(1). */
  seek(position: number): void;
  /** A plain copy of the state, for `randomStreamFromJSON`. */
  toJSON(): RandomStreamJSON;
}

/** The state of a {@link RandomStream} as plain data. */
export interface RandomStreamJSON {
  /** The algorithm: Threefry on two 32-bit words, 20 rounds. */
  readonly kind: "threefry2x32-20";
  /** The version of this form. */
  readonly version: 1;
  /** Two unsigned 32-bit words. */
  readonly key: readonly [number, number];
  /** How many numbers the stream has given. */
  readonly position: number;
}

// The top bits of the second counter word say what a block is for, so that values and splits never share a block.
const SPLIT_BY_NUMBER = 0x80000000;
const SPLIT_BY_NAME = 0x40000000;
const NAME_LENGTH = 0x60000000;
const TWO_32 = 2 ** 32;
const block = new Int32Array(2);

/**
 * Makes a random stream from a seed.
 *
 * @param seed - a safe integer from 0, or any string.
 * @throws {RangeError} if a numeric seed is negative, fractional or too large.
 * @see Salmon et al. (SC 2011): Threefry-2x32-20, one block for each value.
 * @example
 * ```ts
 * import { randomStream } from "@mhgan/mcmc";
 * const random = randomStream(1);
 * random() < 1; // => true
 * random.split("chains").split(7)() === randomStream(1).split("chains").split(7)(); // => true
 * ```
 */
export function randomStream(seed: number | string): RandomStream {
  if (typeof seed === "string") {
    nameKey(0, 0, seed);
    return streamOf(block[0]!, block[1]!, 0);
  }
  requireCount("randomStream", "seed", seed);
  return streamOf(seed | 0, (seed / TWO_32) | 0, 0);
}

/**
 * Brings back a stream from its JSON state, at the same position.
 *
 * @param json - what `toJSON` of a stream gave, through `JSON.parse` or not; checked.
 * @throws {TypeError} if the value is not such a state.
 * @example
 * ```ts
 * import { randomStream, randomStreamFromJSON } from "@mhgan/mcmc";
 * const random = randomStream("a run");
 * random();
 * const copy = randomStreamFromJSON(JSON.parse(JSON.stringify(random)));
 * copy() === random(); // => true
 * ```
 */
export function randomStreamFromJSON(json: unknown): RandomStream {
  const state = json as Partial<RandomStreamJSON> | null;
  const isWord = (word: unknown): boolean =>
    Number.isInteger(word) && (word as number) >= 0 && (word as number) < TWO_32;
  if (
    typeof state !== "object" ||
    state?.kind !== "threefry2x32-20" ||
    state.version !== 1 ||
    !Array.isArray(state.key) ||
    state.key.length !== 2 ||
    !state.key.every(isWord) ||
    !Number.isSafeInteger(state.position) ||
    state.position! < 0
  ) {
    throw new TypeError(
      `randomStreamFromJSON: argument must be the JSON of a random stream, got ${JSON.stringify(json)}`,
    );
  }
  return streamOf(state.key[0] | 0, state.key[1] | 0, state.position!);
}

/**
 * The first value of `stream.split(name)`, without making the stream: for inner loops.
 *
 * @internal
 */
export function firstOfSplit(stream: RandomStream, name: number): number {
  const { k0, k1 } = stream as Stream;
  threefry2x32(k0, k1, name | 0, (name / TWO_32) | SPLIT_BY_NUMBER, block);
  return valueAt(block[0]!, block[1]!, 0);
}

/** The most values that `uniformsAt` makes at once. @internal */
export const MOST_UNIFORMS = 256;
const blocks = new Int32Array(2 * MOST_UNIFORMS);

/**
 * Writes the `count` values of a stream from a position on into `out`, from index `at` on, and leaves the stream where it is: for
 * inner loops, since this takes a third of the time of calling the stream.
 *
 * @internal
 */
export function uniformsAt(
  stream: RandomStream,
  position: number,
  count: number,
  out: Float64Array,
  at: number,
): void {
  const { k0, k1 } = stream as Stream;
  threefry2x32(k0, k1, position | 0, (position / TWO_32) | 0, blocks, count);
  for (let i = 0; i < count; i++) out[at + i] = toUniform(blocks[2 * i]!, blocks[2 * i + 1]!);
}

/**
 * Whether a source of random numbers is a stream itself, so that `uniformsAt` gives what calling it would.
 *
 * @internal
 */
export function isStream(random: () => number): random is RandomStream {
  return (random as Stream).self === random;
}

interface Stream extends RandomStream {
  k0: number;
  k1: number;
  position: number;
  /** The stream itself: another function that was given all properties of a stream is told apart by this one. */
  self: Stream;
}

/** A function with plain properties: one stream is made for each proposal, and other forms take far longer to make. */
function streamOf(k0: number, k1: number, position: number): RandomStream {
  const stream = (() => valueAt(stream.k0, stream.k1, stream.position++)) as Stream;
  stream.k0 = k0;
  stream.k1 = k1;
  stream.position = position;
  stream.self = stream;
  stream.split = split;
  stream.seek = seek;
  stream.toJSON = toJSON;
  return stream;
}

function split(this: RandomStream, name: number | string): RandomStream {
  const { k0, k1 } = this as Stream;
  if (typeof name === "string") {
    nameKey(k0, k1, name);
  } else {
    requireCount("split", "name", name);
    threefry2x32(k0, k1, name | 0, (name / TWO_32) | SPLIT_BY_NUMBER, block);
  }
  return streamOf(block[0]!, block[1]!, 0);
}

function seek(this: RandomStream, position: number): void {
  requireCount("seek", "position", position);
  (this as Stream).position = position;
}

function toJSON(this: RandomStream): RandomStreamJSON {
  const { k0, k1, position } = this as Stream;
  return { kind: "threefry2x32-20", version: 1, key: [k0 >>> 0, k1 >>> 0], position };
}

/** The value from the block with this number. */
function valueAt(k0: number, k1: number, number: number): number {
  threefry2x32(k0, k1, number | 0, (number / TWO_32) | 0, block);
  return toUniform(block[0]!, block[1]!);
}

/** 53 of the 64 bits of a block as a multiple of 2^-53. */
function toUniform(word0: number, word1: number): number {
  return ((word0 >>> 5) * 67108864 + (word1 >>> 6)) / 9007199254740992;
}

/** Leaves in `block` the key that a name has under a key: one block for each two UTF-16 units, then one for the length. */
function nameKey(k0: number, k1: number, name: string): void {
  block[0] = k0;
  block[1] = k1;
  for (let i = 0; i < name.length; i += 2) {
    const pair = name.charCodeAt(i) | ((name.charCodeAt(i + 1) || 0) << 16);
    threefry2x32(block[0]!, block[1]!, pair, SPLIT_BY_NAME, block);
  }
  threefry2x32(block[0]!, block[1]!, name.length, NAME_LENGTH, block);
}
