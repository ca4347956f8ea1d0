import { describe, expect, it, test } from "vitest";
import Replay from "../../commands/replay.js";
import { SCHEMA_VERSION, toReplayJson } from "../../src/render/index.js";
import { askWhatIf, PolicyTally, parsePolicy, parseSet, type Question } from "../../src/replay/what-if/index.js";
import { runCommand } from "../cli/harness.js";
import { samples } from "../parse/samples.js";
import { validator } from "../render/schemas.js";
import { analyseText } from "../replay/analyse-text.js";
import { holdBefore, holdIdleEdit } from "./hold-before.js";

const errors = validator("replay");

/** One of each kind of edit. */
const edits: Question["edits"] = [
  parseSet("trigger:oom_score_adj=-500"),
  parseSet("trigger:oom_adj=3"),
  parseSet("/A:rss=+1MiB"),
  { kind: "remove", tasks: { by: "pid", pid: 23 } },
  { kind: "add", name: "new", rssBytes: 1 << 20, swapBytes: 0, pageTableBytes: 0, oomScoreAdj: 5, uid: 0 },
  { kind: "total-ram", size: { bytes: 1 << 30, relative: true } },
  { kind: "swap", size: { bytes: 1 << 20, relative: false } },
  { kind: "memory-max", size: { bytes: 1 << 30, relative: false } },
  { kind: "allocating-task", on: false },
  { kind: "on-kernel", kernel: "6.12" },
];

const questions: readonly Question[] = [
  {
    edits: [],
    margins: "all",
    protect: { by: "name", pattern: "*" },
    prefer: { by: "pid", pid: 2 },
    sequence: { kills: 3, needBytes: 1 << 40 },
  },
  { edits, margins: 1, protect: { by: "cgroup", pattern: "/A" }, kernels: ["5.0", "6.12"] },
];

describe.each(samples)("$name", ({ name, lines }) => {
  test("answers in JSON of the published schema", () => {
    const analyses = analyseText(name, lines);
    const tally = new PolicyTally();
    const policy = parsePolicy("trigger -500\n/A 100\n");
    const answers = analyses.flatMap((analysis) => [
      ...questions.map((question) => askWhatIf(analysis, question)),
      askWhatIf(analysis, { edits: [], policy }),
    ]);
    for (const answer of answers) tally.add(answer);
    const document = {
      schemaVersion: SCHEMA_VERSION,
      replays: answers.map(toReplayJson),
      policy: tally.result(),
      notes: [],
    };
    expect(errors(document)).toEqual([]);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test("begins with the report's own replay, and an edit that changes nothing moves nobody", () => {
    for (const analysis of analyseText(name, lines)) {
      holdBefore(analysis);
      holdIdleEdit(analysis);
    }
  });
});

describe("oomlog replay --json", () => {
  it("prints a document of the published schema, with the names that others rely on", async () => {
    const log = "samples/7.3.4+deb13-cloud-amd64_amd64/m2_parallel.log";
    const asked = ["--set", "trigB:oom_score_adj=-900", "--protect", "trigB", "--sequence", "2", "--on-kernel", "all"];
    const { status, stdout } = await runCommand(Replay, ["--json", "--report", "1", ...asked, log]);
    const document = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(errors(document)).toEqual([]);
    const [answer] = document.replays;
    expect(answer).toMatchObject({
      report: { source: log, line: 1 },
      edits: [{ kind: "set-adj", text: "trigB:oom_score_adj=-900", adj: -900, matched: [{ pid: 116, name: "trigB" }] }],
      before: { chosen: { pid: 116, name: "trigB" }, victim: { pid: 116, name: "trigB" } },
      after: { chosen: { pid: 114, name: "b1" } },
      changed: true,
      protect: { pid: 116, name: "trigB" },
      sequence: [{ pid: 114, name: "b1" }, { pid: 116 }],
    });
    expect(answer.kernels.map(({ era }: { era: string }) => era)).toContain("v7.1");
  });
});
