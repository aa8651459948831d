import { describe, expect, it } from "vitest";
import { i32, type, unsigned } from "./assembler.ts";
import { f32 } from "./lanes.ts";
import { encodeModule, type FunctionSource } from "./module.ts";

declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Record<string, (...args: number[]) => void> };
};

describe("encodeModule", () => {
  it("encodes numbers as the specification's examples", () => {
    expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(i32.const(-123456)).toEqual([0x41, 0xc0, 0xbb, 0x78]);
    expect(i32.const(64)).toEqual([0x41, 0xc0, 0x00]);
  });

  it("makes functions that work on the given memory", () => {
    const scale: FunctionSource = {
      name: "scale",
      parameters: [type.i32, type.f32],
      body: (write, [at, factor]) => {
        const value = write.local(type.f32);
        return [value.set(f32.load(at!.get)), f32.store(at!.get, f32.mul(value.get, factor!.get))];
      },
    };
    const bytes = encodeModule([scale], false);
    expect(WebAssembly.validate(bytes)).toBe(true);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { tfjs: { memory } });
    const heap = new Float32Array(memory.buffer);
    heap[3] = 5;
    exports["scale"]!(12, 1.5);
    expect(heap[3]).toBe(7.5);
  });

  it("accepts a shared memory", () => {
    expect(WebAssembly.validate(encodeModule([], true))).toBe(true);
  });
});
