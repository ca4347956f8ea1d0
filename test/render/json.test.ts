import { describe, expect, it, test } from "vitest";
import { plain, SCHEMA_VERSION, toJson, toListJson } from "../../src/render/index.js";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { schemaOf, validator } from "./schemas.js";

const explainErrors = validator("explain");
const listErrors = validator("list");

describe.each(samples)("$name", ({ name, lines }) => {
  const analyses = analyseText(name, lines);

  test.each([false, true])("is JSON of the published schemas, verbose %s", (verbose) => {
    const explained = {
      schemaVersion: SCHEMA_VERSION,
      analyses: analyses.map((one) => toJson(one, { verbose })),
      notes: [],
    };
    const listed = { schemaVersion: SCHEMA_VERSION, reports: analyses.map(toListJson), notes: [] };
    expect(explainErrors(explained)).toEqual([]);
    expect(listErrors(listed)).toEqual([]);
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
    expect(JSON.parse(JSON.stringify(listed))).toEqual(listed);
  });

  test("has the report's lines only when they are asked for", () => {
    for (const analysis of analyses) {
      expect(toJson(analysis, { verbose: false })).not.toHaveProperty(["report", "lines"]);
      expect(toJson(analysis, { verbose: true })).toHaveProperty(
        ["report", "lines"],
        analysis.report.lines.map(({ line, text }) => ({ line, text: plain(text) })),
      );
    }
  });
});

describe("a schema", () => {
  it.each(["explain", "list", "replay", "triage"] as const)(
    "of %s describes every field and lets no other in",
    (command) => {
      const undescribed: string[] = [];
      const open: string[] = [];
      const walk = (node: unknown, path: string): void => {
        if (typeof node !== "object" || node === null) return;
        if ("properties" in node) {
          if (!("additionalProperties" in node)) open.push(path);
          for (const [name, property] of Object.entries(node.properties as object)) {
            if (typeof property.description !== "string" || property.description === "")
              undescribed.push(`${path}/${name}`);
          }
        }
        for (const [key, value] of Object.entries(node)) walk(value, `${path}/${key}`);
      };
      walk(schemaOf(command), "");
      expect(undescribed).toEqual([]);
      expect(open).toEqual([]);
    },
  );

  it("refuses a field that it does not know", () => {
    const [sample] = samples;
    const [analysis] = analyseText("sample", sample?.lines ?? []);
    if (analysis === undefined) throw new Error("no analysis");
    const listed = {
      schemaVersion: SCHEMA_VERSION,
      reports: [{ ...Object(toListJson(analysis)), more: 1 }],
      notes: [],
    };
    expect(listErrors(listed)).toEqual([
      '/reports/0 must NOT have additional properties {"additionalProperty":"more"}',
    ]);
  });
});

describe("plain", () => {
  it("writes integers beyond 2^53 as decimal strings", () => {
    expect(plain({ small: 9007199254740991, big: 9007199254740993n, negative: -9007199254740993n })).toEqual({
      small: 9007199254740991,
      big: "9007199254740993",
      negative: "-9007199254740993",
    });
  });

  it("shows raw bytes and backslashes, in names of columns too", () => {
    expect(plain({ "a\\b": ["x\udc80y", null, undefined], gone: undefined })).toEqual({
      "a\\\\b": ["x\\x80y", null, null],
    });
  });
});
