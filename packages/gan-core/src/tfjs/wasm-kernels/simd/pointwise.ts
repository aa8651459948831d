import { type Code, i32, type Local, type, whileLoop } from "./assembler.ts";
import { f32, f32x4, type Lanes } from "./lanes.ts";
import type { FunctionSource } from "./module.ts";

/** What the body of a pointwise function may use, for one number or four at once. */
export interface PointwiseBody {
  readonly lanes: Lanes;
  load(array: number): Code;
  store(array: number, value: Code): Code;
  scalar(index: number): Code;
  /** A number, held in a local: a constant in the loop would be built anew for each turn. */
  constant(value: number): Code;
  local(): Local;
}

/**
 * A loop over arrays of equal length: parameters are the addresses of the arrays, the length, then numbers.
 * The body is assembled twice, for whole vectors and for the up to three elements that remain.
 */
export function pointwise(
  name: string,
  arrays: number,
  scalars: number,
  body: (scope: PointwiseBody) => Code[],
): FunctionSource {
  return {
    name,
    parameters: [...Array(arrays + 1).fill(type.i32), ...Array(scalars).fill(type.f32)],
    body(write, parameters) {
      const addresses = parameters.slice(0, arrays);
      const [first] = addresses;
      const length = parameters[arrays]!;
      const end = write.local(type.i32);
      const section = (lanes: Lanes, elements: Code): Code[] => {
        const splats = parameters
          .slice(arrays + 1)
          .map((scalar) => ({ scalar, lanes: write.local(lanes.type) }));
        const constants = new Map<number, Local>();
        const scope: PointwiseBody = {
          lanes,
          load: (array) => lanes.load(addresses[array]!.get),
          store: (array, value) => lanes.store(addresses[array]!.get, value),
          scalar: (index) => splats[index]!.lanes.get,
          constant(value) {
            const held = constants.get(value) ?? write.local(lanes.type);
            constants.set(value, held);
            return held.get;
          },
          local: () => write.local(lanes.type),
        };
        const turn = body(scope);
        return [
          ...splats.map((splat) => splat.lanes.set(lanes.splat(splat.scalar.get))),
          ...[...constants].map(([value, held]) => held.set(lanes.splat(f32.const(value)))),
          end.set(i32.add(first!.get, i32.shiftLeft(elements, i32.const(2)))),
          whileLoop(
            i32.lessThanUnsigned(first!.get, end.get),
            ...turn,
            ...addresses.map((address) => address.set(i32.add(address.get, i32.const(4 * lanes.width)))),
          ),
        ];
      };
      return [
        ...section(f32x4, i32.and(length.get, i32.const(~3))),
        ...section(f32, i32.and(length.get, i32.const(3))),
      ];
    },
  };
}
