import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Analysis,
  askWhatIf,
  createAnalyser,
  createLineReader,
  EditError,
  Followers,
  holdAgainst,
  PolicyTally,
  parseAdd,
  parsePolicy,
  parseSelector,
  parseSet,
  parseSizeChange,
  type WhatIf,
} from "../../src/index.js";
import { root } from "../house/imports.js";

/** The analyses of a log, as a user of the library gets them. */
function analyse(file: string): Analysis[] {
  const analyses: Analysis[] = [];
  const onNote = (): void => {};
  const analyser = createAnalyser({ source: file, onAnalysis: (analysis) => analyses.push(analysis), onNote });
  const reader = createLineReader({ source: file, onLine: (line) => analyser.push(line), onNote });
  for (const [index, line] of readFileSync(join(root, file), "latin1").split("\n").entries())
    reader.push(line, index + 1, null);
  reader.end();
  analyser.end();
  return analyses;
}

function first(file: string): Analysis {
  const [analysis] = analyse(file);
  if (analysis === undefined) throw new Error(`${file} holds no report`);
  return analysis;
}

const host = "samples/6.12.107+deb13-riscv64_riscv64/g_idlehog.log";
const group = "samples/4.19.78_amd64/m2_group.log";

describe("what if, from the library", () => {
  it("says who would have been picked with other processes", () => {
    const answer: WhatIf = askWhatIf(first(host), {
      edits: [parseSet("idlehog:oom_score_adj=-500"), parseAdd("name=backup,rss=10MiB,adj=0")],
    });
    expect(answer.before.chosen?.name).toBe("idlehog");
    expect(answer.after.chosen?.name).toBe("trigger");
    expect(answer.changed).toBe(true);
  });

  it("solves for an adjustment, exactly", () => {
    const analysis = first(host);
    const { protect } = askWhatIf(analysis, { edits: [], protect: parseSelector("idlehog") });
    const highest = protect?.highestOomScoreAdj;
    if (highest == null) throw new Error("no answer");
    const pickedAt = (adj: number): string | undefined =>
      askWhatIf(analysis, { edits: [parseSet(`idlehog:oom_score_adj=${adj}`)] }).after.chosen?.name;
    expect(pickedAt(highest)).toBe("trigger");
    expect(pickedAt(highest + 1)).toBe("idlehog");
  });

  it("answers what is impossible with a reason", () => {
    const trigger = { edits: [parseSet("trigger:oom_score_adj=-1000")], protect: parseSelector("trigger") };
    const { protect } = askWhatIf(first("samples/6.1.0-50-powerpc64le_ppc64el/m2_group_m1000.log"), trigger);
    expect(protect?.reason).toBe(
      "Only -1000 protects trigger (pid 86): its cgroup /A is killed as a whole (memory.oom.group).",
    );
    const [, last] = analyse("samples/6.1.0-50-cloud-amd64_amd64/n_panic1.log");
    if (last === undefined) throw new Error("no second report");
    expect(askWhatIf(last, { edits: [], protect: parseSelector("trigger") }).protect).toMatchObject({
      highestOomScoreAdj: null,
      reason: expect.stringContaining("No value protects trigger (pid 93): it is the only eligible task."),
    });
    expect(askWhatIf(last, { edits: [], protect: parseSelector("sshd") }).protect).toMatchObject({
      highestOomScoreAdj: null,
      tasks: [],
    });
  });

  it("names the child that dies in the place of a parent, which no adjustment puts in danger", () => {
    const question = { edits: [], protect: parseSelector("parent") };
    const { protect } = askWhatIf(first("samples/3.2.71_amd64/g_children.log"), question);
    expect(protect).toMatchObject({ highestOomScoreAdj: 1000, chosenThen: { pid: 22, name: "child2" } });
  });

  it("lets a cgroup that died as a whole die with any of its members", () => {
    const { after, remarks } = askWhatIf(first(group), {
      edits: [parseSet("trigger:oom_score_adj=-500"), parseSet("g2:rss=+1GiB")],
    });
    expect(after.chosen?.name).toBe("g2");
    expect(after.alsoKilled.map(({ name }) => name).sort()).toEqual(["g1", "g3", "trigger"]);
    expect(remarks.join(" ")).toContain("g2 (pid 30) is in /A too: the whole cgroup dies with it");
  });

  it("says when so much memory would have met the request", () => {
    const size = parseSizeChange("1GiB");
    const { remarks } = askWhatIf(first(group), { edits: [{ kind: "memory-max", size }] });
    expect(remarks.join(" ")).toContain("this one request would have been met");
  });

  it("adds up a policy over reports", () => {
    const tally = new PolicyTally();
    const policy = parsePolicy("# the victim of one log, nobody in the others\nidlehog -900\nnobody-here 5\n");
    for (const analysis of [host, group].flatMap(analyse)) tally.add(askWhatIf(analysis, { edits: [], policy }));
    expect(tally.result()).toMatchObject({
      reports: 2,
      changed: 1,
      unchanged: 1,
      spared: [{ name: "idlehog", count: 1 }],
      cost: [{ name: "trigger", count: 1 }],
      unmatched: ["nobody-here 5"],
    });
  });

  it("takes a name of a policy out of its quotes", () => {
    const [one, other] = parsePolicy("\"Web Content\" 300\n'mysqld' -500\n");
    expect(one?.tasks).toEqual({ by: "name", pattern: "Web Content" });
    expect(other?.tasks).toEqual({ by: "name", pattern: "mysqld" });
  });

  it("counts a policy that picks another of a cgroup that dies as a whole for no change", () => {
    const tally = new PolicyTally();
    const policy = parsePolicy("trigger -900\n");
    tally.add(askWhatIf(first(group), { edits: [], policy }));
    expect(tally.result()).toMatchObject({ changed: 0, unchanged: 1, spared: [], cost: [] });
  });

  it("holds a sequence against the kills that follow", () => {
    const followers = new Followers(1);
    const analyses = analyse("samples/6.1.0-50-cloud-amd64_amd64/n_panic1.log");
    const followed = [...analyses.flatMap((analysis) => followers.push(analysis)), ...followers.end()];
    const [one] = followed;
    if (one === undefined) throw new Error("no report");
    const { sequence = [], need } = askWhatIf(one.analysis, { edits: [], sequence: { kills: 2, needBytes: 1 << 20 } });
    expect(sequence).toHaveLength(1);
    expect(need).toMatchObject({ metAfterKills: 1 });
    const { sequence: two = [] } = askWhatIf(one.analysis, { edits: [], sequence: { kills: 2, needBytes: null } });
    const [, second] = holdAgainst(two, one.analysis.report, one.following);
    expect(second?.happened).toMatchObject({ name: "trigger", agrees: true });
  });

  it("refuses what makes no sense, and says what to type", () => {
    for (const bad of ["x", "x:rss=", "x:oom_score_adj=1001", "x:color=red", ":rss=1"])
      expect(() => parseSet(bad)).toThrow(EditError);
    expect(() => parsePolicy("a 1\nb\n")).toThrow("line 2 of the policy: a name and a number are needed");
    expect(() => parsePolicy("\n\nmysqld 5000\n")).toThrow("line 3 of the policy: 5000: not an oom_score_adj");
  });
});
