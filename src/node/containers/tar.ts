import { decodeBytes } from "../../model/text.js";
import type { ByteReader } from "./byte-reader.js";
import { corrupt } from "./damage.js";

const BLOCK_BYTES = 512;
/** Longer names and records of pax are an attack on memory. */
const LONGEST_RECORD_BYTES = 1 << 20;

/** A regular file of an archive. */
export interface TarMember {
  /** As the archive has it: printed, never opened. */
  readonly name: string;
  readonly modifiedAt: number;
  /** Its bytes; what is not read of them is skipped. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Whether a block is a header of tar, of any age: all have a checksum in one place. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < BLOCK_BYTES) return false;
  const bytes = Buffer.from(block.buffer, block.byteOffset, BLOCK_BYTES);
  const stored = numberAt(bytes, 148, 8);
  if (stored === null || stored === 0) return false;
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK_BYTES; at++) if (at < 148 || at >= 156) sum += bytes[at] ?? 0;
  return sum === stored;
}

/** Links, devices, directories, pipes: a header alone, whatever size it claims. */
const HEADER_ONLY = "123456";
const REGULAR = "\x0007S";
const PAX = "x";
const LONG_NAME = "L";
/** Records that say nothing of the next member's name: of the whole archive, and long names of links. */
const OTHER_RECORDS = "gK";

/**
 * The regular files of an archive, in order. A block that should be a header and is none is passed over until one
 * comes.
 *
 * @throws {DamageError} at the end, when something was passed over or the archive ends too early.
 */
export async function* tarMembers(reader: ByteReader): AsyncGenerator<TarMember> {
  let damaged = false;
  let next: PaxRecords = {};
  while (await reader.fill(BLOCK_BYTES)) {
    const block = await reader.take(BLOCK_BYTES);
    const size = isTarHeader(block) ? sizeOf(block, next) : null;
    if (size === null) {
      damaged ||= block.some((byte) => byte !== 0);
      continue;
    }
    const type = String.fromCharCode(block[156] ?? 0);
    if (HEADER_ONLY.includes(type)) {
      next = {};
      continue;
    }
    const padding = (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;
    if ((type === PAX || type === LONG_NAME) && size <= LONGEST_RECORD_BYTES) {
      const bytes = await reader.take(size);
      next = type === PAX ? { ...next, ...paxRecordsOf(bytes) } : { ...next, path: textOf(bytes) };
    } else {
      if (type === "S") await skipSparseMap(reader, block);
      const data = reader.section(size);
      if (REGULAR.includes(type)) {
        yield { name: next.path ?? nameOf(block), modifiedAt: timeOf(block, next), chunks: data.chunks() };
      }
      await data.skip();
      if (!OTHER_RECORDS.includes(type)) next = {};
    }
    await reader.take(padding);
  }
  if (reader.bytes.length > 0) await reader.take(BLOCK_BYTES);
  if (damaged) throw corrupt("tar header");
}

/** What a pax header says of the member that follows. */
interface PaxRecords {
  readonly path?: string;
  readonly size?: string;
  readonly mtime?: string;
}

/** The records `LENGTH KEY=VALUE\n` of a pax header. */
function paxRecordsOf(bytes: Buffer): PaxRecords {
  const records: { path?: string; size?: string; mtime?: string } = {};
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank === -1 ? Number.NaN : Number(bytes.toString("latin1", at, blank));
    if (!(length > blank - at + 1) || at + length > bytes.length) break;
    const record = bytes.subarray(blank + 1, at + length - 1);
    const equals = record.indexOf(0x3d);
    const key = record.toString("latin1", 0, equals);
    if (key === "path" || key === "size" || key === "mtime") records[key] = decodeBytes(record.subarray(equals + 1));
    at += length;
  }
  return records;
}

function sizeOf(block: Buffer, { size }: PaxRecords): number | null {
  const bytes = size === undefined ? numberAt(block, 124, 12) : Number(size);
  return bytes !== null && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

/** Milliseconds since 1970. */
function timeOf(block: Buffer, { mtime }: PaxRecords): number {
  const seconds = mtime === undefined ? (numberAt(block, 136, 12) ?? 0) : Number(mtime);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}

function nameOf(block: Buffer): string {
  const name = textOf(block.subarray(0, 100));
  const isPosix = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isPosix ? textOf(block.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** The text before the first NUL. */
function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return decodeBytes(end === -1 ? bytes : bytes.subarray(0, end));
}

/** An octal number, or GNU's binary form for large ones; null where there is none. */
function numberAt(block: Buffer, from: number, length: number): number | null {
  if (((block[from] ?? 0) & 0x80) !== 0) {
    let value = (block[from] ?? 0) & 0x7f;
    for (let at = from + 1; at < from + length; at++) value = value * 256 + (block[at] ?? 0);
    return value;
  }
  const [digits] = /^[0-7]*/.exec(block.toString("latin1", from, from + length).trimStart()) ?? [""];
  return digits === "" ? null : Number.parseInt(digits, 8);
}

/** GNU's old sparse files have the map of their holes before the data; holes hold no text. */
async function skipSparseMap(reader: ByteReader, header: Buffer): Promise<void> {
  for (let goesOn = header[482] === 1; goesOn; ) goesOn = (await reader.take(BLOCK_BYTES))[504] === 1;
}
