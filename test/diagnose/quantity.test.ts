import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countOfLines,
  difference,
  evidenceOf,
  formulaText,
  inPages,
  percent,
  prefixed,
  product,
  type Quantity,
  quotient,
  sum,
  sumOfColumn,
  sumOfLines,
} from "../../src/diagnose/quantity.js";

function printedAt(name: string, value: number, line: number, unit: Quantity["unit"] = "pages"): Quantity {
  return { name, value, unit, lines: [line] };
}

const free = printedAt("free", 100, 7);
const shmem = printedAt("shmem", 40, 9);

describe("quantities", () => {
  it("carry the lines of all that they are made of, each once and in order", () => {
    const both = sum("both", shmem, free, printedAt("mapped", 1, 7));
    expect(both).toMatchObject({ value: 141, lines: [7, 9] });
    expect(formulaText(both)).toBe("shmem + free + mapped");
  });

  it("say how they were made", () => {
    expect(formulaText(difference("rest", free, shmem))).toBe("free − shmem");
    expect(formulaText(product("more", free, 1.25))).toBe("free × 1.25");
    expect(formulaText(quotient("mean", free, shmem))).toBe("free ÷ shmem");
    expect(formulaText(percent("share", shmem, free))).toBe("100 × shmem ÷ free");
    expect(formulaText(sumOfLines("rss of all", "rss", [free, shmem]))).toBe("sum of rss over the lines");
    expect(formulaText(countOfLines("rows", [1, 2]))).toBe("number of the lines");
    expect(formulaText(free)).toBeUndefined();
  });

  it("stay as printed when there is nothing to compute", () => {
    expect(sum("all", free)).toBe(free);
    expect(difference("rest", free)).toBe(free);
    expect(inPages(free, 4096)).toBe(free);
    expect(sumOfLines("free of all", "free", [free])).toEqual({ ...free, name: "free of all" });
  });

  it("keep a column of one row beyond 2^53 as printed (it was rounded)", () => {
    const value = (1n << 53n) + 1n;
    const column = sumOfColumn("rss of all rows", "rss", [{ value, line: 7 }]);
    expect(column).toEqual({ name: "rss of all rows", value: 2 ** 53, exact: value, unit: "pages", lines: [7] });
    expect(evidenceOf([column ?? free])[0]?.value).toBe(value);
  });

  it("divide by nothing without harm", () => {
    expect(percent("share", free, printedAt("none", 0, 1)).value).toBe(0);
    expect(quotient("mean", free, printedAt("none", 0, 1)).value).toBe(0);
  });

  it("change to pages of any size", () => {
    expect(inPages(printedAt("usage", 640, 1, "kB"), 65536)).toMatchObject({ value: 10, unit: "pages" });
    expect(inPages(printedAt("anon", 65536, 1, "bytes"), 4096)).toMatchObject({ value: 16, unit: "pages" });
  });

  it("keep apart the same amounts of two reports", () => {
    const before = prefixed("first", sum("both", free, shmem));
    expect(before.name).toBe("first both");
    expect(formulaText(before)).toBe("first free + first shmem");
  });
});

describe("evidence", () => {
  it("lists every operand once, behind what it makes up", () => {
    const rest = difference("rest", free, shmem);
    const names = evidenceOf([percent("share", rest, free), shmem], [product("more", free, 2)]);
    expect(names.map(({ name, operand }) => `${name}${operand === true ? " (operand)" : ""}`)).toEqual([
      "share",
      "shmem",
      "rest (operand)",
      "free (operand)",
      "more (operand)",
    ]);
  });

  it("names in a formula only what it lists", () => {
    const leaf = fc.record({ value: fc.integer({ min: 0, max: 1e9 }), line: fc.integer({ min: 1, max: 99 }) });
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 2, maxLength: 6 }), (leaves) => {
        const parts = leaves.map(({ value, line }, index) => printedAt(`n${index}`, value, line));
        const [first = free, ...rest] = parts;
        const evidence = evidenceOf([percent("part", sum("all", first, ...rest), first)]);
        const names = new Set(evidence.map(({ name }) => name));
        for (const { formula } of evidence) {
          for (const name of formula?.match(/[a-z]\w*/g) ?? []) expect(names).toContain(name);
        }
      }),
    );
  });
});
