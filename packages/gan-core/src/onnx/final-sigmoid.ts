/** Operators that leave every number as it is. */
const passThrough = new Set(["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity"]);

// Field numbers of onnx.proto.
const MODEL = { graph: 7 } as const;
const GRAPH = { node: 1, initializer: 5, output: 12 } as const;
const NODE = { input: 1, output: 2, opType: 4, domain: 7 } as const;
const VALUE_INFO = { name: 1 } as const;
const TENSOR = { dataLocation: 14 } as const;

/**
 * The bytes of an ONNX model whose only output comes from a sigmoid, with that sigmoid replaced by the identity: a discriminator that gives logits.
 * Operators that only reshape may follow the sigmoid.
 *
 * @returns undefined if the model does not end so, if the sigmoid's result is used elsewhere too, if weights are in files beside the model, which would not be found
 * from its bytes, or if these are no model: then it is the runtime's to say what is wrong.
 */
export function withoutFinalSigmoid(model: Uint8Array): Uint8Array | undefined {
  try {
    return replaced(model);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function replaced(model: Uint8Array): Uint8Array | undefined {
  const graph = fieldsOf(model).find(({ number }) => number === MODEL.graph);
  if (graph?.body === undefined) return undefined;
  const fields = fieldsOf(graph.body);
  const bodies = (number: number): Uint8Array[] =>
    fields.flatMap((field) => (field.number === number && field.body !== undefined ? [field.body] : []));
  const isOutside = (tensor: Uint8Array): boolean =>
    fieldsOf(tensor).some(({ number, value }) => number === TENSOR.dataLocation && value === 1);
  if (bodies(GRAPH.initializer).some(isOutside)) return undefined;

  const nodes = fields.flatMap((field) =>
    field.number === GRAPH.node && field.body !== undefined ? [{ field, ...nodeOf(field.body) }] : [],
  );
  const outputs = bodies(GRAPH.output).map((body) => stringsOf(body, VALUE_INFO.name)[0]);
  if (outputs.length !== 1) return undefined;
  let name = outputs[0];
  for (let steps = 0; steps <= nodes.length; steps++) {
    const node = nodes.find(({ output }) => output.includes(name!));
    const users = nodes.filter(({ input }) => input.includes(name!)).length + (name === outputs[0] ? 1 : 0);
    if (node === undefined || node.domain !== "" || users !== 1) return undefined;
    if (node.opType === "Sigmoid") {
      const identity = withField(node.field.body!, node.opTypeField, new TextEncoder().encode("Identity"));
      return withField(model, graph, withField(graph.body, node.field, identity));
    }
    if (!passThrough.has(node.opType)) return undefined;
    name = node.input[0];
  }
  return undefined;
}

function nodeOf(body: Uint8Array) {
  return {
    input: stringsOf(body, NODE.input),
    output: stringsOf(body, NODE.output),
    opType: stringsOf(body, NODE.opType)[0] ?? "",
    opTypeField: fieldsOf(body).find(({ number }) => number === NODE.opType)!,
    domain: stringsOf(body, NODE.domain)[0] ?? "",
  };
}

/** A field of a message in the wire format of Protocol Buffers. */
interface Field {
  readonly number: number;
  /** Where it begins, with its tag, and ends. */
  readonly begin: number;
  readonly end: number;
  /** A varint's value. */
  readonly value?: number;
  /** What has a length: a string, bytes or a message. */
  readonly body?: Uint8Array;
}

/** @throws {RangeError} if the bytes are no message. */
function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      if (byte === undefined || shift > 2 ** 63) throw new RangeError("a varint must end");
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const begin = at;
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) {
      const value = varint();
      fields.push({ number, begin, end: at, value });
    } else if (wireType === 1 || wireType === 5) {
      at += wireType === 1 ? 8 : 4;
      fields.push({ number, begin, end: at });
    } else if (wireType === 2) {
      const length = varint();
      const body = message.subarray(at, at + length);
      at += length;
      fields.push({ number, begin, end: at, body });
    } else throw new RangeError(`a field must have a wire type, got ${wireType}`);
    if (at > message.length) throw new RangeError("a field must end in its message");
  }
  return fields;
}

function stringsOf(message: Uint8Array, number: number): string[] {
  return fieldsOf(message).flatMap((field) =>
    field.number === number && field.body !== undefined ? [new TextDecoder().decode(field.body)] : [],
  );
}

/** A message with another body in one of its fields. */
function withField(message: Uint8Array, { number, begin, end }: Field, body: Uint8Array): Uint8Array {
  const head = [...varintBytes(number * 8 + 2), ...varintBytes(body.length)];
  const result = new Uint8Array(begin + head.length + body.length + (message.length - end));
  result.set(message.subarray(0, begin));
  result.set(head, begin);
  result.set(body, begin + head.length);
  result.set(message.subarray(end), begin + head.length + body.length);
  return result;
}

function varintBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}
