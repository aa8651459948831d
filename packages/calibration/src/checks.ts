/** Labels of two classes: 0 and 1, -1 and +1, or booleans. */
export type BinaryLabels = ArrayLike<number> | ArrayLike<boolean>;

/** A short, safe rendering of any value for an error message. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? "an array" : "an object";
}

function lengthOf(caller: string, name: string, values: unknown): number {
  const length = typeof values === "object" && values ? (values as ArrayLike<unknown>).length : -1;
  if (!(Number.isInteger(length) && length >= 0)) {
    throw new TypeError(`${caller}: ${name} must be an array of numbers, got ${describe(values)}`);
  }
  return length;
}

/**
 * Checks that every element is a finite number and widens the array to float64.
 * A `Float64Array` is returned as it is, so the result must not be written to.
 */
export function toFinite(caller: string, name: string, values: ArrayLike<number>): Float64Array {
  const length = lengthOf(caller, name, values);
  const result = values instanceof Float64Array ? values : widened(caller, name, values, length);
  // 0 · x is NaN for NaN and infinities alone, and so stays NaN: one sum tells of all elements without a branch for each.
  let poison = 0;
  for (let i = 0; i < length; i++) poison += 0 * result[i]!;
  if (poison === 0) return result;
  const bad = result.findIndex((value) => !Number.isFinite(value));
  throw new RangeError(`${caller}: ${name} must be finite, got ${result[bad]} at index ${bad}`);
}

function widened(caller: string, name: string, values: ArrayLike<number>, length: number): Float64Array {
  // The engine converts its own arrays of numbers fastest. Those of bigints hold no number.
  if (ArrayBuffer.isView(values) && typeof values[0] === "number") return new Float64Array(values);
  const result = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value: unknown = values[i];
    if (typeof value !== "number") {
      throw new TypeError(`${caller}: ${name} must be numbers, got ${describe(value)} at index ${i}`);
    }
    result[i] = value;
  }
  return result;
}

/** As {@link toFinite}, for an array that must hold at least one element. */
export function toNonEmpty(caller: string, name: string, values: ArrayLike<number>): Float64Array {
  const result = toFinite(caller, name, values);
  if (result.length === 0) throw new RangeError(`${caller}: ${name} must not be empty, got length 0`);
  return result;
}

/** As {@link toFinite}, for probabilities, under whatever name the caller knows them. */
export function toProbabilities(
  caller: string,
  values: ArrayLike<number>,
  name: string = "probabilities",
): Float64Array {
  const result = toFinite(caller, name, values);
  for (let i = 0; i < result.length; i++) {
    const value = result[i]!;
    if (value < 0 || value > 1) {
      throw new RangeError(`${caller}: ${name} must lie in [0, 1], got ${value} at index ${i}`);
    }
  }
  return result;
}

/** As {@link toProbabilities}, for an array that must hold at least one element. */
export function toSomeProbabilities(caller: string, values: ArrayLike<number>): Float64Array {
  const result = toProbabilities(caller, values);
  if (result.length === 0) throw new RangeError(`${caller}: probabilities must not be empty, got length 0`);
  return result;
}

/** As {@link toFinite}, for an array that must be as long as another one. */
function toColumn(
  caller: string,
  name: string,
  values: ArrayLike<number>,
  other: string,
  length: number,
): Float64Array {
  const got = lengthOf(caller, name, values);
  if (got === length) return toFinite(caller, name, values);
  throw new RangeError(`${caller}: ${name} must have the length of ${other} (${length}), got ${got}`);
}

/** Labels of a regression: finite numbers, or booleans as 0 and 1; as many as there are scores. */
export function toLabels(
  caller: string,
  labels: BinaryLabels,
  other: string,
  expectedLength: number,
): Float64Array {
  const numbers =
    typeof labels?.[0] === "boolean"
      ? Array.from(labels as ArrayLike<number | boolean>, (label) =>
          typeof label === "boolean" ? Number(label) : label,
        )
      : (labels as ArrayLike<number>);
  return toColumn(caller, "labels", numbers, other, expectedLength);
}

/** Labels of two classes as 0 and 1; -1 and +1 and booleans are translated, anything else is refused. */
export function toBinaryLabels(
  caller: string,
  labels: BinaryLabels,
  other: string,
  expectedLength: number,
): Float64Array {
  const numbers = toLabels(caller, labels, other, expectedLength);
  const negative = numbers.includes(-1) ? -1 : 0;
  const result = new Float64Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const label = numbers[i]!;
    if (label !== 1 && label !== negative) {
      throw new RangeError(
        `${caller}: labels must be all 0 and 1, all -1 and 1, or booleans, got ${label} at index ${i}`,
      );
    }
    result[i] = label === 1 ? 1 : 0;
  }
  return result;
}

/** Weights of rows: finite, none negative, not all 0; all 1 when not given. */
export function toWeights(
  caller: string,
  weights: ArrayLike<number> | undefined,
  other: string,
  expectedLength: number,
): Float64Array {
  return toGivenWeights(caller, weights, other, expectedLength) ?? new Float64Array(expectedLength).fill(1);
}

/** As {@link toWeights}, but `undefined` when not given, for loops that are faster without. */
export function toGivenWeights(
  caller: string,
  weights: ArrayLike<number> | undefined,
  other: string,
  expectedLength: number,
): Float64Array | undefined {
  if (weights === undefined) return undefined;
  const result = toColumn(caller, "weights", weights, other, expectedLength);
  let total = 0;
  for (let i = 0; i < result.length; i++) {
    const weight = result[i]!;
    if (weight < 0) {
      throw new RangeError(`${caller}: weights must not be negative, got ${weight} at index ${i}`);
    }
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(`${caller}: weights must have a positive finite sum, got ${total}`);
  }
  return result;
}

/** Refuses a value that is not one of a few allowed literals. */
export function checkChoice(caller: string, name: string, value: unknown, choices: readonly unknown[]): void {
  if (!choices.includes(value)) {
    const allowed = choices.map((choice) => describe(choice)).join(" or ");
    throw new RangeError(`${caller}: ${name} must be ${allowed}, got ${describe(value)}`);
  }
}
