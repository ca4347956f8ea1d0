import { chmodSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { findSources } from "../../src/node/find-sources.js";
import { readLines, skimLines } from "../../src/node/read-lines.js";
import type { Source, SourceProblem } from "../../src/node/source.js";
import { temporaryFolder, withoutRights } from "./temporary-folder.js";

interface Outcome {
  readonly lines: string[];
  readonly notes: string[];
  readonly problems: SourceProblem[];
}

async function read(source: Source): Promise<Outcome> {
  const outcome: Outcome = { lines: [], notes: [], problems: [] };
  const batches = readLines(source, {
    onNote: (note) => outcome.notes.push(note.code),
    onProblem: (problem) => outcome.problems.push(problem),
  });
  for await (const batch of batches) {
    outcome.lines.push(...batch.map(({ line, byteOffset, text }) => `${line}@${byteOffset} ${text}`));
  }
  return outcome;
}

/** A source of bytes, one chunk each. */
function bytes(...chunks: (string | number[] | Uint8Array)[]): Source {
  return {
    name: "x",
    open: () =>
      Readable.from(chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : Uint8Array.from(chunk)))),
  };
}

async function readPath(path: string): Promise<Outcome> {
  const problems: SourceProblem[] = [];
  const options = { stdin: Readable.from([]), onProblem: (problem: SourceProblem) => problems.push(problem) };
  for await (const source of findSources([path], options)) return read(source);
  return { lines: [], notes: [], problems };
}

describe("readLines", () => {
  it("reads text", async () => {
    expect(await read(bytes("a\nb", "c\n"))).toEqual({ lines: ["1@0 a", "2@2 bc"], notes: [], problems: [] });
  });

  it("says that a source is empty", async () => {
    expect(await read(bytes())).toEqual({ lines: [], notes: ["empty-source"], problems: [] });
  });

  it("leaves a byte order mark out", async () => {
    expect((await read(bytes("\u{feff}a\n"))).lines).toEqual(["1@3 a"]);
    expect((await read(bytes([0xef], [0xbb, 0xbf], "a\n"))).lines).toEqual(["1@3 a"]);
  });

  it.each([
    ["little", Buffer.from("\u{feff}é\r\nb\n", "utf16le")],
    ["big", Buffer.from("\u{feff}é\r\nb\n", "utf16le").swap16()],
  ])("reads UTF-16, %s end first, however it is cut", async (_, text) => {
    for (const size of [1, 3, 100]) {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.subarray(index * size, (index + 1) * size),
      );
      const { lines, notes } = await read(bytes(...chunks));
      expect(lines.map((line) => line.replace(/.*? /, ""))).toEqual(["é\r", "b"]);
      expect(notes).toEqual([]);
    }
  });

  it("takes carriage returns for ends of lines where there is no other", async () => {
    expect((await read(bytes("a\rb\r"))).lines).toEqual(["1@0 a", "2@2 b"]);
    // However late the first line feed comes within the head, and however the head is cut.
    const late = `${"x\r".repeat(3000)}\n`;
    for (const source of [bytes(late), bytes(late.slice(0, 4500), late.slice(4500))]) {
      expect((await read(source)).lines).toHaveLength(1);
    }
  });

  it("says that something is not text, and searches it all the same", async () => {
    const outcome = await read(bytes([0, 1, 2, 3, 4, 5, 6, 7], "\nOut of memory\n"));
    expect(outcome.notes).toContain("binary-source");
    expect(outcome.lines).toContain("2@9 Out of memory");
  });

  it("takes coloured text for text", async () => {
    expect((await read(bytes("\x1b[33mwarn\x1b[0m\t\x1b[1mx\x1b[0m\r\n"))).notes).toEqual([]);
  });

  it("tells skipped lines with their place", async () => {
    const notes: unknown[] = [];
    const source = bytes("a\n", "x".repeat(3 << 20), "\nb\n");
    for await (const _ of readLines(source, { onNote: (note) => notes.push(note), onProblem: () => {} }));
    expect(notes).toMatchObject([
      { code: "overlong-line", source: "x", line: 2, message: expect.stringContaining("3145728 bytes") },
    ]);
  });

  it("keeps what was read before a source fails", async () => {
    const failing: Source = {
      name: "x",
      async *open() {
        yield Buffer.from("a\nb\n");
        yield Buffer.from("c\nd");
        throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
      },
    };
    const { lines, problems } = await read(failing);
    expect(lines).toEqual(["1@0 a", "2@2 b", "3@4 c", "4@6 d"]);
    expect(problems).toEqual([{ name: "x", reason: "i/o error" }]);
  });

  it("does not take a fault of the program for one of the source", async () => {
    const failing: Source = {
      name: "x",
      open: () => {
        throw new TypeError("fault");
      },
    };
    await expect(read(failing)).rejects.toThrow("fault");
  });

  it("names a file that may not be read", async () => {
    const folder = temporaryFolder({ a: "text\n" });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "a"), 0);
    const { problems } = await withoutRights(() => readPath(join(folder, "a")));
    expect(problems).toMatchObject([{ reason: "permission denied", hint: expect.stringContaining("sudo") }]);
  });

  it("closes the source when the reader breaks off", async () => {
    let closed = false;
    const source: Source = {
      name: "x",
      async *open() {
        try {
          for (;;) yield Buffer.from("a\n".repeat(5000));
        } finally {
          closed = true;
        }
      },
    };
    for await (const _ of readLines(source, { onNote: () => {}, onProblem: () => {} })) break;
    expect(closed).toBe(true);
  });
});

describe("a large file full of reports", () => {
  it("is read with pauses in which signals are heard: SIGTERM was passed over until 64 MiB were read", async () => {
    const folder = temporaryFolder({ "kern.log": "kernel: Out of memory: Killed process 1 (a)\n".repeat(200_000) });
    let turns = 0;
    let ticking = true;
    const tick = (): void => {
      turns++;
      if (ticking) setImmediate(tick);
    };
    for await (const source of findSources([join(folder, "kern.log")], { stdin: Readable.from([]), onProblem() {} })) {
      setImmediate(tick);
      const reader = { take() {}, flush() {}, idle: false };
      for await (const _ of skimLines(source, reader, { onNote() {}, onProblem() {} }));
      ticking = false;
    }
    expect(turns).toBeGreaterThanOrEqual(7);
  });
});
