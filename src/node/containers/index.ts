/**
 * A file that holds its text packed. Recognised by content, not by name: `messages-20261017` may well be gzip.
 *
 * None is unpacked yet: each says with which command to do it.
 */
export interface Container {
  readonly name: string;
  /** Whether the first bytes of a source are this container's. */
  matches(head: Uint8Array): boolean;
  /** What to do about it. */
  readonly hint: string;
}

const containers: readonly Container[] = [
  byMagic("gzip", [0x1f, 0x8b], "Unpack it: zcat FILE | oomlog explain"),
  byMagic("xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "Unpack it: xzcat FILE | oomlog explain"),
  byMagic("zstd", [0x28, 0xb5, 0x2f, 0xfd], "Unpack it: zstdcat FILE | oomlog explain"),
  byMagic("bzip2", [0x42, 0x5a, 0x68], "Unpack it: bzcat FILE | oomlog explain"),
  byMagic("lz4", [0x04, 0x22, 0x4d, 0x18], "Unpack it: lz4cat FILE | oomlog explain"),
  byMagic("zip", [0x50, 0x4b, 0x03, 0x04], "Unpack it: unzip -p FILE | oomlog explain"),
  {
    name: "tar",
    matches: (head) => startsWith(head.subarray(257), [0x75, 0x73, 0x74, 0x61, 0x72]),
    hint: "Unpack it: tar -xOf FILE | oomlog explain",
  },
  byMagic(
    "systemd journal",
    [0x4c, 0x50, 0x4b, 0x53, 0x48, 0x48, 0x52, 0x48],
    "Print it: journalctl --file FILE -k -o short-precise | oomlog explain",
  ),
  byMagic("ELF", [0x7f, 0x45, 0x4c, 0x46], "If it is a vmcore, take its log: makedumpfile --dump-dmesg FILE dmesg.txt"),
  byMagic(
    "kdump",
    [0x4b, 0x44, 0x55, 0x4d, 0x50, 0x20, 0x20, 0x20],
    "Take its log: makedumpfile --dump-dmesg FILE dmesg.txt",
  ),
];

/** The container that a source's first bytes show, or undefined for plain text. */
export function containerOf(head: Uint8Array): Container | undefined {
  return containers.find((container) => container.matches(head));
}

function byMagic(name: string, magic: readonly number[], hint: string): Container {
  return { name, matches: (head) => startsWith(head, magic), hint };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
