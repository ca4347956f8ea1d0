import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { type ByteReader, withReader } from "./byte-reader.js";
import { Crc64 } from "./crc64.js";
import { corrupt } from "./damage.js";
import { Lzma2 } from "./lzma2.js";

const MAGIC = "\xfd7zXZ\0";
const HEADER_BYTES = 12;
const FILTER_LZMA2 = 0x21;
/** xz's own presets stay below (-9 is 64 MiB); a larger one is an attack on memory, or asks for xz itself. */
const LARGEST_DICTIONARY_BYTES = 1 << 28;

/** Streams that follow each other, with zeros between them, are one. */
export function unxz(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return withReader(chunks, streams);
}

async function* streams(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (let first = true; await reader.fill(first ? HEADER_BYTES : 4); first = false) {
    if (!first && reader.bytes.readUInt32LE() === 0) {
      reader.skip(4);
      continue;
    }
    const header = await reader.take(HEADER_BYTES);
    if (header.toString("latin1", 0, 6) !== MAGIC) throw corrupt("no xz stream where one should begin");
    if (crc32(header.subarray(6, 8)) !== header.readUInt32LE(8)) throw corrupt("xz header");
    yield* stream(reader, (header[7] ?? 0) & 15);
  }
  if (reader.bytes.length > 0) await reader.take(HEADER_BYTES);
}

async function* stream(reader: ByteReader, check: number): AsyncGenerator<Uint8Array> {
  let blocks = 0;
  for (;;) {
    const size = (await reader.take(1))[0] ?? 0;
    if (size === 0) break;
    yield* block(reader, size, check);
    blocks++;
  }
  await skipIndex(reader, blocks);
  await reader.take(HEADER_BYTES);
}

/** How a check is kept, by its id in the stream's header. */
function checkOf(id: number): {
  readonly bytes: number;
  update(part: Uint8Array): void;
  matches(read: Buffer): boolean;
} {
  if (id === 1) {
    let crc = 0;
    return {
      bytes: 4,
      update: (part) => {
        crc = crc32(part, crc);
      },
      matches: (read) => read.readUInt32LE() === crc,
    };
  }
  if (id === 4) {
    const crc = new Crc64();
    return { bytes: 8, update: (part) => crc.update(part), matches: (read) => crc.digest().equals(read) };
  }
  if (id === 10) {
    const hash: Hash = createHash("sha256");
    return { bytes: 32, update: (part) => hash.update(part), matches: (read) => hash.digest().equals(read) };
  }
  // The format reserves the other ids and says how long they are.
  const bytes = id === 0 ? 0 : 4 << Math.floor((id - 1) / 3);
  return { bytes, update() {}, matches: () => true };
}

/** @param size The first byte of the block: a quarter of its header's length, less one. */
async function* block(reader: ByteReader, size: number, checkId: number): AsyncGenerator<Uint8Array> {
  const header = Buffer.concat([Uint8Array.of(size), await reader.take(size * 4 + 3)]);
  if (crc32(header.subarray(0, -4)) !== header.readUInt32LE(header.length - 4)) throw corrupt("xz block header");
  const dictionaryBytes = dictionaryOf(header);
  const check = checkOf(checkId);
  const lzma = new Lzma2(dictionaryBytes);
  let packed = 0;
  for (;;) {
    const control = (await reader.take(1))[0] ?? 0;
    packed++;
    if (control === 0) break;
    if (control >= 3 && control < 0x80) throw corrupt("LZMA2 chunk");
    const isPacked = control >= 0x80;
    const sizes = await reader.take(isPacked ? (control >= 0xc0 ? 5 : 4) : 2);
    const length = (isPacked ? sizes.readUInt16BE(2) : sizes.readUInt16BE()) + 1;
    const bytes = await reader.take(length);
    packed += sizes.length + length;
    const part = isPacked
      ? lzma.unpack(control, ((control & 0x1f) << 16) + sizes.readUInt16BE() + 1, sizes[4], bytes)
      : lzma.copy(control, bytes);
    check.update(part);
    yield part;
  }
  await reader.take((4 - (packed % 4)) % 4);
  if (!check.matches(await reader.take(check.bytes))) throw corrupt("xz checksum");
}

/** The size of the dictionary of a block whose only filter is LZMA2, as it is of every text. */
function dictionaryOf(header: Buffer): number {
  const flags = header[1] ?? 0;
  let at = 2;
  const vli = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = header[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      if (shift > 49) throw corrupt("xz block header");
    }
  };
  if ((flags & 3) !== 0) throw corrupt("xz filter that is not for text");
  if (flags & 0x40) vli();
  if (flags & 0x80) vli();
  if (vli() !== FILTER_LZMA2 || vli() !== 1) throw corrupt("xz filter that is not for text");
  const bits = header[at] ?? 0;
  const bytes = bits >= 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
  if (bytes > LARGEST_DICTIONARY_BYTES) throw corrupt(`xz dictionary of ${Math.round(bytes / 2 ** 20)} MiB`);
  return bytes;
}

/** The list of blocks repeats what they say themselves. */
async function skipIndex(reader: ByteReader, blocks: number): Promise<void> {
  let length = 1;
  const vli = async (): Promise<number> => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = (await reader.take(1))[0] ?? 0;
      length++;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      if (shift > 49) throw corrupt("xz index");
    }
  };
  if ((await vli()) !== blocks) throw corrupt("xz index");
  for (let block = 0; block < blocks; block++) {
    await vli();
    await vli();
  }
  await reader.take(((4 - (length % 4)) % 4) + 4);
}
