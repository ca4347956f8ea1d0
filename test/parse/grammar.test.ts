import { describe, expect, it } from "vitest";
import { grammar } from "../../src/parse/grammar.js";
import { parse, samples } from "./samples.js";

describe("the grammar", () => {
  it("names every rule once", () => {
    const names = grammar.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9.]+(?:-[a-z0-9.]+)*$/);
  });

  it("says of every rule that opens something what its lines match", () => {
    for (const rule of grammar) expect(rule.opens === undefined, rule.name).toBe(rule.mark === undefined);
  });

  it("reads every line of every sample's reports", () => {
    for (const { lines, name } of samples) {
      const unknown = parse(lines).reports.flatMap((report) => report.unknownLines);
      expect(unknown, name).toEqual([]);
    }
  });
});
