import { BitReader } from "./bit-reader.js";
import { type ByteReader, withReader } from "./byte-reader.js";
import { readBlock } from "./bzip2-block.js";
import { corrupt, cutShort } from "./damage.js";

/** More than the longest block takes: 900,000 symbols of at most 20 bits, and its tables. */
const LONGEST_BLOCK_BYTES = 2_400_000;
const BLOCK = 0x314159265359;
const END_OF_STREAM = 0x177245385090;

/** Streams that follow each other are one. */
export function bunzip2(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return withReader(chunks, streams);
}

async function* streams(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (let first = true; await reader.fill(1); first = false) {
    const header = await reader.take(4);
    const level = (header[3] ?? 0) - 0x30;
    const isHeader = header.toString("latin1", 0, 3) === "BZh" && level >= 1 && level <= 9;
    // Zeros behind the last stream are padding.
    if (!first && header[0] === 0) return;
    if (!isHeader) throw corrupt("no bzip2 stream where one should begin");
    yield* stream(reader, level * 100_000);
  }
}

async function* stream(reader: ByteReader, blockBytes: number): AsyncGenerator<Uint8Array> {
  /** Bits of the first byte that the block before has taken. */
  let taken = 0;
  for (;;) {
    const whole = await reader.fill(LONGEST_BLOCK_BYTES);
    const bits = new BitReader(reader.bytes, taken);
    try {
      const magic = bits.read(24) * 0x1000000 + bits.read(24);
      const checksum = bits.read(16) * 0x10000 + bits.read(16);
      if (magic === END_OF_STREAM) {
        reader.skip(Math.ceil(bits.position / 8));
        return;
      }
      if (magic !== BLOCK) throw corrupt("bzip2 block");
      yield readBlock(bits, blockBytes, checksum);
    } catch (error) {
      throw error instanceof RangeError && !whole
        ? cutShort()
        : error instanceof RangeError
          ? corrupt("bzip2 block")
          : error;
    }
    reader.skip(Math.floor(bits.position / 8));
    taken = bits.position % 8;
  }
}
