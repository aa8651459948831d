import type { TensorInfo } from "@tensorflow/tfjs-core";
import { floats, type WasmBackend } from "./wasm-backend.ts";

/** One axis of a transposed convolution, cut into phases. Lengths are in pixels of dy. */
export interface PhasePlan {
  readonly stride: number;
  /** Zero taps put before the filter so that phases line up. */
  readonly shift: number;
  /** Taps of every phase. */
  readonly taps: number;
  /** Phase pixels computed. */
  readonly length: number;
  /** Interleaved pixels that lie before the first input pixel. */
  readonly offset: number;
  /** Zeros around dy; negative means that dy is cropped. */
  readonly padBefore: number;
  readonly padAfter: number;
}

/**
 * Plans one axis. Of the two ways to line up the phases (start at the padded input's first pixel, or at the input's own,
 * which saves the crop) the one with fewer multiplications is taken.
 */
export function planPhases(
  filterLength: number,
  stride: number,
  padding: number,
  inLength: number,
  outLength: number,
): PhasePlan {
  const plan = (shift: number): PhasePlan => {
    const start = padding + shift;
    const taps = Math.ceil((filterLength + shift) / stride);
    const first = Math.floor(start / stride);
    const last = Math.floor((start + inLength - 1) / stride);
    return {
      stride,
      shift,
      taps,
      length: last - first + 1,
      offset: start - first * stride,
      padBefore: taps - 1 - first,
      padAfter: last + 1 - outLength,
    };
  };
  const plain = plan(0);
  const aligned = plan((stride - (padding % stride)) % stride);
  return aligned.taps * aligned.length < plain.taps * plain.length ? aligned : plain;
}

/** Regroups a filter [height, width, in, out] to [taps, taps, out, phases * in], taps reversed. */
export function subPixelFilter(
  backend: WasmBackend,
  filter: TensorInfo,
  rows: PhasePlan,
  columns: PhasePlan,
): TensorInfo {
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const depth = rows.stride * columns.stride * inChannels;
  const out = backend.makeOutput([rows.taps, columns.taps, outChannels, depth], "float32");
  const [source, target] = floats(backend, filter, out);
  target.fill(0);
  let from = 0;
  for (let row = rows.shift; row < rows.shift + height; row++) {
    const tapRow = rows.taps - 1 - Math.floor(row / rows.stride);
    for (let column = columns.shift; column < columns.shift + width; column++) {
      const tap = tapRow * columns.taps + columns.taps - 1 - Math.floor(column / columns.stride);
      const phase = (row % rows.stride) * columns.stride + (column % columns.stride);
      for (let i = 0; i < inChannels; i++) {
        let to = tap * outChannels * depth + phase * inChannels + i;
        for (let o = 0; o < outChannels; o++, to += depth) target[to] = source[from++]!;
      }
    }
  }
  return out;
}

/** Puts the phases [batch, rows.length, columns.length, phases * channels] together to an image, cropped to `shape`. */
export function interleavePhases(
  backend: WasmBackend,
  phases: TensorInfo,
  shape: readonly [number, number, number, number],
  rows: PhasePlan,
  columns: PhasePlan,
): TensorInfo {
  const [batch, height, width, channels] = shape;
  const out = backend.makeOutput([...shape], "float32");
  const [source, target] = floats(backend, phases, out);
  let to = 0;
  for (let n = 0; n < batch; n++) {
    for (let y = rows.offset; y < rows.offset + height; y++) {
      const sourceRow = (n * rows.length + Math.floor(y / rows.stride)) * columns.length;
      // The phases of one row of a block lie side by side, so whole blocks are copied at once.
      for (let x = columns.offset; x < columns.offset + width; ) {
        const column = Math.floor(x / columns.stride);
        const phase = x - column * columns.stride;
        const run = Math.min(columns.stride - phase, columns.offset + width - x);
        const block = (sourceRow + column) * rows.stride + (y % rows.stride);
        let from = (block * columns.stride + phase) * channels;
        for (const end = to + run * channels; to < end; ) target[to++] = source[from++]!;
        x += run;
      }
    }
  }
  return out;
}
