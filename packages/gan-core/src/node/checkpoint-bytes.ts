import { createHash } from "node:crypto";
import type { TrainingCheckpoint } from "../tfjs/training/training-checkpoint.ts";

// magic | format version | length of the JSON | JSON, in which arrays are places | the arrays | SHA-256 of all before
const MAGIC = "mhgan checkpoint";
const VERSION = 1;
const PREAMBLE = MAGIC.length + 8;
const DIGEST = 32;

/** A checkpoint as the bytes of a file, which end in their own SHA-256. */
export function checkpointBytes(checkpoint: TrainingCheckpoint): Uint8Array {
  const arrays: Float32Array[] = [];
  let place = 0;
  const json = JSON.stringify(checkpoint, (_, value: unknown) => {
    if (!(value instanceof Float32Array)) return value;
    arrays.push(value);
    place += value.length;
    return { float32: [place - value.length, value.length] };
  });
  const text = Buffer.from(json);
  const bytes = Buffer.alloc(PREAMBLE + text.length + 4 * place + DIGEST);
  bytes.write(MAGIC, "latin1");
  bytes.writeUInt32LE(VERSION, MAGIC.length);
  bytes.writeUInt32LE(text.length, MAGIC.length + 4);
  bytes.set(text, PREAMBLE);
  let offset = PREAMBLE + text.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  bytes.set(createHash("sha256").update(bytes.subarray(0, offset)).digest(), offset);
  return bytes;
}

/** @throws {Error} that says why, if the bytes are not those of a whole checkpoint. */
export function parseCheckpoint(bytes: Uint8Array): TrainingCheckpoint {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (reason: string): never => {
    throw new Error(reason);
  };
  if (file.length < PREAMBLE + DIGEST) fail(`it is cut short, to ${file.length} bytes`);
  if (file.toString("latin1", 0, MAGIC.length) !== MAGIC) fail("it is not a checkpoint");
  const content = file.subarray(0, file.length - DIGEST);
  if (!createHash("sha256").update(content).digest().equals(file.subarray(-DIGEST))) {
    fail("its SHA-256 is not the one at its end: it is cut short or was changed");
  }
  const version = file.readUInt32LE(MAGIC.length);
  if (version !== VERSION) fail(`it is of format version ${version}, not ${VERSION}`);
  const begin = PREAMBLE + file.readUInt32LE(MAGIC.length + 4);
  return JSON.parse(content.toString("utf8", PREAMBLE, begin), (_, value) => {
    const place: unknown = value?.float32;
    if (!Array.isArray(place)) return value;
    const [first, length] = place as [number, number];
    const array = new Float32Array(length);
    new Uint8Array(array.buffer).set(content.subarray(begin + 4 * first, begin + 4 * (first + length)));
    return array;
  });
}
