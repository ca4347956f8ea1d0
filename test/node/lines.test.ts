import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, type LineSplitterOptions, MAX_LINE_BYTES, type OverlongLine } from "../../src/node/lines.js";

interface Outcome {
  readonly lines: [number, number, string][];
  readonly overlong: OverlongLine[];
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
      "carriage returns, which stay",
      "a\r\n\r\nb\rc\r\r\n\rd",
      [
        [1, 0, "a\r"],
        [2, 3, "\r"],
        [3, 5, "b\rc\r\r"],
        [4, 11, "\rd"],
      ],
    ],
    ["NULs, which stay", "\0\0a\0b\0\n", [[1, 0, "\0\0a\0b\0"]]],
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
      expect(outcome).toEqual({ lines, overlong });
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

  it("gives the same lines at any chunking, every byte in its place", async () => {
    const piece = fc.constantFrom("a", "b", "\n", "\r", "\r\n", "\0", "\xc3", "\xa9", "\xff", " ");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: piece, maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 20 }),
        async (text, sizes) => {
          const whole = await split(latin1(text), []);
          expect(await split(latin1(text), sizes)).toEqual(whole);
          for (const [number, offset, line] of whole.lines) {
            expect(text.slice(offset).split("\n", 1)[0]).toBe([...line].map(encoded).join(""));
            expect(text.slice(0, offset).split("\n")).toHaveLength(number);
          }
          expect(whole.lines).toHaveLength(text.split("\n").length - (text === "" || text.endsWith("\n") ? 1 : 0));
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
