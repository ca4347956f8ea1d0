import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { visible } from "../../src/render/visible.js";
import { columnsOf, cutToColumns } from "../../src/render/width.js";

/** Controls, format characters and whatever else a terminal may obey or hide. */
const treacherous = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe("visible", () => {
  test.each([
    ["mysqld", "mysqld"],
    ["näme€💥", "näme€💥"],
    ["日本語 x", "日本語 x"],
    ["esc\x1b[31m", "esc\\x1b[31m"],
    ["tab\tnl\ncr\rnul\0", "tab\\x09nl\\x0acr\\x0dnul\\x00"],
    ["del\x7f c1\u009b2J", "del\\x7f c1\\u009b2J"],
    ["raw\udc80\udcff", "raw\\x80\\xff"],
    ["back\\slash", "back\\\\slash"],
    ["\u202egpj.exe\u2066", "\\u202egpj.exe\\u2066"],
    ["zero\u200bwidth\u200d\ufeff", "zero\\u200bwidth\\u200d\\ufeff"],
    ["line\u2028par\u2029nbsp\u00a0", "line\\u2028par\\u2029nbsp\\u00a0"],
    ["tag\u{e0041}", "tag\\u{e0041}"],
    ["\u0301accent first, e\u0301 later", "\\u0301accent first, e\u0301 later"],
    ["❤\ufe0f", "❤\\ufe0f"],
  ])("%j is %s", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("lets nothing through, and never makes two texts one", () => {
    const text = fc.string({ unit: "binary", maxLength: 15 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(visible(a)).not.toMatch(treacherous);
        if (a !== b) expect(visible(a)).not.toBe(visible(b));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("columnsOf", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["näme€", 5],
    ["e\u0301", 1],
    ["процесс", 7],
    ["日本語", 6],
    ["한국어", 6],
    ["ｱｲｳ", 3],
    ["ＡＢ", 4],
    ["💥", 2],
    ["█▓▒░", 4],
    ["−×≥…", 4],
    ["🇩🇪", 2],
  ])("%s is %d wide", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

test("cutToColumns keeps every character, and marks with their base", () => {
  expect(cutToColumns("日本語x", 4)).toEqual(["日本", "語x"]);
  expect(cutToColumns("日本語x", 3)).toEqual(["日", "本", "語x"]);
  expect(cutToColumns("ae\u0301b", 2)).toEqual(["ae\u0301", "b"]);
  expect(cutToColumns("", 2)).toEqual([""]);
});
