import { coordinate as at, svgText } from "./svg.ts";

/** Where in the picture the data lie. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A labelled place on an axis. */
export interface Tick {
  readonly position: number;
  readonly label: string;
}

/** An axis: its ticks and what it measures. */
export interface Axis {
  readonly ticks: readonly Tick[];
  readonly title: string;
}

/** The axis along the bottom of a frame. */
export function xAxis({ left, right, bottom }: Omit<Frame, "top">, { ticks, title }: Axis): string {
  const marks = ticks
    .map(
      ({ position, label }) =>
        `<path class="tick" d="M${at(position)} ${at(bottom)}v5"/>${svgText(position, bottom + 18, label, { anchor: "middle" })}`,
    )
    .join("");
  const name = svgText(right, bottom + 38, `${title} →`, { anchor: "end", className: "axis-title" });
  return `<g class="axes"><path class="axis" d="M${at(left)} ${at(bottom)}H${at(right)}"/>${marks}${name}</g>`;
}

/** Lines across a frame for the axis at its left. The title is level and stands on top, where it is read without turning the head. */
export function yAxis({ left, right, top }: Omit<Frame, "bottom">, { ticks, title }: Axis): string {
  const marks = ticks
    .map(
      ({ position, label }) =>
        `<path class="grid" d="M${at(left)} ${at(position)}H${at(right)}"/>${svgText(left - 7, position + 4, label, { anchor: "end" })}`,
    )
    .join("");
  return `<g class="axes">${marks}${svgText(4, top - 16, `↑ ${title}`, { className: "axis-title" })}</g>`;
}

/** Ticks of a scale of d3, about so many. */
export function linearTicks(
  scale: { (value: number): number; ticks(count: number): number[] },
  count: number,
  label: (value: number) => string,
): Tick[] {
  return scale.ticks(count).map((value) => ({ position: scale(value), label: label(value) }));
}
