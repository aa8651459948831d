import type { Line } from "./line.ts";

/** The exact law of a draw, and what the draw costs. */
export interface ExactLaw {
  readonly line: Line;
  /** Mass of the draws in each cell. */
  readonly mass: Float64Array;
  /** Expected proposals that a draw takes. */
  readonly proposals?: number;
  /** The probability that a run never leaves its start, or accepts nothing. */
  readonly capOut?: number;
  /** Of the chain in its stationary law. */
  readonly acceptance?: number;
}

/** The law of the generator. */
export function generatorLaw(line: Line): ExactLaw {
  return { line, mass: line.generator, proposals: 1 };
}

/** The law that the weights define, and the cost of an exact draw under the largest of them. */
export function targetLaw(line: Line): ExactLaw {
  const largest = line.weights[line.order.at(-1)!]!;
  return { line, mass: product(line.generator, line.weights), proposals: largest };
}

/** λ: the probability that a state refuses a proposal, in each cell. λ(w) = Q(W ≤ w) − Π(W ≤ w) / w. */
function refusal({ generator, weights, order }: Line): Float64Array {
  const lambda = new Float64Array(order.length);
  let below = 0;
  let targetBelow = 0;
  for (const i of order) {
    const mass = generator[i]!;
    const targetMass = mass * weights[i]!;
    // Half of a cell is lighter than its middle.
    lambda[i] = Math.max(0, below + mass / 2 - (targetBelow + targetMass / 2) / weights[i]!);
    below += mass;
    targetBelow += targetMass;
  }
  return lambda;
}

/** Acceptance of a chain in its stationary law. */
export function stationaryAcceptance(line: Line): number {
  return 1 - sum(product(product(line.generator, line.weights), refusal(line)));
}

/**
 * T(w) = ∫ K λ(v)^(K−1) v⁻² dv over v from w to ∞, in each cell (Smith and Tierney, 1996): the density, under the target, of a chain that has
 * moved and is at w or came from there. Beyond the largest weight λ(v) = 1 − 1/v, and the integral is 1 − (1 − 1/v)^K.
 */
function moved(line: Line, lambda: Float64Array, steps: number): Float64Array {
  const { weights, order } = line;
  const reach = new Float64Array(order.length);
  const integrand = (i: number): number => steps * lambda[i]! ** (steps - 1);
  const last = order.at(-1)!;
  reach[last] = steps === 0 ? 0 : -Math.expm1(steps * Math.log1p(-1 / weights[last]!));
  for (let place = order.length - 2; place >= 0 && steps > 0; place--) {
    const [i, heavier] = [order[place]!, order[place + 1]!];
    const width = 1 / weights[i]! - 1 / weights[heavier]!;
    reach[i] = reach[heavier]! + (width * (integrand(i) + integrand(heavier))) / 2;
  }
  return reach;
}

/** The law after some Metropolis-Hastings steps from a proposal. */
function fromProposal(line: Line, lambda: Float64Array, steps: number): Float64Array {
  const { generator, weights, order } = line;
  const reach = moved(line, lambda, steps);
  const mass = new Float64Array(order.length);
  let below = 0;
  for (const i of order) {
    const own = generator[i]!;
    mass[i] = own * (weights[i]! * (below + own / 2) * reach[i]! + lambda[i]! ** steps);
    below += own;
  }
  let fromHeavier = 0;
  for (let place = order.length - 1; place >= 0; place--) {
    const i = order[place]!;
    const own = generator[i]! * reach[i]!;
    mass[i]! += generator[i]! * weights[i]! * (fromHeavier + own / 2);
    fromHeavier += own;
  }
  return mass;
}

/** Chains of K proposals from a sample of the target; one that never left it begins anew at a proposal, or gives its start. */
export function chainLaw(line: Line, chainLength: number, restart: "fresh" | "never"): ExactLaw {
  const lambda = refusal(line);
  const target = product(line.generator, line.weights);
  const kept = lambda.map((value) => value ** chainLength);
  const capOut = sum(product(target, kept));
  const acceptance = 1 - sum(product(target, lambda));
  if (restart === "never") return { line, mass: target, proposals: chainLength, capOut, acceptance };
  const again = fromProposal(line, lambda, chainLength);
  return {
    line,
    mass: target.map((value, i) => value * (1 - kept[i]!) + capOut * again[i]!),
    proposals: chainLength + capOut * (chainLength + 1),
    capOut,
    acceptance,
  };
}

/** Chains of K proposals, of which the first is the start. */
export function chainFromProposalLaw(line: Line, chainLength: number): ExactLaw {
  return { line, mass: fromProposal(line, refusal(line), chainLength - 1), proposals: chainLength };
}

/** One long chain of which a sample is kept only when a proposal is accepted: the chain of jumps, with the law π(x) · P(leave x). */
export function keepOnAcceptLaw(line: Line): ExactLaw {
  const target = product(line.generator, line.weights);
  const leaving = product(
    target,
    refusal(line).map((value) => 1 - value),
  );
  const acceptance = sum(leaving);
  return { line, mass: leaving.map((value) => value / acceptance), proposals: 1 / acceptance, acceptance };
}

