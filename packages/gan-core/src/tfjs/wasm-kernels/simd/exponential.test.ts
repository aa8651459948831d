import { expect, it } from "vitest";
import { exponential } from "./exponential.ts";
import { encodeModule } from "./module.ts";
import { pointwise } from "./pointwise.ts";

declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { exponential(x: number, y: number, length: number): void } };
};

const source = pointwise("exponential", 2, 0, (scope) => {
  const result = scope.local();
  return [...exponential(scope, scope.load(0), result), scope.store(1, result.get)];
});

it("exponential is within some units in the last place, four at once and one by one", () => {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const module = new WebAssembly.Module(encodeModule([source], false));
  const { exports } = new WebAssembly.Instance(module, { tfjs: { memory } });
  const count = 8000;
  const x = new Float32Array(memory.buffer, 0, count);
  const y = new Float32Array(memory.buffer, 4 * count, count);
  for (let i = 0; i < count; i++) x[i] = -87 + (175 * i) / (count - 1);
  exports.exponential(0, 4 * count, count);
  const errors = Array.from(x, (value, i) => Math.abs(y[i]! / Math.exp(value) - 1));
  // A unit in the last place is 1.2e-7 at most.
  expect(Math.max(...errors)).toBeLessThan(2.5e-7);

  const together = y.slice();
  for (let i = 0; i < count; i += 7) {
    exports.exponential(4 * i, 4 * (count + i), 1);
    expect(y[i]).toBe(together[i]);
  }
  x.set([0, Number.NaN]);
  exports.exponential(0, 4 * count, 2);
  expect([y[0], y[1]]).toEqual([1, Number.NaN]);
});
