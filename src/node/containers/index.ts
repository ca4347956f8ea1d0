import { isTarHeader } from "./tar.js";

/** What a source's first bytes show it to be, by content, not by name: `messages-20261017` may well be gzip. */
export type Container =
  /** One text, packed. */
  | {
      readonly kind: "compressed";
      readonly name: string;
      /** @throws {DamageError} when all that can be unpacked was handed out, and that is not all there was. */
      unpack(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
    }
  /** Files in a row. */
  | { readonly kind: "archive"; readonly name: string }
  /** What other programs must print; `hint` says which, with FILE for the source. */
  | { readonly kind: "foreign"; readonly name: string; readonly hint: string };

interface Row {
  readonly matches: (head: Uint8Array) => boolean;
  readonly container: Container;
}

type Unpack = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Loaded when a source needs it: most are plain, and node:zlib and node:crypto take their time. */
function lazily(load: () => Promise<Unpack>): Unpack {
  return async function* (chunks) {
    const unpack = await load();
    yield* unpack(chunks);
  };
}

const gunzip = lazily(async () => (await import("./gzip.js")).gunzip);
const unxz = lazily(async () => (await import("./xz.js")).unxz);
const unzstd = lazily(async () => (await import("./zstd.js")).unzstd);
const bunzip2 = lazily(async () => (await import("./bzip2.js")).bunzip2);
const unlz4 = lazily(async () => (await import("./lz4.js")).unlz4);

const rows: readonly Row[] = [
  compressed("gzip", [0x1f, 0x8b, 0x08], gunzip),
  compressed("xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unxz),
  compressed("zstd", [0x28, 0xb5, 0x2f, 0xfd], unzstd),
  {
    matches: (head) =>
      startsWith(head, [0x42, 0x5a, 0x68]) &&
      (startsWith(head.subarray(4), [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) ||
        startsWith(head.subarray(4), [0x17, 0x72, 0x45, 0x38, 0x50, 0x90])),
    container: { kind: "compressed", name: "bzip2", unpack: bunzip2 },
  },
  compressed("lz4", [0x04, 0x22, 0x4d, 0x18], unlz4),
  compressed("lz4", [0x02, 0x21, 0x4c, 0x18], unlz4),
  {
    // zstd and lz4 share the form of a frame that is to be skipped; what follows it decides.
    matches: (head) => isSkippableFrame(head) && startsWith(afterSkippableFrames(head), [0x04, 0x22, 0x4d, 0x18]),
    container: { kind: "compressed", name: "lz4", unpack: unlz4 },
  },
  { matches: isSkippableFrame, container: { kind: "compressed", name: "zstd", unpack: unzstd } },
  { matches: isTarHeader, container: { kind: "archive", name: "tar" } },
  foreign("zip", [0x50, 0x4b, 0x03, 0x04], "Unpack it: unzip -p FILE | oomlog explain"),
  foreign(
    "systemd journal",
    [0x4c, 0x50, 0x4b, 0x53, 0x48, 0x48, 0x52, 0x48],
    "Print it: journalctl --file FILE -k -o short-precise | oomlog explain",
  ),
  foreign("ELF", [0x7f, 0x45, 0x4c, 0x46], "If it is a vmcore, take its log: makedumpfile --dump-dmesg FILE dmesg.txt"),
  foreign(
    "kdump",
    [0x4b, 0x44, 0x55, 0x4d, 0x50, 0x20, 0x20, 0x20],
    "Take its log: makedumpfile --dump-dmesg FILE dmesg.txt",
  ),
];

/** The container that a source's first bytes show, or undefined for plain text. A new one is a row. */
export function containerOf(head: Uint8Array): Container | undefined {
  return rows.find(({ matches }) => matches(head))?.container;
}

function compressed(
  name: string,
  magic: readonly number[],
  unpack: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): Row {
  return { matches: (head) => startsWith(head, magic), container: { kind: "compressed", name, unpack } };
}

function foreign(name: string, magic: readonly number[], hint: string): Row {
  return { matches: (head) => startsWith(head, magic), container: { kind: "foreign", name, hint } };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function isSkippableFrame(head: Uint8Array): boolean {
  return head.length >= 8 && ((head[0] ?? 0) & 0xf0) === 0x50 && startsWith(head.subarray(1), [0x2a, 0x4d, 0x18]);
}

function afterSkippableFrames(head: Uint8Array): Uint8Array {
  let rest = head;
  while (isSkippableFrame(rest)) {
    rest = rest.subarray(8 + Buffer.from(rest.buffer, rest.byteOffset, rest.length).readUInt32LE(4));
  }
  return rest;
}
