import type { DatasetFileProblem } from "../../dataset-file-error.ts";
import { nodeBuiltin } from "../../node-builtin.ts";
import { type ImageHeader, imageHeader } from "./image-header.ts";
import { pngChunks } from "./png-chunks.ts";

/** The points of a picture. */
export interface DecodedImage {
  /** The points of a row, from 1. */
  readonly width: number;
  /** The rows, from 1. */
  readonly height: number;
  /** 1: grey. 3: red, green and blue. */
  readonly channels: 1 | 3;
  /** From 0 to 255, row by row from the top, the channels of a point together: `height × width × channels`. */
  readonly data: Uint8Array;
}

/** What `require("pngjs")` and `require("jpeg-js")` have of what is needed here. */
interface Decoders {
  readonly pngjs: { readonly PNG: { readonly sync: { read(bytes: Uint8Array): RawImage } } };
  readonly "jpeg-js": { decode(bytes: Uint8Array, options: object): RawImage };
}

interface RawImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Which package decodes which format. */
const PACKAGES = { png: "pngjs", jpeg: "jpeg-js" } as const;

/**
 * Decodes a PNG or JPEG file of 8 bits a value or fewer, grey or coloured, without transparent points.
 *
 * @param caller - for the error that asks to install something.
 * @param bytes - the whole file; a Buffer, as `pngjs` wants it.
 * @param maxBytes - the largest result.
 * @throws {UnfitImage} if the picture is damaged, too large, or of another kind.
 * @throws {Error} if the package that decodes is not installed.
 * @internal
 */
export async function decodeImage(
  caller: string,
  bytes: Uint8Array,
  maxBytes: number,
): Promise<DecodedImage> {
  const header = imageHeader(bytes);
  if (header === undefined) throw new UnfitImage("corrupt", "must be a PNG or JPEG file, got other bytes");
  const { format, width, height, channels, bits } = header;
  if (bits > 8) throw new UnfitImage("unexpected", `must have 8 bits a value, got ${bits}`);
  if (channels !== 1 && channels !== 3)
    throw new UnfitImage("unexpected", `must have 1 or 3 channels, got ${channels}`);
  // Before the decoder makes room for what a few bytes announce.
  if (width * height * channels > maxBytes) {
    throw new UnfitImage(
      "too-large",
      `must have at most ${maxBytes} values, got ${height} × ${width} × ${channels}`,
    );
  }
  let raw: RawImage;
  if (format === "png") {
    await requireBoundedPng(caller, bytes, header);
    const { PNG } = await loadDecoder(caller, PACKAGES.png);
    raw = decoded(() => PNG.sync.read(bytes));
    if (raw.data.some((value, i) => i % 4 === 3 && value !== 255)) {
      throw new UnfitImage("unexpected", "must have no transparent points, got some");
    }
  } else {
    const { decode } = await loadDecoder(caller, PACKAGES.jpeg);
    const options = {
      useTArray: true,
      tolerantDecoding: false, // or it would fill in what a damaged file lacks
      maxResolutionInMP: Infinity, // the size is known to be accepted
      maxMemoryUsageInMB: 64 + (32 * width * height * channels) / 2 ** 20, // a few times what it should need
    };
    raw = decoded(() => decode(bytes, options));
  }
  if (raw.width !== width || raw.height !== height || raw.data.length !== 4 * width * height) {
    throw new UnfitImage("corrupt", "must be of the size that it announces, got another");
  }
  return { width, height, channels, data: withoutAlpha(raw.data, channels) };
}

/**
 * Holds a PNG file to what its header announces, where pngjs does not: it believes the last of several headers, and unpacks an
 * interlaced picture to whatever size comes out.
 */
async function requireBoundedPng(
  caller: string,
  bytes: Uint8Array,
  { width, height, interlaced }: ImageHeader,
): Promise<void> {
  const packed = new Uint8Array(interlaced ? bytes.length : 0);
  let packedLength = 0;
  let headers = 0;
  for (const { name, data } of pngChunks(bytes)) {
    if (name === "IHDR" && ++headers > 1) {
      throw new UnfitImage("corrupt", "must have one header (IHDR), got more");
    }
    if (name === "IDAT" && interlaced) {
      packed.set(data, packedLength);
      packedLength += data.length;
    }
  }
  if (!interlaced) return;
  const zlib = nodeBuiltin(caller, "node:zlib");
  // At most four values for each point, and a byte before each row of each of the seven passes: 15 rows for eight, and their rest.
  const maxOutputLength = 4 * width * height + 2 * height + 7;
  await new Promise<void>((resolve, reject) => {
    zlib.inflate(packed.subarray(0, packedLength), { maxOutputLength }, (error) => {
      if ((error as NodeJS.ErrnoException | null)?.code === "ERR_BUFFER_TOO_LARGE") {
        reject(new UnfitImage("corrupt", "must unpack to the size that it announces, got more"));
      } else {
        resolve(); // what is damaged is for the decoder to say
      }
    });
  });
}

function decoded(decode: () => RawImage): RawImage {
  try {
    return decode();
  } catch (cause) {
    throw new UnfitImage(
      "corrupt",
      `must be a whole picture, got a damaged one (${(cause as Error).message})`,
      {
        cause,
      },
    );
  }
}

/** Both decoders give four values for each point, of a grey one the same value three times. */
function withoutAlpha(points: Uint8Array, channels: 1 | 3): Uint8Array {
  const data = new Uint8Array((points.length / 4) * channels);
  for (let from = 0, to = 0; from < points.length; from += 4) {
    for (let channel = 0; channel < channels; channel++) data[to++] = points[from + channel]!;
  }
  return data;
}

async function loadDecoder<Name extends keyof Decoders>(caller: string, name: Name): Promise<Decoders[Name]> {
  try {
    // The package may be absent: it is optional, so its name is kept from bundlers and from the type checker.
    const module = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
    return module.default;
  } catch (cause) {
    throw new Error(
      `${caller}: the package ${name} must be installed to decode ${name === PACKAGES.png ? "PNG" : "JPEG"} files (npm install ${name}), or options.decode given, got neither`,
      { cause },
    );
  }
}

/** A picture that cannot be used. Its message, "must …, got …", follows on the name of a file. @internal */
export class UnfitImage extends RangeError {
  readonly problem: DatasetFileProblem;

  constructor(problem: DatasetFileProblem, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.problem = problem;
  }
}
