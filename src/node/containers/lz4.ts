import { type ByteReader, withReader } from "./byte-reader.js";
import { corrupt } from "./damage.js";
import { Xxh32 } from "./xxh32.js";

/** What a block may refer back to. */
const WINDOW_BYTES = 1 << 16;
const FRAME = 0x184d2204;
const LEGACY_FRAME = 0x184c2102;
const LEGACY_BLOCK_BYTES = 1 << 23;
const UNCOMPRESSED = 0x80000000;

/** LZ4 frames, those of the legacy form and skippable ones among them; frames that follow each other are one stream. */
export function unlz4(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return withReader(chunks, frames);
}

async function* frames(reader: ByteReader): AsyncGenerator<Uint8Array> {
  while (await reader.fill(1)) {
    const magic = (await reader.take(4)).readUInt32LE();
    if (magic === FRAME) yield* frame(reader);
    else if (magic === LEGACY_FRAME) yield* legacyFrame(reader);
    else if (magic >>> 4 === 0x184d2a5) {
      const length = (await reader.take(4)).readUInt32LE();
      await reader.section(length).skip();
    } else throw corrupt("no LZ4 frame where one should begin");
  }
}

async function* frame(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const [flags = 0, descriptor = 0] = await reader.take(2);
  if (flags >> 6 !== 1) throw corrupt("LZ4 frame of an unknown version");
  const blockBytes = 1 << (8 + 2 * ((descriptor >> 4) & 7));
  if (blockBytes < WINDOW_BYTES) throw corrupt("LZ4 block size");
  // Content size, dictionary id, checksum of the header.
  await reader.take((flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0) + 1);
  const linked = (flags & 0x20) === 0;
  const digest = flags & 4 ? new Xxh32() : null;
  const out = Buffer.allocUnsafe(WINDOW_BYTES + blockBytes);
  let history = 0;
  for (;;) {
    const size = (await reader.take(4)).readUInt32LE();
    if (size === 0) break;
    const length = size & ~UNCOMPRESSED;
    if (length > blockBytes) throw corrupt("LZ4 block size");
    const block = await reader.take(length);
    if (flags & 0x10) {
      const expected = (await reader.take(4)).readUInt32LE();
      if (new Xxh32().update(block).digest() !== expected) throw corrupt("LZ4 block checksum");
    }
    const end = size & UNCOMPRESSED ? history + block.copy(out, history) : decodeBlock(block, out, history);
    const bytes = Buffer.from(out.subarray(history, end));
    digest?.update(bytes);
    yield bytes;
    if (linked) {
      out.copyWithin(0, Math.max(0, end - WINDOW_BYTES), end);
      history = Math.min(end, WINDOW_BYTES);
    }
  }
  if (digest !== null && (await reader.take(4)).readUInt32LE() !== digest.digest()) throw corrupt("LZ4 checksum");
}

/** Blocks of 8 MiB until the end, or until another frame begins. */
async function* legacyFrame(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const out = Buffer.allocUnsafe(LEGACY_BLOCK_BYTES);
  while (await reader.fill(4)) {
    const length = reader.bytes.readUInt32LE();
    if (length === FRAME || length === LEGACY_FRAME || length >>> 4 === 0x184d2a5) return;
    reader.skip(4);
    if (length > 2 * LEGACY_BLOCK_BYTES) throw corrupt("LZ4 block size");
    const end = decodeBlock(await reader.take(length), out, 0);
    yield Buffer.from(out.subarray(0, end));
  }
}

/** Unpacks a block behind what it may refer back to; returns where it ends. */
function decodeBlock(block: Buffer, out: Buffer, start: number): number {
  let at = 0;
  let to = start;

  function lengthFrom(nibble: number): number {
    let length = nibble;
    if (nibble === 15) {
      let byte: number;
      do {
        byte = block[at++] ?? 0;
        length += byte;
      } while (byte === 255);
    }
    return length;
  }

  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = lengthFrom(token >> 4);
    if (at + literals > block.length || to + literals > out.length) throw corrupt("LZ4 literals");
    block.copy(out, to, at, at + literals);
    at += literals;
    to += literals;
    if (at === block.length) return to;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const length = lengthFrom(token & 15) + 4;
    if (distance === 0 || distance > to || to + length > out.length) throw corrupt("LZ4 match");
    if (distance >= length) out.copyWithin(to, to - distance, to - distance + length);
    else for (let i = 0; i < length; i++) out[to + i] = out[to + i - distance] ?? 0;
    to += length;
  }
  throw corrupt("LZ4 block without end");
}
