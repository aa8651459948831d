/** A value, or a promise of it. */
export type MaybePromise<T> = T | Promise<T>;

/** Uses a value at once if it is there, else when it comes: synchronous targets stay synchronous. */
export function after<T, R>(value: MaybePromise<T>, use: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromise(value) ? value.then(use) : use(value);
}

/** All of some values, as a promise only if one of them is. */
export function allOf<T>(values: MaybePromise<T>[]): MaybePromise<T[]> {
  return values.some(isPromise) ? Promise.all(values) : (values as T[]);
}

function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof (value as Promise<T> | null | undefined)?.then === "function";
}
