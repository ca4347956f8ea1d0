import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, makeInitramfs } from "../../lab/host/initramfs.js";

interface Record {
  readonly name: string;
  readonly mode: number;
  readonly device: readonly [number, number];
  readonly content: Buffer;
}

/** A reader of its own, by the layout of the newc form: header of 110 bytes, name and content padded to four. */
function readArchive(archive: Buffer): readonly Record[] {
  const records: Record[] = [];
  for (let at = 0; at < archive.length; ) {
    expect(archive.toString("latin1", at, at + 6)).toBe("070701");
    const field = (index: number): number =>
      Number.parseInt(archive.toString("latin1", at + 6 + index * 8, at + 14 + index * 8), 16);
    const nameEnd = at + 110 + field(11);
    const contentStart = (nameEnd + 3) & ~3;
    records.push({
      name: archive.toString("utf8", at + 110, nameEnd - 1),
      mode: field(1),
      device: [field(9), field(10)],
      content: archive.subarray(contentStart, contentStart + field(6)),
    });
    at = (contentStart + field(6) + 3) & ~3;
  }
  return records;
}

describe("the initramfs", () => {
  it("holds folders, files and devices", () => {
    const entries: readonly Entry[] = [
      { path: "dev", kind: "folder" },
      { path: "dev/console", kind: "device", major: 5, minor: 1 },
      { path: "init", kind: "file", content: Buffer.from("#!"), executable: true },
    ];
    const records = readArchive(makeInitramfs(entries));
    expect(records.map(({ name, mode, device }) => [name, mode.toString(8), device])).toEqual([
      ["dev", "40755", [0, 0]],
      ["dev/console", "20600", [5, 1]],
      ["init", "100755", [0, 0]],
      ["TRAILER!!!", "0", [0, 0]],
    ]);
  });

  it("gives back names and contents of any length", () => {
    const file = fc.record({ path: fc.stringMatching(/^[a-z/.]{1,20}$/), content: fc.uint8Array({ maxLength: 50 }) });
    fc.assert(
      fc.property(fc.array(file), (files) => {
        const archive = makeInitramfs(files.map((one) => ({ ...one, kind: "file" })));
        const records = readArchive(archive).slice(0, -1);
        expect(records.map(({ name, content }) => [name, [...content]])).toEqual(
          files.map(({ path, content }) => [path, [...content]]),
        );
      }),
    );
  });
});
