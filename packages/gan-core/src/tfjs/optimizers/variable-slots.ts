import { engine, type Variable } from "@tensorflow/tfjs-core";
import type { OptimizerState } from "./optimizer.ts";
import { readValues, registeredVariable, variableFrom } from "./variable-values.ts";

/** What an optimizer remembers beside each variable that it trains: some arrays of its shape, by name. */
export interface VariableSlots<Name extends string> {
  /** The slots of a variable, made when it is first seen: from the state that waits for it, else as they start. */
  of(value: Variable): Readonly<Record<Name, Variable>>;
  /** The variables seen so far that still exist. */
  variables(): Variable[];
  getState(): Promise<Record<Name, Float32Array[]>>;
  /** @throws {RangeError} if a slot is missing or unknown, or has too few or too many arrays or values. */
  setState(slots: OptimizerState["slots"]): void;
  dispose(): void;
}

/**
 * Slots of an optimizer.
 *
 * @param caller - named in errors.
 * @param start - makes the first value of a slot. Default: zeros.
 */
export function variableSlots<const Name extends string>(
  caller: string,
  names: readonly Name[],
  start: (value: Variable) => Variable = (value) => variableFrom(undefined, value.shape),
): VariableSlots<Name> {
  const known = new Map<string, Record<Name, Variable>>();
  /** What setState brought and no variable has claimed yet. */
  let unclaimed: Record<Name, Float32Array>[] = [];

  const each = <Value>(make: (name: Name) => Value): Record<Name, Value> =>
    Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;

  const slots: VariableSlots<Name> = {
    of(value) {
      const seen = known.get(value.name);
      if (seen !== undefined) {
        // Two variables may have had the same name, one after the other.
        requireSizes(caller, seen, value);
        return seen;
      }
      const [given] = unclaimed;
      if (given !== undefined) requireSizes(caller, given, value);
      unclaimed = unclaimed.slice(1);
      const made = each((name) =>
        given === undefined ? start(value) : variableFrom(given[name], value.shape),
      );
      known.set(value.name, made);
      return made;
    },

    variables() {
      return [...known.keys()]
        .filter((name) => name in engine().registeredVariables)
        .map((name) => registeredVariable(caller, name));
    },

    async getState() {
      const seen = slots.variables().map((variable) => slots.of(variable));
      const values = await Promise.all(
        seen.map((ofOne) => Promise.all(names.map((name) => readValues(ofOne[name])))),
      );
      return each((name) => [
        ...values.map((arrays) => arrays[names.indexOf(name)]!),
        ...unclaimed.map((given) => given[name]),
      ]);
    },

    setState(given) {
      const count = given[names[0]!]?.length;
      const complete = names.every((name) => given[name] !== undefined && given[name].length === count);
      if (!complete || Object.keys(given).length !== names.length) {
        throw new RangeError(
          `${caller}: state must have the slots ${names.join(" and ")}, one array a variable each, got ${describe(given)}`,
        );
      }
      const variables = slots.variables();
      const arrays = given[names[0]!]!.map((_, i) => each((name) => given[name]![i]!));
      arrays.slice(0, variables.length).forEach((array, i) => {
        requireSizes(caller, array, variables[i]!);
      });
      slots.dispose();
      unclaimed = arrays;
      for (const variable of variables) slots.of(variable);
    },

    dispose() {
      for (const seen of known.values()) for (const name of names) seen[name].dispose();
      known.clear();
      unclaimed = [];
    },
  };
  return slots;
}

/** Refuses a number of steps that cannot be. */
export function requireStep(caller: string, step: number): void {
  if (!(Number.isSafeInteger(step) && step >= 0)) {
    throw new RangeError(`${caller}: state must have an integer step from 0, got ${step}`);
  }
}

function requireSizes(
  caller: string,
  slots: Readonly<Record<string, Float32Array | Variable>>,
  value: Variable,
): void {
  for (const [name, slot] of Object.entries(slots)) {
    const size = slot instanceof Float32Array ? slot.length : slot.size;
    if (size !== value.size) {
      throw new RangeError(
        `${caller}: slot ${name} of ${value.name} must have ${value.size} values, got ${size}`,
      );
    }
  }
}

function describe(given: OptimizerState["slots"]): string {
  const counts = Object.entries(given).map(([name, arrays]) => `${name} (${arrays.length})`);
  return counts.join(", ") || "none";
}
