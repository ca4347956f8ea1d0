/** An entry of the archive: a folder, a file or a character device. */
export type Entry =
  | { readonly path: string; readonly kind: "folder" }
  | { readonly path: string; readonly kind: "file"; readonly content: Uint8Array; readonly executable?: boolean }
  | { readonly path: string; readonly kind: "device"; readonly major: number; readonly minor: number };

const modes = { folder: 0o040755, file: 0o100644, device: 0o020600 } as const;

/**
 * A cpio archive of the `newc` form, as the kernel's initramfs wants it: no root is needed to make it, since devices
 * are only records. Parents must come before what is in them.
 */
export function makeInitramfs(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  entries.forEach((entry, index) => {
    const content = entry.kind === "file" ? Buffer.from(entry.content) : Buffer.alloc(0);
    const mode = modes[entry.kind] | (entry.kind === "file" && entry.executable ? 0o111 : 0);
    const device = entry.kind === "device" ? entry : { major: 0, minor: 0 };
    pushRecord(parts, entry.path, [index + 1, mode, 0, 0, 1, 0, content.length, 0, 0, device.major, device.minor]);
    parts.push(content, padding(content.length));
  });
  pushRecord(parts, "TRAILER!!!", [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat(parts);
}

/** The header: magic, thirteen numbers of eight hexadecimal digits (the last two: name size, no checksum), the name. */
function pushRecord(parts: Buffer[], path: string, numbers: readonly number[]): void {
  const name = Buffer.from(`${path}\0`);
  const hex = [...numbers, name.length, 0].map((number) => number.toString(16).padStart(8, "0")).join("");
  parts.push(Buffer.from(`070701${hex}`), name, padding(110 + name.length));
}

function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
