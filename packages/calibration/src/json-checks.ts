import { describe } from "./checks.ts";

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

/** A non-empty array of finite numbers. */
export function readFiniteArray(caller: string, name: string, value: unknown): Float64Array {
  if (!Array.isArray(value)) {
    throw new TypeError(`${caller}: ${name} must be an array, got ${describe(value)}`);
  }
  if (value.length === 0 || value.length > MAX_LENGTH) {
    throw new RangeError(`${caller}: ${name} must hold 1 to ${MAX_LENGTH} numbers, got ${value.length}`);
  }
  const result = new Float64Array(value.length);
  for (let i = 0; i < result.length; i++) result[i] = readFinite(caller, `${name}[${i}]`, value[i]);
  return result;
}
