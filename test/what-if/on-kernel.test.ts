import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { eraOfFile, type VectorExpectation } from "../../scripts/vectors/check.js";
import { readVectors } from "../../scripts/vectors/files.js";
import { machineOf } from "../../scripts/vectors/machine.js";
import type { Machine } from "../../src/model/machine.js";
import type { WhatIfOutcome } from "../../src/model/what-if.js";
import { applyEdits } from "../../src/replay/what-if/apply.js";
import { askWhatIf } from "../../src/replay/what-if/index.js";
import { outcomeOf } from "../../src/replay/what-if/outcome.js";
import { subjectOfMachine } from "../../src/replay/what-if/subject.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { scenarioOf } from "./machines.js";

const { scenarios, kernels } = await readVectors(fileURLToPath(new URL("../vectors/data", import.meta.url)));

/** Kernels that a machine is taken from, one of each way to count: the same machine, asked for another kernel. */
const sources = ["v2.6.39", "v3.9", "v4.4", "v4.19", "v6.8"];

/** The kernels whose choice a what-if tells: the rule up to v2.6.35 counts what no log prints. */
const targets = kernels.filter(({ name }) => eraOfFile(name).traits.pointsRule !== "legacy");

function onKernel(machine: Machine, from: string, to: string): WhatIfOutcome {
  const subject = subjectOfMachine(scenarioOf(eraOfFile(from), machine));
  return outcomeOf(applyEdits(subject, [{ kind: "on-kernel", kernel: eraOfFile(to).id }]).subject);
}

/** The process of what the kernel chose; a kernel may name a thread of it. Undefined where that is not known. */
function processChosen(machine: Machine, { chosen, outcome }: VectorExpectation): number | null | undefined {
  if (chosen == null) return outcome === "killed" ? undefined : null;
  return machine.tasks.find(({ pid }) => pid === chosen)?.tgid ?? chosen;
}

describe("what another kernel would choose", () => {
  it.each(sources)("is what that kernel did with the same machine: taken from %s", (from) => {
    const count = { same: 0, open: 0 };
    const wrong: string[] = [];
    for (const { name, units } of targets) {
      for (const { id, expect: expected } of units) {
        const scenario = scenarios.get(id);
        if (scenario === undefined) throw new Error(`no scenario ${id}`);
        const machine = machineOf(scenario);
        const want = processChosen(machine, expected);
        if (want === undefined) continue;
        const { chosen, decided, possible, totalPages } = onKernel(machine, from, name);
        const got = decided ? [chosen?.pid ?? null] : possible.map(({ pid }) => pid);
        if (!got.includes(want)) wrong.push(`${name} ${id}: ${got.join(" or ")}, not ${want}`);
        if (expected.totalpages != null && String(totalPages?.min) !== String(expected.totalpages))
          wrong.push(`${name} ${id}: total ${totalPages?.min}, not ${expected.totalpages}`);
        if (decided) count.same++;
        else count.open++;
      }
    }
    process.stdout.write(`on another kernel, from ${from}: ${count.same} foretold, ${count.open} open\n`);
    expect(wrong).toEqual([]);
    expect(count.same).toBeGreaterThan(2900);
    expect(count.open).toBeLessThan(40);
  });

  it("differs between kernels, or the test above would show nothing", () => {
    const turning = [...scenarios].filter(([, scenario]) => {
      const machine = machineOf(scenario);
      return onKernel(machine, "v6.8", "v3.9").chosen?.pid !== onKernel(machine, "v6.8", "v6.8").chosen?.pid;
    });
    expect(turning.length).toBeGreaterThan(10);
  });
});

describe("a task that gives back swap", () => {
  it("has the oom_score_adj that it raises for itself on kernels that print it", () => {
    const [analysis] = analyseText("5.4.286_amd64/g_swapoff", sample("5.4.286_amd64/g_swapoff").lines);
    if (analysis === undefined) throw new Error("no report");
    const answer = askWhatIf(analysis, { edits: [{ kind: "on-kernel", kernel: "v3.4" }], margins: 0 });
    expect(answer.after?.chosen).toMatchObject({ name: "swapoff" });
  });
});
