import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBytes, showText } from "../../src/model/text.js";

const bytes = (...values: number[]) => Uint8Array.from(values);

describe("decodeBytes", () => {
  it("reads valid UTF-8 as itself", () => {
    const text = "naïve 日本語 \u{1f600} \u0000\u007f";
    expect(decodeBytes(new TextEncoder().encode(text))).toBe(text);
  });

  it("keeps every byte of invalid sequences apart", () => {
    // A name cut in the middle of a character, an overlong form, an encoded surrogate, beyond U+10FFFF, Latin-1.
    expect(decodeBytes(bytes(0x57, 0xc3))).toBe("W\udcc3");
    expect(decodeBytes(bytes(0xe6, 0x97))).toBe("\udce6\udc97");
    expect(decodeBytes(bytes(0xc0, 0xaf))).toBe("\udcc0\udcaf");
    expect(decodeBytes(bytes(0xed, 0xa0, 0x80))).toBe("\udced\udca0\udc80");
    expect(decodeBytes(bytes(0xf4, 0x90, 0x80, 0x80))).toBe("\udcf4\udc90\udc80\udc80");
    expect(decodeBytes(bytes(0xe9, 0x74, 0xc3, 0xa9))).toBe("\udce9té");
  });

  it("maps different bytes to different text", () => {
    const encode = (text: string): number[] =>
      [...text].flatMap((character) => {
        const code = character.codePointAt(0) ?? 0;
        return code >= 0xdc80 && code <= 0xdcff ? [code - 0xdc00] : [...new TextEncoder().encode(character)];
      });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (input) => {
        expect(encode(decodeBytes(input))).toEqual([...input]);
      }),
    );
  });
});

describe("showText", () => {
  it("shows bytes, backslashes and stray surrogates so that they can be told apart", () => {
    expect(showText("plain é \u{1f600}")).toBe("plain é \u{1f600}");
    expect(showText("W\udcc3")).toBe("W\\xc3");
    expect(showText("W\\xc3")).toBe("W\\\\xc3");
    expect(showText("\ud800")).toBe("\\ud800");
  });

  it("never shows two texts alike", () => {
    const shown = new Map<string, string>();
    const alphabet = fc.constantFrom("\\", "x", "u", "c", "3", "d", "8", "0", "\udcc3", "\ud800", "é");
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 8 }), (text) => {
        const before = shown.get(showText(text));
        expect(before ?? text).toBe(text);
        shown.set(showText(text), text);
      }),
    );
  });
});
