import { describe, expect, it } from "vitest";
import { sample } from "../parse/samples.js";
import { analyseText } from "./analyse-text.js";

/** The largest task of a cgroup is killed while it waits for a disk and can not go; the next one dies after it. */
const name = "6.18.15+deb13-cloud-amd64_amd64/m2_stuck";
const { lines } = sample(name);

function second(text: readonly string[]) {
  const [, analysis] = analyseText(name, text);
  if (analysis === undefined) throw new Error("one report only");
  return analysis;
}

describe("a victim that is still in the table of the next report", () => {
  it("was passed over, since the kernel waits for one that is not yet reaped", () => {
    const { verdict, replay } = second(lines);
    expect(verdict.kind).toBe("agrees");
    expect(verdict.sentence).toBe(
      "The re-run of the kernel's rule picks next (pid 127), as the log says: waits (pid 126), which an earlier report killed, was passed over, for the kernel waits for a victim whose memory is not yet reaped.",
    );
    expect(verdict.possibleVictims).toBeUndefined();
    expect(replay?.ranking.map(({ pid, reason }) => [pid, reason ?? "eligible"])).toEqual([
      [127, "eligible"],
      [128, "eligible"],
      [126, "oom-skip"],
      [129, "oom-score-adj-min"],
    ]);
  });

  it("leaves the choice open where sysrq asked, which waits for no victim", () => {
    const once = sample("7.3.4+deb13-cloud-amd64_amd64/g_sysrq_panic2").lines;
    const other = once.map((line) => line.replace("task=b,pid=99", "task=a,pid=98").replace("99 (b)", "98 (a)"));
    const { verdict } = second([...once, ...other]);
    expect(verdict.kind).toBe("undecidable");
    expect(verdict.possibleVictims?.map(({ pid }) => pid)).toEqual([98, 99]);
  });

  it("is a contradiction where no earlier report killed it", () => {
    const cut = lines.slice(108);
    const [analysis] = analyseText(name, cut);
    expect(analysis?.verdict.kind).toBe("differs");
  });
});
