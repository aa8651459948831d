import type { Calibrator } from "./calibrator.ts";
import { describe, toProbabilities } from "./checks.ts";

/**
 * What the reader of a kind that holds other calibrators is handed, to read these with. `field` is where the inner one stands, for
 * errors. It counts how deep it is called, so that no JSON exhausts the stack.
 */
export type ReadInner = (field: string, json: unknown) => Calibrator;

/** An object with the given keys of its own, no others, and version 1. */
export function readRecord<Key extends string>(
  caller: string,
  json: unknown,
  keys: readonly Key[],
): Readonly<Record<Key, unknown>> {
  const record = readObject(caller, json);
  const unexpected = Reflect.ownKeys(record).find((key) => !(keys as readonly PropertyKey[]).includes(key));
  if (unexpected !== undefined) {
    throw new TypeError(`${caller}: json must hold only ${keys.join(", ")}, got ${describe(unexpected)}`);
  }
  for (const key of keys) {
    if (!Object.hasOwn(record, key)) {
      throw new TypeError(`${caller}: json must hold ${keys.join(", ")}, got none of its own named ${key}`);
    }
  }
  if (record["version"] !== 1) {
    throw new RangeError(`${caller}: version must be 1, got ${describe(record["version"])}`);
  }
  return record as Readonly<Record<Key, unknown>>;
}

/** Any object but an array. */
export function readObject(caller: string, json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new TypeError(`${caller}: json must be a parsed object, got ${describe(json)}`);
  }
  return json as Readonly<Record<string, unknown>>;
}

/** A finite number. */
export function readFinite(caller: string, name: string, value: unknown): number {
  if (typeof value !== "number") {
    throw new TypeError(`${caller}: ${name} must be a number, got ${describe(value)}`);
  }
  if (!Number.isFinite(value)) {
    throw new RangeError(`${caller}: ${name} must be finite, got ${value}`);
  }
  return value;
}

/** More knots than any fit that could be written as JSON has. */
const MAX_LENGTH = 16_777_216;

/** An array of finite numbers, by default a non-empty one. */
export function readFiniteArray(caller: string, name: string, value: unknown, minLength = 1): Float64Array {
  if (!Array.isArray(value)) {
    throw new TypeError(`${caller}: ${name} must be an array, got ${describe(value)}`);
  }
  if (value.length < minLength || value.length > MAX_LENGTH) {
    throw new RangeError(
      `${caller}: ${name} must hold ${minLength} to ${MAX_LENGTH} numbers, got ${value.length}`,
    );
  }
  const result = new Float64Array(value.length);
  for (let i = 0; i < result.length; i++) result[i] = readFinite(caller, `${name}[${i}]`, value[i]);
  return result;
}

/** Where a step function may change its value: finite numbers, strictly ascending; a single step has none. */
export function readStepEdges(caller: string, name: string, value: unknown): Float64Array {
  const edges = readFiniteArray(caller, name, value, 0);
  checkOrder(caller, name, edges, "strictly ascending", (before, here) => before < here);
  return edges;
}

/** The probabilities of a step function, one more than it has edges. */
export function readStepValues(
  caller: string,
  name: string,
  value: unknown,
  edgesName: string,
  edges: Float64Array,
): Float64Array {
  const values = readFiniteArray(caller, name, value);
  if (values.length !== edges.length + 1) {
    throw new RangeError(
      `${caller}: ${name} must hold one number more than ${edgesName} (${edges.length + 1}), got ${values.length}`,
    );
  }
  return toProbabilities(caller, values, name);
}

/** Refuses the first number that is not in order with the one before it. */
export function checkOrder(
  caller: string,
  name: string,
  values: Float64Array,
  order: string,
  isInOrder: (before: number, here: number) => boolean,
): void {
  for (let i = 1; i < values.length; i++) {
    if (!isInOrder(values[i - 1]!, values[i]!)) {
      throw new RangeError(`${caller}: ${name} must be ${order}, got ${values[i]} at index ${i}`);
    }
  }
}

/** More calibrators than anyone puts side by side. */
const MAX_CALIBRATORS = 10_000;

/** An array of at least so many calibrators. */
export function readCalibrators(
  caller: string,
  value: unknown,
  minLength: number,
  readInner: ReadInner,
): Calibrator[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`${caller}: calibrators must be an array, got ${describe(value)}`);
  }
  if (value.length < minLength || value.length > MAX_CALIBRATORS) {
    throw new RangeError(
      `${caller}: calibrators must hold ${minLength} to ${MAX_CALIBRATORS}, got ${value.length}`,
    );
  }
  return Array.from({ length: value.length }, (_, k) => readInner(`calibrators[${k}]`, value[k]));
}