/** The first accepted of some proposals, or the heaviest if none is. */
export function firstAcceptedLaw(
  line: Line,
  acceptance: (weight: number) => number,
  candidates: number = Infinity,
): ExactLaw {
  const { generator, weights, order } = line;
  const probability = weights.map(acceptance);
  const rate = sum(product(generator, probability));
  const capOut = (1 - rate) ** candidates;
  const proposals = (1 - capOut) / rate;
  const mass = generator.map((own, i) => own * probability[i]! * proposals);
  let refused = 0;
  for (const i of candidates === Infinity ? [] : order) {
    const own = generator[i]! * (1 - probability[i]!);
    mass[i]! += (refused + own) ** candidates - refused ** candidates;
    refused += own;
  }
  return { line, mass, proposals, capOut };
}

/** Values of t for integrals over t of e^(−tw) φ(t)^N, with φ(t) = E_q e^(−tw), and the width that each stands for. */
interface Times {
  readonly times: Float64Array;
  readonly widths: Float64Array;
  readonly transforms: Float64Array;
}

const LOG_STEP = 0.15;

/** The trapezoidal rule in log t, which converges exponentially. */
function timesOf(line: Line): Times {
  const [first, last] = [Math.log(1e-13), Math.log(1e7)];
  const count = Math.ceil((last - first) / LOG_STEP);
  const times = Float64Array.from({ length: count }, (_, j) => Math.exp(first + j * LOG_STEP));
  const widths = times.map((time) => time * LOG_STEP);
  return { times, widths, transforms: transformsOf(line, line.generator, times) };
}

/** E e^(−tW) under some masses. */
function transformsOf({ weights }: Line, mass: Float64Array, times: Float64Array): Float64Array {
  return times.map((time) => {
    let expected = 0;
    for (let i = 0; i < mass.length; i++) expected += mass[i]! * Math.exp(-time * weights[i]!);
    return expected;
  });
}

/** w ∫ e^(−tw) f(t) dt in each cell. */
function mixed({ weights }: Line, { times, widths }: Times, values: Float64Array): Float64Array {
  const factors = product(widths, values);
  return weights.map((weight) => {
    let integral = 0;
    for (let j = 0; j < times.length; j++) integral += factors[j]! * Math.exp(-times[j]! * weight);
    return weight * integral;
  });
}

/** One of N proposals by weight: N w E[1 / (w + S)], and 1 / s = ∫ e^(−ts) dt. */
export function oneOfManyLaw(line: Line, candidates: number): ExactLaw {
  const times = timesOf(line);
  const chosen = mixed(
    line,
    times,
    times.transforms.map((value) => value ** (candidates - 1)),
  );
  return { line, mass: line.generator.map((own, i) => candidates * own * chosen[i]!), proposals: candidates };
}

/** A step of i-SIR from a law: the state and N − 1 proposals compete by weight. */
export function iteratedSirStep(line: Line, candidates: number): (mass: Float64Array) => Float64Array {
  const times = timesOf(line);
  const others = candidates - 1;
  const kept = keptBySir(line, times, candidates);
  return (mass: Float64Array) => {
    const states = transformsOf(line, mass, times.times);
    const arrived = mixed(
      line,
      times,
      times.transforms.map((value, j) => value ** (others - 1) * states[j]!),
    );
    return mass.map((value, i) => value * kept[i]! + others * line.generator[i]! * arrived[i]!);
  };
}

function keptBySir(line: Line, times: Times, candidates: number): Float64Array {
  return mixed(
    line,
    times,
    times.transforms.map((value) => value ** (candidates - 1)),
  );
}

/** i-SIR from a sample of the target; a chain that never left it begins anew, with a choice among proposals alone. */
export function iteratedSirLaw(line: Line, candidates: number, steps: number): ExactLaw {
  const target = product(line.generator, line.weights);
  const kept = keptBySir(line, timesOf(line), candidates).map((value) => value ** steps);
  const capOut = sum(product(target, kept));
  const step = iteratedSirStep(line, candidates);
  let again = oneOfManyLaw(line, candidates - 1).mass;
  for (let i = 1; i < steps; i++) again = step(again);
  const proposals = steps * (candidates - 1);
  return {
    line,
    mass: target.map((value, i) => value * (1 - kept[i]!) + capOut * again[i]!),
    proposals: proposals * (1 + capOut),
    capOut,
  };
}

/** A Langevin step with or without the correction, on the data: a matrix over pairs of cells. */
export function langevinStep(
  line: Line,
  gradient: (x: number) => number,
  stepSize: number,
  corrected: boolean,
): (mass: Float64Array) => Float64Array {
  const { points, data, width } = line;
  const count = points.length;
  const means = points.map((x) => x + (stepSize / 2) * gradient(x));
  const density = (from: number, to: number): number =>
    (Math.exp(-((points[to]! - means[from]!) ** 2) / (2 * stepSize)) / Math.sqrt(2 * Math.PI * stepSize)) *
    width;
  const moves = new Float64Array(count * count);
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) {
      const proposed = density(from, to);
      moves[from * count + to] = corrected
        ? Math.min(proposed, data[from]! > 0 ? (data[to]! * density(to, from)) / data[from]! : proposed)
        : proposed;
    }
  }
  return (mass: Float64Array) => {
    const next = new Float64Array(count);
    for (let from = 0; from < count; from++) {
      const own = mass[from]!;
      if (own === 0) continue;
      let left = 0;
      for (let to = 0; to < count; to++) {
        const move = moves[from * count + to]!;
        next[to]! += own * move;
        left += move;
      }
      if (corrected) next[from]! += own * (1 - left);
    }
    return next;
  };
}

/** Total variation between a law and the data. */
export function totalVariationFromData({ line, mass }: ExactLaw): number {
  return mass.reduce((total, value, i) => total + Math.abs(value - line.data[i]!), 0) / 2;
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * b[i]!);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
