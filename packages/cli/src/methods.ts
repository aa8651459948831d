import {
  budgetedRejection,
  couplingFromThePast,
  discriminatorRejection,
  importanceResampling,
  iteratedSir,
  metropolisHastings,
  type Restart,
  rejection,
  type Selector,
} from "@mhgan/mcmc";
import type { DrawPrediction, SelectionPrediction, SelectorChoice } from "@mhgan/mcmc/predictions";
import { UsageError } from "./io.ts";

/** What `--method` takes: the samplers, `auto`, which recommends one of them, and `weights`, which picks none. */
export const methodNames = [
  "mh",
  "i-sir",
  "sir",
  "rejection",
  "drs",
  "obrs",
  "perfect",
  "auto",
  "weights",
] as const;
/** How `mhgan select` picks, by the name that `--method` takes. */
export type MethodName = (typeof methodNames)[number];

/** The options of the command line that belong to some of the methods only. */
export interface MethodOptions {
  /** For `mh`: the proposals that a chain sees. Default 640. */
  readonly chainLength?: number;
  /** For `mh` and `i-sir`: what a chain does that never left its start. Default `"same-proposals"`. */
  readonly restart?: Exclude<Restart, "never">;
  /** For `i-sir`, `sir` and `drs`: the proposals that compete. Default 16 a step, 64 a draw, at most 640 a draw. */
  readonly candidates?: number;
  /** For `i-sir`: steps of a chain. Default 4. */
  readonly steps?: number;
  /** For `obrs`: the share of the proposals to accept, in (0, 1]. Default 0.25. */
  readonly budget?: number;
  /** For `drs`: what is subtracted; the larger, the stricter. Default 0. */
  readonly gamma?: Gamma;
  /** For `auto`: how close to the data draws are to be, as a total variation in (0, 1). */
  readonly totalVariation?: number;
  /** For `auto`: what a draw may cost in proposals. Default: what there is. */
  readonly proposalsPerDraw?: number;
}

/** What is subtracted in discriminator rejection: a number, or the percentile that decides it. */
export type Gamma =
  | number
  | {
      /** In [0, 100]. */
      readonly percentile: number;
    };

/** A sampler by its name on the command line, with all of its options. */
export type SamplerChoice =
  | {
      readonly method: "mh";
      readonly options: { readonly chainLength: number; readonly restart: Exclude<Restart, "never"> };
    }
  | {
      readonly method: "i-sir";
      readonly options: {
        readonly candidates: number;
        readonly steps: number;
        readonly restart: Exclude<Restart, "never">;
      };
    }
  | { readonly method: "sir"; readonly options: { readonly candidates: number } }
  | { readonly method: "rejection" | "perfect"; readonly options: Readonly<Record<string, never>> }
  | {
      readonly method: "drs";
      readonly options: { readonly gamma: Gamma; readonly candidates: number };
    }
  | { readonly method: "obrs"; readonly options: { readonly budget: number } };

/** Which options each method has. */
const optionsOf: Readonly<Record<MethodName | "by-class", readonly (keyof MethodOptions)[]>> = {
  mh: ["chainLength", "restart"],
  "i-sir": ["candidates", "steps", "restart"],
  sir: ["candidates"],
  rejection: [],
  drs: ["gamma", "candidates"],
  obrs: ["budget"],
  "by-class": ["budget"],
  perfect: [],
  auto: ["totalVariation", "proposalsPerDraw"],
  weights: [],
};

/** @throws {UsageError} if an option is given that the method does not have: it would do nothing. */
export function requireMethodOptions(method: string, options: MethodOptions): void {
  const known = Object.hasOwn(optionsOf, method) ? optionsOf[method as keyof typeof optionsOf] : [];
  for (const name of new Set(Object.values(optionsOf).flat())) {
    if (options[name] === undefined || known.includes(name)) continue;
    const own = known.length === 0 ? "none of its own" : known.map(flag).join(", ");
    throw new UsageError(`${flag(name)} is not for --method ${method}, whose options are: ${own}`);
  }
}

/** A sampler with the defaults for all that is not given. */
export function samplerChoice(
  method: Exclude<MethodName, "auto" | "weights">,
  options: MethodOptions,
): SamplerChoice {
  const { chainLength = 640, restart = "same-proposals", steps = 4, budget = 0.25, gamma = 0 } = options;
  const { candidates } = options;
  switch (method) {
    case "mh":
      return { method, options: { chainLength, restart } };
    case "i-sir":
      return { method, options: { candidates: candidates ?? 16, steps, restart } };
    case "sir":
      return { method, options: { candidates: candidates ?? 64 } };
    case "drs":
      return { method, options: { gamma, candidates: candidates ?? 640 } };
    case "obrs":
      return { method, options: { budget } };
    default:
      return { method, options: {} };
  }
}

/** The selectors of `recommend` by their names on the command line. */
const methodOf = {
  metropolisHastings: "mh",
  iteratedSir: "i-sir",
  importanceResampling: "sir",
  rejection: "rejection",
  discriminatorRejection: "drs",
  budgetedRejection: "obrs",
  couplingFromThePast: "perfect",
} as const satisfies Record<SelectorChoice["selector"], MethodName>;

/** A choice of `recommend` by its name on the command line. */
export function samplerChoiceOf({ selector, options }: SelectorChoice): SamplerChoice {
  return samplerChoice(methodOf[selector], options);
}

/** What `recommend` says, with the names of the command line. */
export function inMethodNames(text: string): string {
  return Object.entries(methodOf).reduce(
    (said, [selector, method]) => said.replaceAll(selector, method),
    text,
  );
}

/** What draws by the choice. */
export function selectorOf(choice: SamplerChoice): Selector {
  switch (choice.method) {
    case "mh":
      return metropolisHastings(choice.options);
    case "i-sir":
      return iteratedSir(choice.options);
    case "sir":
      return importanceResampling(choice.options);
    case "rejection":
      return rejection();
    case "drs":
      return discriminatorRejection(choice.options);
    case "obrs":
      return budgetedRejection(choice.options);
    case "perfect":
      return couplingFromThePast();
  }
}

/** What the choice will do, from real starts where it has a start. */
export function predictionOf(
  choice: SamplerChoice,
  prediction: SelectionPrediction,
  logWeightBound: number,
): DrawPrediction {
  switch (choice.method) {
    case "mh":
      return prediction.metropolisHastings({
        chainLength: choice.options.chainLength,
        start: "target",
        logWeightBound,
      });
    case "i-sir": {
      const { candidates, steps } = choice.options;
      return prediction.iteratedSir({ candidates, steps, start: "target" });
    }
    case "sir":
      return prediction.importanceResampling(choice.options);
    case "drs":
      return prediction.discriminatorRejection(choice.options);
    case "obrs":
      return prediction.budgetedRejection(choice.options);
    default:
      return prediction.rejection({ logWeightBound });
  }
}

/** The choice as it is typed: `mh --chain-length 640`. */
export function samplerText({ method, options }: SamplerChoice): string {
  const given = Object.entries(options).filter(([, value]) => value !== "same-proposals");
  return [method, ...given.map(([name, value]) => `${flag(name)} ${valueText(value)}`)].join(" ");
}

function valueText(value: string | number | { readonly percentile: number }): string {
  if (typeof value === "object") return `${value.percentile}%`;
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
}

const flag = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
