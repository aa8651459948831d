import { figuresTable } from "./figures-table.ts";
import type { Choice, Quality, Reply, Request, SamplerName } from "./messages.ts";
import { samplers } from "./samplers.ts";
import { scatter } from "./scatter.ts";

/** The element with an id. */
function element<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`element: #${id} must be in the page`);
}

const progress = element("progress", HTMLProgressElement);
const progressLabel = element("progress-label", HTMLLabelElement);
const status = element("status", HTMLParagraphElement);
const again = element("again", HTMLButtonElement);
const fields = element("fields", HTMLFieldSetElement);
const slider = element("strength", HTMLInputElement);
const strengthValue = element("strength-value", HTMLOutputElement);
const plots = {
  real: scatter(element("real", HTMLCanvasElement), "--real"),
  gan: scatter(element("gan", HTMLCanvasElement), "--gan"),
  draws: scatter(element("draws", HTMLCanvasElement), "--draws"),
};
const figures = figuresTable(element("figures", HTMLTableElement));

const signed = (value: number): string => value.toFixed(1).replace("-", "−");
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Says below a plot, and to those who cannot see it, what is in it. */
function describe(name: keyof typeof plots, what: string, text: string): void {
  element(`${name}-caption`, HTMLElement).textContent = text;
  element(name, HTMLCanvasElement).setAttribute("aria-label", `Scatter plot of ${what}: ${text}`);
}

const inWords = ({ highQuality, modes }: Quality): string =>
  `${percent(highQuality)} within four standard deviations of a mode, ${modes} of 8 modes`;

let worker: Worker;
let seed = 0;
let sampler: SamplerName = "metropolisHastings";
const strengths = new Map(
  Object.entries(samplers).map(([name, { strength }]) => [name, strength.values.indexOf(strength.initial)]),
);
const ask = (request: Request): void => worker.postMessage(request);

/** A new worker for each GAN: the old one ends, whatever it is doing. */
function train(): void {
  worker?.terminate();
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => hear(data));
  worker.addEventListener("error", ({ message }) => fail(message || "the worker could not be loaded"));
  fields.disabled = true;
  progress.value = 0;
  progressLabel.textContent = "Loading TensorFlow.js";
  status.textContent = "";
  status.classList.remove("failure");
  for (const name of ["gan", "draws"] as const) plots[name].show([]);
  describe("gan", "the GAN's samples", "as it learns");
  describe("draws", "the draws", "after training");
  figures.clear();
  seed++;
  ask({ kind: "train", seed });
}

/** The sampler and the strength that are set now. */
function choice(): Choice {
  const { values } = samplers[sampler].strength;
  return { sampler, strength: values[Number(slider.value)] ?? 1 };
}

/** Whether an answer is to what is set now: the slider may have moved on. */
function isSet({ sampler, strength }: Choice): boolean {
  const now = choice();
  return now.sampler === sampler && now.strength === strength;
}

function hear(reply: Reply): void {
  switch (reply.kind) {
    case "data":
      for (const plot of Object.values(plots)) plot.frame(reply.modes, reply.modeRadius);
      plots.real.show(reply.points);
      describe("real", "real data", inWords(reply.quality));
      progressLabel.textContent = "Training";
      break;
    case "training":
      progress.max = reply.totalSteps;
      progress.value = reply.step;
      progressLabel.textContent = `Training: step ${reply.step} of ${reply.totalSteps}`;
      plots.gan.show(reply.points);
      break;
    case "trained":
      plots.gan.show(reply.points);
      describe("gan", "the GAN's samples", inWords(reply.quality));
      progressLabel.textContent = "Trained and calibrated";
      status.textContent = `GAN number ${seed} took ${reply.seconds.toFixed(1)} seconds. Z of its discriminator's scores on held-out data: ${signed(reply.z.before)} before calibration, ${signed(reply.z.after)} after; within ±2 is chance.`;
      fields.disabled = false;
      setSampler(sampler);
      break;
    case "predicted":
      figures.predicted(reply.predicted);
      break;
    case "drawn":
      if (!isSet(reply.choice)) break;
      figures.measured(reply.measured);
      plots.draws.show(reply.points);
      describe("draws", `draws by ${samplers[reply.choice.sampler].label}`, inWords(reply.quality));
      break;
    case "failed":
      fail(reply.message);
  }
}

function fail(message: string): void {
  status.textContent = `It did not work: ${message}`;
  status.classList.add("failure");
}

function draw(): void {
  const { strength, sampler } = choice();
  const settable = samplers[sampler].strength.values.length > 0;
  strengthValue.textContent = settable ? String(strength) : "";
  slider.setAttribute("aria-valuetext", settable ? String(strength) : "nothing to set");
  figures.wait();
  ask({ kind: "draw", choice: { sampler, strength } });
}

/** Sets the slider up for a sampler, where it stood before, and draws. */
function setSampler(name: SamplerName): void {
  sampler = name;
  const { label, strength, about } = samplers[name];
  element("draws-heading", HTMLHeadingElement).textContent = label;
  element("strength-name", HTMLElement).textContent = strength.name;
  element("about", HTMLParagraphElement).textContent = about;
  slider.disabled = strength.values.length === 0;
  slider.max = String(Math.max(0, strength.values.length - 1));
  slider.value = String(strengths.get(name));
  draw();
}

for (const [name, { label }] of Object.entries(samplers)) {
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: "sampler", value: name, checked: name === sampler });
  input.addEventListener("change", () => setSampler(name as SamplerName));
  const option = document.createElement("label");
  option.append(input, label);
  element("samplers", HTMLDivElement).append(option);
}
slider.addEventListener("input", () => {
  strengths.set(sampler, Number(slider.value));
  draw();
});
again.addEventListener("click", train);
element("controls", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
train();
