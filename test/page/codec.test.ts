import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../src/page/codec.js";
import { readLines, readReport, reportTexts } from "../../src/page/embed.js";
import { pageReport } from "../../src/page/make-report.js";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

/** Values as the model has them: no functions, no absent elements, no classes. */
const value = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: "binary" }),
    fc.constantFrom("\udc80", "__proto__", "$t", "</script>"),
  ),
  key: fc.oneof(fc.constantFrom("__proto__", "$t", "$o", "pid", "name", "constructor"), fc.string()),
  list: fc.oneof(
    fc.array(tie("value"), { maxLength: 12 }),
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }),
    fc.array(fc.dictionary(fc.constantFrom("pid", "name", "__proto__", "lines"), tie("value")), { maxLength: 12 }),
    fc.array(
      fc.record(
        { name: fc.constantFrom("java", "\\", "", "\udc80"), eligible: fc.constantFrom<unknown>(true, false, null) },
        { requiredKeys: [] },
      ),
      { minLength: 2, maxLength: 40 },
    ),
  ),
  value: fc.oneof(
    { depthSize: "small" },
    tie("leaf"),
    tie("list"),
    fc.dictionary(tie("key") as fc.Arbitrary<string>, tie("value")),
  ),
})).value;

describe("the data of a page", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(value, (one) => {
        // Not toStrictEqual, which takes a field of the name `constructor` for the class.
        expect(isDeepStrictEqual(decode(encode(one)), withoutPrototypes(one))).toBe(true);
      }),
    );
  });

  it("holds no character that steers a terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(encode({ text, [text]: 1 })).not.toMatch(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
      }),
    );
  });

  it.each(samples.map(({ name }) => name))(
    "of %s comes back as it was, but for the lines, which stand in it once",
    (name) => {
      const found = analyseText(`${name}.log`, samples.find((one) => one.name === name)?.lines ?? []);
      expect(found.length).toBeGreaterThan(0);
      for (const analysis of found) {
        const report = pageReport(analysis, [{ line: 1, text: "x" }], "5.10");
        const { lines, ...shown } = report;
        const expected = { ...shown, analysis: { ...analysis, report: { ...analysis.report, lines: [] } } };
        const texts = reportTexts(report);
        expect(readReport(texts)).toEqual(expected);
        expect(readLines(texts.log)).toEqual(lines);
      }
    },
  );

  it("is ASCII but for text of the log, and holds rising numbers as steps", () => {
    expect(encode([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe('{"$s":[1,1,8]}');
    const names = ["a", "b", "b", "a", "b", "b", "b", "b"].map((name) => ({ name }));
    expect(encode(names)).toBe('{"$t":8,"keys":["name"],"columns":[{"$w":["a","b"],"at":"01101111"}]}');
    expect(encode([{ line: 7 }, { line: 7 }])).toBe('{"$t":2,"keys":["line"],"columns":[{"$c":7}]}');
  });
});

/** fast-check makes dictionaries without a prototype. */
function withoutPrototypes(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(withoutPrototypes);
  if (typeof one !== "object" || one === null) return one;
  return Object.fromEntries(Object.entries(one).map(([key, field]) => [key, withoutPrototypes(field)]));
}
