import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, type LineSplitterOptions, MAX_LINE_BYTES, type OverlongLine } from "../../src/node/lines.js";

interface Outcome {
  readonly lines: [number, number, string][];
  readonly overlong: OverlongLine[];
  readonly nulBytes: number;
}

/** Splits bytes that arrive in chunks of the given sizes, the rest in one. */
async function split(bytes: Uint8Array, sizes: readonly number[], options: LineSplitterOptions = {}): Promise<Outcome> {
  const overlong: OverlongLine[] = [];
  const splitter = new LineSplitter({ ...options, onOverlong: (line) => overlong.push(line) });
  const raw = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at >= bytes.length) break;
    raw.push(...(await splitter.push(bytes.subarray(at, at + size))));
    at += size;
  }
  raw.push(...(await splitter.end()));
  return {
    lines: raw.map(({ line, byteOffset, text }) => [line, byteOffset, text]),
    overlong,
    nulBytes: splitter.nulBytes,
  };
}

const latin1 = (text: string) => Buffer.from(text, "latin1");

describe("LineSplitter", () => {
  it.each<[string, string, [number, number, string][]]>([
    ["nothing", "", []],
    ["a line", "a\n", [[1, 0, "a"]]],
    [
      "a line without end",
      "a\nbc",
      [
        [1, 0, "a"],
        [2, 2, "bc"],
      ],
    ],
    [
      "empty lines",
      "\n\na\n",
      [
        [1, 0, ""],
        [2, 1, ""],
        [3, 2, "a"],
      ],
    ],
    [
      "CRLF",
      "a\r\n\r\nb\r\n",
      [
        [1, 0, "a"],
        [2, 3, ""],
        [3, 5, "b"],
      ],
    ],
    [
      "CRCRLF of a serial console",
      "a\r\r\nb\n",
      [
        [1, 0, "a"],
        [2, 4, "b"],
      ],
    ],
    [
      "LFCR",
      "a\n\rb\n\r",
      [
        [1, 0, "a"],
        [2, 3, "b"],
        [3, 5, ""],
      ],
    ],
    [
      "what a carriage return overwrote",
      "10%\r20%\rdone\n",
      [
        [1, 0, "10%"],
        [1, 4, "20%"],
        [1, 8, "done"],
      ],
    ],
    [
      "NULs before and after a line",
      "\0\0\0a\nb\0\0\n",
      [
        [1, 3, "a"],
        [2, 5, "b"],
      ],
    ],
    ["a NUL within a line", "a\0b\n", [[1, 0, "a\0b"]]],
    [
      "UTF-8",
      "\xc3\xa9\n\xe2\x82\xac",
      [
        [1, 0, "é"],
        [2, 3, "€"],
      ],
    ],
    [
      "bytes that are not UTF-8",
      "x\xc3\ny\n",
      [
        [1, 0, "x\udcc3"],
        [2, 3, "y"],
      ],
    ],
    ["a byte that is not UTF-8 well before the end of its line", "x\xc3aaaa\n", [[1, 0, "x\udcc3aaaa"]]],
  ])("reads %s, in one chunk and byte by byte", async (_, text, lines) => {
    expect((await split(latin1(text), [])).lines).toEqual(lines);
    expect((await split(latin1(text), Array(text.length).fill(1))).lines).toEqual(lines);
  });

  it("ends lines at carriage returns where a source has no other end", async () => {
    const { lines } = await split(latin1("a\rb\r\rc"), [], { terminator: "\r" });
    expect(lines).toEqual([
      [1, 0, "a"],
      [2, 2, "b"],
      [3, 4, ""],
      [4, 5, "c"],
    ]);
  });

  it("counts the NULs it leaves out", async () => {
    expect((await split(latin1("\0\0\0a\nb\0\0\na\0b\n"), [])).nulBytes).toBe(5);
  });

  it("starts offsets behind a byte order mark", async () => {
    expect((await split(latin1("a\nb\n"), [], { firstByteOffset: 3 })).lines).toEqual([
      [1, 3, "a"],
      [2, 5, "b"],
    ]);
  });

  it.each([
    [
      "in the middle",
      "a\n",
      "\nb\n",
      [
        [1, 0, "a"],
        [3, MAX_LINE_BYTES + 3 + 1, "b"],
      ],
    ],
    ["at the beginning", "", "\nb\n", [[2, MAX_LINE_BYTES + 1 + 1, "b"]]],
    ["at the end", "a\n", "\n", [[1, 0, "a"]]],
    ["at the end, without end", "a\n", "", [[1, 0, "a"]]],
  ])("skips an overlong line %s, tells it, and goes on", async (_, before, after, lines) => {
    const bytes = latin1(`${before}${"x".repeat(MAX_LINE_BYTES + 1)}${after}`);
    const overlong = [{ line: before === "" ? 1 : 2, byteOffset: before.length, bytes: MAX_LINE_BYTES + 1 }];
    for (const size of [bytes.length, 1 << 16, 1000, MAX_LINE_BYTES]) {
      const outcome = await split(bytes, Array(Math.ceil(bytes.length / size)).fill(size));
      expect(outcome).toEqual({ lines, overlong, nulBytes: 0 });
    }
  });

  it("keeps a line of just the longest size", async () => {
    const line = "x".repeat(MAX_LINE_BYTES);
    const { lines, overlong } = await split(latin1(`${line}\nb\n`), [1 << 16, 1 << 20]);
    expect(lines.map(([number, , text]) => [number, text.length])).toEqual([
      [1, MAX_LINE_BYTES],
      [2, 1],
    ]);
    expect(overlong).toEqual([]);
  });

  it("gives the same lines at any chunking, and loses no byte but terminators and NULs", async () => {
    const piece = fc.constantFrom("a", "b", "\n", "\r", "\r\n", "\0", "\xc3", "\xa9", "\xff", " ");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: piece, maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 20 }),
        async (text, sizes) => {
          const whole = await split(latin1(text), []);
          expect(await split(latin1(text), sizes)).toEqual(whole);
          for (const [, offset, line] of whole.lines) {
            expect(text.slice(offset).startsWith(line.replace(/[^\n]/gu, (c) => encoded(c)))).toBe(true);
          }
          const kept = whole.lines.map(([, , line]) => [...line].map(encoded).join("")).join("");
          expect(kept.replaceAll("\0", "")).toBe(text.replace(/[\r\n\0]/g, ""));
        },
      ),
    );
  });
});

/** The bytes of a decoded character, as Latin-1 text. */
function encoded(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xdc80 && code <= 0xdcff) return String.fromCharCode(code - 0xdc00);
  return Buffer.from(character, "utf8").toString("latin1");
}
