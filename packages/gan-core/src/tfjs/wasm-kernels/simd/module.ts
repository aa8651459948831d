import { type Code, type Local, unsigned, type ValueType } from "./assembler.ts";

/** A function under construction: its body is a list of instructions on its locals. */
export interface FunctionWriter {
  local(type: ValueType): Local;
  locals(type: ValueType, count: number): Local[];
}

/** An exported function: parameters, and a body that is written with the parameters as locals. No result. */
export interface FunctionSource {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  body(write: FunctionWriter, parameters: Local[]): Code[];
}

/** The binary of a module that imports a memory as "tfjs" "memory" and exports the functions. */
export function encodeModule(
  functions: readonly FunctionSource[],
  sharedMemory: boolean,
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...vectorOf(parameters.map((type) => [type])), 0]);
  // Limits: any memory of at least 0 pages; a shared one must also state a maximum.
  const limits = sharedMemory ? [0x03, 0, ...unsigned(65536)] : [0x00, 0];
  const memory = [...text("tfjs"), ...text("memory"), 0x02, ...limits];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [memory]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]),
    ),
    ...section(10, functions.map(encodeBody)),
  ]);
}

function encodeBody({ parameters, body }: FunctionSource): number[] {
  const declared: ValueType[] = [];
  const local = (type: ValueType): Local => localAt(parameters.length + declared.push(type) - 1);
  const locals = (type: ValueType, count: number): Local[] =>
    Array.from({ length: count }, () => local(type));
  const code = body(
    { local, locals },
    parameters.map((_, i) => localAt(i)),
  ).flat();
  const bytes = [...vectorOf(declared.map((type) => [1, type])), ...code, 0x0b];
  return [...unsigned(bytes.length), ...bytes];
}

function localAt(index: number): Local {
  return { get: [0x20, ...unsigned(index)], set: (value) => [...value, 0x21, ...unsigned(index)] };
}

function vectorOf(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = vectorOf(items);
  return [id, ...unsigned(content.length), ...content];
}

function text(value: string): number[] {
  return vectorOf([...new TextEncoder().encode(value)].map((byte) => [byte]));
}
