/** A figure that was measured, and its standard error. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

/** The samplers that the page offers. */
export type SamplerName =
  | "metropolisHastings"
  | "budgetedRejection"
  | "importanceResampling"
  | "couplingFromThePast";

/** A sampler and its strength: chain length, price or candidates, as {@link SamplerName} has it. */
export interface Choice {
  readonly sampler: SamplerName;
  readonly strength: number;
}

/** What a sampler does. Figures that it does not have are left out. */
export interface Figures<Figure> {
  /** Share of proposals that are accepted. */
  readonly acceptance?: Figure;
  /** Share of chains that never leave the real sample they start from. */
  readonly capOut?: Figure;
  /** Total variation between the law of a draw and that of the data. */
  readonly totalVariation: Figure;
  /** Samples that the generator makes for each draw. */
  readonly cost: Figure;
}

/** How good points are. */
export interface Quality {
  /** Share of the points that are within four standard deviations of a mode. */
  readonly highQuality: number;
  /** Modes that have such a point. */
  readonly modes: number;
}

/** What the page asks of the worker. */
export type Request =
  | { readonly kind: "train"; readonly seed: number }
  | { readonly kind: "draw"; readonly choice: Choice };

/** What the worker answers. Points are x, y, x, y, … */
export type Reply =
  | {
      readonly kind: "data";
      readonly backend: string;
      readonly points: Float32Array;
      readonly quality: Quality;
      readonly modes: Float64Array;
      readonly modeRadius: number;
    }
  | {
      readonly kind: "training";
      readonly step: number;
      readonly totalSteps: number;
      readonly points: Float32Array;
    }
  | {
      readonly kind: "trained";
      readonly seconds: number;
      readonly points: Float32Array;
      readonly quality: Quality;
      /** Z of the discriminator's scores and of the calibrated ones. */
      readonly z: { readonly before: number; readonly after: number };
    }
  | { readonly kind: "predicted"; readonly choice: Choice; readonly predicted: Figures<number> }
  | {
      readonly kind: "drawn";
      readonly choice: Choice;
      readonly measured: Figures<Measured>;
      readonly points: Float32Array;
      readonly quality: Quality;
    }
  | { readonly kind: "failed"; readonly message: string };
