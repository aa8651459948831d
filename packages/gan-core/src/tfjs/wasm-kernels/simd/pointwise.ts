import { type Code, i32, type Local, type, whileLoop } from "./assembler.ts";
import { f32, f32x4, type Lanes } from "./lanes.ts";
import type { FunctionSource } from "./module.ts";

/** What the body of a pointwise function may use, for one number or four at once. */
interface PointwiseBody {
  readonly lanes: Lanes;
  load(array: number): Code;
  store(array: number, value: Code): Code;
  scalar(index: number): Code;
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
        const scope: PointwiseBody = {
          lanes,
          load: (array) => lanes.load(addresses[array]!.get),
          store: (array, value) => lanes.store(addresses[array]!.get, value),
          scalar: (index) => splats[index]!.lanes.get,
          local: () => write.local(lanes.type),
        };
        return [
          ...splats.map((splat) => splat.lanes.set(lanes.splat(splat.scalar.get))),
          end.set(i32.add(first!.get, i32.shiftLeft(elements, i32.const(2)))),
          whileLoop(
            i32.lessThanUnsigned(first!.get, end.get),
            ...body(scope),
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
