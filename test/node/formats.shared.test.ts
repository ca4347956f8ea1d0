import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { analyseSource } from "../../src/node/analyse-source.js";

const folder = new URL("../../../shared/formats/", import.meta.url);

async function analyse(file: string): Promise<Analysis[]> {
  const bytes = readFileSync(new URL(file, folder));
  const source = {
    name: file,
    async *open() {
      yield bytes;
    },
  };
  const analyses: Analysis[] = [];
  for await (const analysis of analyseSource(source, { onNote() {}, onProblem() {} })) analyses.push(analysis);
  return analyses;
}

/** What must not depend on the dress. */
function essence({ report, verdict, findings, replay }: Analysis): unknown {
  return {
    id: report.id,
    trigger: report.trigger && { ...report.trigger, line: 0 },
    constraint: report.constraint,
    cgroup: report.cgroup,
    tasks: report.tasks.map((task) => ({ ...task, line: 0 })),
    kills: report.kills.map((kill) => ({ ...kill, line: 0 })),
    complete: report.complete,
    unknown: report.unknownLines.map(({ text }) => text),
    verdict: verdict.kind,
    ranking: replay?.ranking.map(({ pid, points }) => [pid, points]),
    findings: findings.map(({ id }) => id),
  };
}

/** Files that hold a part of the report, and what is named as missing from it. */
const PARTS: ReadonlySet<string> = new Set([
  "dmesg-e-ru.txt",
  "dmesg238-F-json-bug.txt",
  "gcp-logging-read.json",
  "journal-json-pretty.txt",
  "journal-json-seq.txt",
  "journal-json-sse.txt",
  "netconsole-ext-release.txt",
]);

/** What a dress changed within lines of the report, so that those are not what the kernel printed. */
const CHANGED: ReadonlySet<string> = new Set(["serial-console.txt"]);

/** Formats that can not tell a forged line from the kernel's: what they claim is only claimed. */
const CREDULOUS: ReadonlySet<string> = new Set([
  "journal-cat.txt",
  "rsyslog-fileformat.txt",
  "rsyslog-json.txt",
  "rsyslog-rfc5424.txt",
  "rsyslog-traditional.txt",
]);

const files = readdirSync(folder).filter((file) => file.includes(".") && file !== "README.md");
const plain = (await analyse("dmesg-raw.txt")).map(essence);

describe("one report in every dress of formats.md", () => {
  it("is one report", () => {
    expect(plain).toHaveLength(1);
    expect(files.length).toBeGreaterThan(80);
  });

  it.each(files.filter((file) => !PARTS.has(file) && !file.startsWith("pstore-")))("%s", async (file) => {
    const analyses = await analyse(file);
    if (CHANGED.has(file)) expect(analyses.map(({ report }) => report.kills.map(({ pid }) => pid))).toEqual([[146]]);
    else if (CREDULOUS.has(file)) {
      expect(analyses.map(essence)).toContainEqual(plain[0]);
      for (const { report } of analyses) expect(report.trust).toBe("claimed");
    } else expect(analyses.map(essence)).toEqual(plain);
  });

  it.each([...PARTS])("%s: a part, and what it lacks is named", async (file) => {
    const analyses = await analyse(file);
    for (const { report, notes } of analyses) {
      expect(report.missingParts.length).toBeGreaterThan(0);
      expect(notes.map(({ code }) => code)).toContain(report.fragment === true ? "fragment" : "parts-missing");
    }
  });
});
