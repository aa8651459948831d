import type { CalibratedScores } from "@mhgan/gan-core";
import {
  budgetedRejection,
  couplingFromThePast,
  discriminatorRejection,
  importanceResampling,
  iteratedSir,
  metropolisHastings,
  rejection,
  type Selector,
  tempered,
} from "@mhgan/mcmc";
import type { SelectorChoice } from "@mhgan/mcmc/predictions";
import { UsageError } from "./io.ts";

/** The ways to select, by the names they have on the command line. */
export const methodNames = ["mh", "perfect", "rejection", "obrs", "drs", "sir", "i-sir", "auto"] as const;
export type MethodName = (typeof methodNames)[number];

/** How to select; every option belongs to some of the methods. */
export interface MethodOptions {
  readonly method: MethodName;
  /** K of `mh`. Default 640. */
  readonly chainLength?: number;
  /** How many compete: in `sir`, in each step of `i-sir`, and until `drs` gives up. */
  readonly candidates?: number;
  /** Steps of an `i-sir` chain. Default 4. */
  readonly steps?: number;
  /** Proposals that a draw may take on average: of `obrs`, and of `auto`. */
  readonly budget?: number;
  /** γ of `drs`. Default: the paper's, the 80th percentile. */
  readonly gamma?: number;
  /** Total variation that `auto` has to reach. Default 0.01. */
  readonly totalVariation?: number;
  /** Power to which weights are raised first, in (0, 1]. Default 1. */
  readonly temper?: number;
}

const optionsOf: Readonly<Record<MethodName, readonly (keyof MethodOptions)[]>> = {
  mh: ["chainLength"],
  perfect: [],
  rejection: [],
  obrs: ["budget"],
  drs: ["candidates", "gamma"],
  sir: ["candidates"],
  "i-sir": ["candidates", "steps"],
  auto: ["budget", "totalVariation"],
};

/** A selector, and the words that name it with its settings. */
export interface Method {
  readonly selector: Selector;
  /** Such as `mh, K = 640`. */
  readonly label: string;
}

/**
 * The selector that the options ask for; `auto` is the one recommended for the scores.
 *
 * @throws {UsageError} if an option belongs to another method, or is missing.
 */
export function methodOf(options: MethodOptions, scores: Pick<CalibratedScores, "recommend">): Method {
  const { method, temper = 1 } = options;
  for (const name of ["chainLength", "candidates", "steps", "budget", "gamma", "totalVariation"] as const) {
    if (options[name] === undefined || optionsOf[method].includes(name)) continue;
    const takers = methodNames.filter((other) => optionsOf[other].includes(name)).join(" and ");
    throw new UsageError(`${flagOf(name)} is an option of the method ${takers}, got it with ${method}`);
  }
  if (!(temper > 0 && temper <= 1)) throw new UsageError(`--temper must be in (0, 1], got ${temper}`);
  const plain = plainMethod(options, scores);
  if (temper === 1) return plain;
  return { selector: tempered(plain.selector, temper), label: `${plain.label}, weights^${temper}` };
}

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function plainMethod(options: MethodOptions, scores: Pick<CalibratedScores, "recommend">): Method {
  const { method, chainLength = 640, steps = 4, budget, gamma } = options;
  const needed = <Name extends "candidates" | "budget">(name: Name): number => {
    const value = options[name];
    if (value === undefined) throw new UsageError(`${flagOf(name)} must be given with the method ${method}`);
    return value;
  };
  switch (method) {
    case "mh":
      return { selector: metropolisHastings({ chainLength }), label: `mh, K = ${chainLength}` };
    case "perfect":
      return { selector: couplingFromThePast(), label: "perfect" };
    case "rejection":
      return { selector: rejection(), label: "rejection" };
    case "obrs":
      return {
        selector: budgetedRejection({ budget: 1 / needed("budget") }),
        label: `obrs, budget ${needed("budget")}`,
      };
    case "drs": {
      const { candidates = 640 } = options;
      return {
        selector: discriminatorRejection({ candidates, gamma: gamma ?? { percentile: 80 } }),
        label: `drs, γ ${gamma ?? "80 %"}`,
      };
    }
    case "sir":
      return {
        selector: importanceResampling({ candidates: needed("candidates") }),
        label: `sir, N = ${needed("candidates")}`,
      };
    case "i-sir":
      return {
        selector: iteratedSir({ candidates: needed("candidates"), steps }),
        label: `i-sir, N = ${needed("candidates")}, ${steps} steps`,
      };
    case "auto": {
      const { totalVariation } = options;
      if (budget !== undefined && totalVariation !== undefined) {
        throw new UsageError("--budget and --total-variation cannot both be the target of auto");
      }
      const target =
        budget === undefined ? { totalVariation: totalVariation ?? 0.01 } : { proposalsPerDraw: budget };
      return chosenMethod(scores.recommend(target));
    }
  }
}

/** The selector of a recommendation. */
export function chosenMethod(choice: SelectorChoice): Method {
  switch (choice.selector) {
    case "couplingFromThePast":
      return { selector: couplingFromThePast(), label: "perfect" };
    case "rejection":
      return { selector: rejection(), label: "rejection" };
    case "budgetedRejection": {
      const budget = Number((1 / choice.options.budget).toPrecision(3));
      return { selector: budgetedRejection(choice.options), label: `obrs, budget ${budget}` };
    }
    case "metropolisHastings":
      return {
        selector: metropolisHastings(choice.options),
        label: `mh, K = ${choice.options.chainLength}`,
      };
    case "importanceResampling":
      return {
        selector: importanceResampling(choice.options),
        label: `sir, N = ${choice.options.candidates}`,
      };
    case "iteratedSir": {
      const { candidates, steps } = choice.options;
      return { selector: iteratedSir(choice.options), label: `i-sir, N = ${candidates}, ${steps} steps` };
    }
    case "discriminatorRejection":
      return {
        selector: discriminatorRejection(choice.options),
        label: `drs, γ ${Number(choice.options.gamma.toPrecision(3))}`,
      };
  }
}
