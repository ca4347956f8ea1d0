import { describe, expect, it } from "vitest";
import type { ReplayStep } from "../../src/model/replay.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "./analyse-text.js";

function stepsOf(name: string): readonly ReplayStep[] {
  const steps = analyseText(name, sample(name).lines)[0]?.replay?.steps;
  if (steps === undefined) throw new Error(`no decision path of ${name}`);
  return steps;
}

/** The places of two steps in a path. */
function order(name: string, ...wanted: readonly ReplayStep["step"][]): readonly string[] {
  return stepsOf(name).flatMap(({ step }) => (wanted.includes(step) ? [step] : []));
}

describe("the decision path of sysrq", () => {
  // Since v4.3 sysrq ignores panic_on_oom, since v5.17 what notifiers freed.
  it("does not look at vm.panic_on_oom, nor at what notifiers freed", () => {
    const steps = stepsOf("6.1.0-50-cloud-amd64_amd64/g_sysrq_nokill");
    expect(steps.find(({ step }) => step === "notifiers")).toMatchObject({
      evidence: "computed",
      outcome: "sysrq asked: it goes on whatever OOM notifiers freed",
    });
    expect(steps.find(({ step }) => step === "panic-on-oom")).toMatchObject({
      evidence: "computed",
      outcome: "sysrq asked: vm.panic_on_oom is not looked at",
    });
  });
});

describe("the decision path of a memory cgroup", () => {
  it("tests vm.panic_on_oom before the limit is read, before v4.9", () => {
    expect(order("3.10.105_amd64/m1_k8s", "panic-on-oom", "memcg-total")).toEqual(["panic-on-oom", "memcg-total"]);
  });

  it("reads the limit first, from v4.9 on", () => {
    expect(order("4.9.154_amd64/m2_adj", "panic-on-oom", "memcg-total")).toEqual(["memcg-total", "panic-on-oom"]);
  });
});

describe("a count of processes", () => {
  it("of one is singular", () => {
    const name = "7.3.4+deb13-cloud-amd64_amd64/m2_nested";
    const lines = sample(name).lines;
    const rows = lines.flatMap((line, index) =>
      /\] +\d+ +\d+ +\d+ +\d+ .*[a-z]\w*$/.test(line) && !line.includes("pid") ? [index] : [],
    );
    const [analysis] = analyseText(
      name,
      lines.filter((_, index) => !rows.slice(0, -1).includes(index)),
    );
    const outcomes = analysis?.replay?.steps.map(({ outcome }) => outcome).join("\n");
    expect(outcomes).not.toContain("1 processes");
  });
});
