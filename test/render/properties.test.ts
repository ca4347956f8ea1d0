import { inspect, stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import {
  renderListMarkdown,
  renderListText,
  renderMarkdown,
  renderText,
  toJson,
  toListJson,
} from "../../src/render/index.js";
import { columnsOf } from "../../src/render/width.js";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

const paint = (name: string, text: string): string => {
  const [on, off] = inspect.colors[name] ?? [];
  if (on === undefined || off === undefined) throw new Error(`${name} is no colour`);
  return `\x1b[${on}m${text}\x1b[${off}m`;
};

const widths = [80, 100, 120, 200];

describe.each(samples)("$name", ({ name, lines }) => {
  const analyses = analyseText(name, lines);

  it("fits every width", () => {
    for (const analysis of analyses) {
      for (const width of widths) {
        const text = renderText(analysis, { width, paint: null, verbose: false, trace: true });
        // What can not be broken (a path, the name of a file) may be wider.
        const wide = text.split("\n").filter((line) => columnsOf(line) > width && !/\S{40}/.test(line));
        expect(wide).toEqual([]);
      }
    }
  });

  it("says the same with and without colour", () => {
    for (const analysis of analyses) {
      for (const verbose of [false, true]) {
        const options = { width: 100, verbose, trace: true };
        const colored = renderText(analysis, { ...options, paint });
        expect(colored).toContain("\x1b[");
        expect(stripVTControlCharacters(colored)).toBe(renderText(analysis, { ...options, paint: null }));
      }
    }
  });

  it("leads with what was killed, by which limit, the word of the re-run, and a cause that is no guess", () => {
    for (const analysis of analyses) {
      const text = renderText(analysis, { width: 1000, paint: null, verbose: false, trace: false });
      expect(text).toMatch(
        /^Killed {3,5}\S.+\n(?: +.+\n)*Limit {4,6}\S.+\n(?: +.+\n)*(?:Confirmed|Explained|Undecided|Differs|No victim) {2}\S.+\n(?: +.+\n)*(?:Cause {6}\S.+\n(?: +.+\n)*)?\n/,
      );
    }
  });
});

/** Anything that 15 bytes of a name can hold, raw bytes included. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 15 }),
  fc.constantFrom(
    "\x1b]0;x\x07",
    "\u202e\u2066",
    "`|<b>",
    "\n## x",
    "a\udcffb",
    "",
    " ",
    '"',
    "\\",
    "| --- |",
    "\u0301",
  ),
);

/** The same analysis of tasks and cgroups that are called otherwise. */
function renamed(analysis: Analysis, name: string): Analysis {
  const text = new Set(["name", "path", "host", "oomMemcg", "taskMemcg", "source", "release", "message", "text"]);
  const copy = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return text.has(key) ? name : value;
    if (Array.isArray(value)) return value.map((one) => copy(one, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => [field, field === "parts" ? one : copy(one, field)]),
    );
  };
  return {
    ...analysis,
    report: copy(analysis.report, "") as Analysis["report"],
    replay: copy(analysis.replay, "") as Analysis["replay"],
    verdict: { ...analysis.verdict, sentence: `The re-run picks ${name} (pid 1).` },
  };
}

describe("hostile names", () => {
  const wanted = ["m2_nested", "g_children", "g_comm_fake", "m2_group", "g_sysrq_nokill", "n_panic1"];
  const analyses = samples
    .filter(({ name }) => wanted.some((scenario) => name.endsWith(`/${scenario}`)))
    .flatMap(({ name, lines }) => analyseText(name, lines).slice(0, 1));
  const subject = fc.constantFrom(...analyses);

  it("let no control through, into the text of a terminal or Markdown", () => {
    expect(analyses.length).toBeGreaterThanOrEqual(wanted.length);
    fc.assert(
      fc.property(subject, hostile, fc.boolean(), (analysis, name, verbose) => {
        const other = renamed(analysis, name);
        const outputs = [
          renderText(other, { width: 80, paint: null, verbose, trace: true }),
          renderMarkdown(other, { verbose, trace: true }),
          renderListText(other, { paint: null }),
          renderListMarkdown(other),
        ];
        for (const output of outputs) expect(output.replaceAll("\n", "")).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(renderListText(other, { paint: null }).trimEnd()).not.toContain("\n");
      }),
      { numRuns: 300 },
    );
  });

  it("open no heading, table row or fence of Markdown", () => {
    const shape = (analysis: Analysis): string[] =>
      renderMarkdown(analysis, { verbose: false, trace: false })
        .split("\n")
        .map((line) => {
          const start = /^(?:#+ |\| |```|- |\d+\. )?/.exec(line)?.[0];
          return `${start}${start === "| " ? line.match(/(?<!\\)\|/g)?.length : ""}`;
        });
    fc.assert(
      fc.property(subject, hostile, (analysis, name) => {
        expect(shape(renamed(analysis, name))).toEqual(shape(renamed(analysis, "x")));
      }),
      { numRuns: 200 },
    );
  });

  it("stay what they are in JSON", () => {
    fc.assert(
      fc.property(subject, hostile, (analysis, name) => {
        const other = renamed(analysis, name);
        for (const json of [toJson(other, { verbose: true }), toListJson(other)]) {
          expect(JSON.parse(JSON.stringify(json))).toEqual(json);
        }
      }),
      { numRuns: 100 },
    );
  });
});
