/** Labels of two classes: 0 and 1, -1 and +1, or booleans. */
export type BinaryLabels = ArrayLike<number> | ArrayLike<boolean>;

/** A short, safe rendering of any value for an error message. */
export function describe(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}

function lengthOf(caller: string, name: string, values: unknown): number {
  const length: unknown =
    typeof values === "object" && values !== null ? (values as { length?: unknown }).length : undefined;
  if (typeof length !== "number" || !Number.isInteger(length) || length < 0) {
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
  const isFloat64 = values instanceof Float64Array;
  const result = isFloat64 ? values : new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      if (typeof value === "number") {
        throw new RangeError(`${caller}: ${name} must be finite, got ${value} at index ${i}`);
      }
      throw new TypeError(`${caller}: ${name} must be numbers, got ${describe(value)} at index ${i}`);
    }
    if (!isFloat64) result[i] = value;
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

function checkLength(caller: string, name: string, got: number, other: string, expected: number): void {
  if (got !== expected) {
    throw new RangeError(`${caller}: ${name} must have the length of ${other} (${expected}), got ${got}`);
  }
}

/** Labels of a regression: finite numbers, or booleans as 0 and 1; as many as there are scores. */
export function toLabels(caller: string, labels: BinaryLabels, expectedLength: number): Float64Array {
  checkLength(caller, "labels", lengthOf(caller, "labels", labels), "scores", expectedLength);
  return toFinite(caller, "labels", booleansToNumbers(labels));
}

/** Labels of two classes as 0 and 1; -1 and +1 and booleans are translated, anything else is refused. */
export function toBinaryLabels(
  caller: string,
  labels: BinaryLabels,
  other: string,
  expectedLength: number,
): Float64Array {
  checkLength(caller, "labels", lengthOf(caller, "labels", labels), other, expectedLength);
  const numbers = toFinite(caller, "labels", booleansToNumbers(labels));
  const result = new Float64Array(numbers.length);
  let negative: number | undefined;
  for (let i = 0; i < numbers.length; i++) {
    const label = numbers[i]!;
    if (label === 1) {
      result[i] = 1;
    } else if (label === (negative ?? label) && (label === 0 || label === -1)) {
      negative = label;
    } else {
      throw new RangeError(
        `${caller}: labels must be all 0 and 1, all -1 and 1, or booleans, got ${label} at index ${i}`,
      );
    }
  }
  return result;
}

function booleansToNumbers(labels: BinaryLabels): ArrayLike<number> {
  if (typeof labels[0] !== "boolean") return labels as ArrayLike<number>;
  return Array.from(labels as ArrayLike<number | boolean>, (label) =>
    typeof label === "boolean" ? Number(label) : label,
  );
}

/** Weights of rows: finite, none negative, not all 0; all 1 when not given. */
export function toWeights(
  caller: string,
  weights: ArrayLike<number> | undefined,
  other: string,
  expectedLength: number,
): Float64Array {
  if (weights === undefined) return new Float64Array(expectedLength).fill(1);
  checkLength(caller, "weights", lengthOf(caller, "weights", weights), other, expectedLength);
  const result = toFinite(caller, "weights", weights);
  let total = 0;
  for (let i = 0; i < result.length; i++) {
    const weight = result[i]!;
    if (weight < 0) {
      throw new RangeError(`${caller}: weights must not be negative, got ${weight} at index ${i}`);
    }
    total += weight;
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
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
