import type { RankedTask } from "../../model/replay.js";
import type { TaskRow } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import type { Context } from "../context.js";
import { amount, countOfLines, type Quantity } from "../quantity.js";
import { type Draft, rule } from "../rule.js";
import { count, who } from "../text.js";

/** Kernels whose choice is known to be wrong. One row each, with what was wrong. */
const defects: readonly { readonly release: RegExp; readonly what: string }[] = [
  {
    release: /^5\.8\.0-rc\d+-next-202007\d\d/,
    what: "an interim version of the points of v5.9 gave all tasks scores around zero",
  },
];

/** A kernel that chooses wrongly. */
export const selectionKernelDefect = rule({
  id: "selection-kernel-defect",
  layer: "selection",
  group: "selection",
  basis: "inference",
  needs: [],
  meaning: "The kernel's own rule of that version was broken.",
  evaluate(_facts, context) {
    const { report, verdict } = context;
    const clamped = clampedTie(context);
    if (clamped !== null) return clamped;
    const release = report.kernel.release;
    const defect = defects.find((one) => one.release.test(release ?? ""));
    if (defect === undefined || release === null || report.kernel.line === null || verdict.kind === "agrees")
      return null;
    return {
      title: `${release} is known to choose wrongly: ${defect.what}`,
      confidence: "medium",
      evidence: [{ name: "release", value: release, lines: [report.kernel.line] }],
      advice: ["Use a released kernel."],
    };
  },
});

/** Points that oom_score_adj took away altogether are raised to 1. */
function isClamped({ eligible, points, parts }: RankedTask): boolean {
  return eligible && toNumber(points ?? 0) === 1 && parts.some(({ name }) => name === "clamp");
}

/** Points before they were raised to 1. */
function unclamped({ points, parts }: RankedTask): number {
  return parts.reduce(
    (rest, { name, value }) => (name === "clamp" ? rest - toNumber(value) : rest),
    toNumber(points ?? 0),
  );
}

/**
 * From v3.5 to v5.8 a process whose oom_score_adj takes all its points away has 1: many of them are equal, and their order
 * decides instead of their size. The everyday case are containers of Guaranteed pods.
 */
function clampedTie({ report, replay, verdict, traits, text }: Context): Draft | null {
  if (traits?.pointsClamp !== "at-least-1" || replay === null || replay.chosen === null) return null;
  const logged = report.chosen ?? report.kills[0];
  const rowOf = (pid: number): TaskRow | undefined => report.tasks.find((row) => row.pid === pid || row.tgid === pid);
  const chosen = logged === undefined ? undefined : rowOf(logged.pid);
  const clamped = replay.ranking.filter(isClamped);
  const tied = clamped.flatMap(({ pid }) => rowOf(pid) ?? []);
  if (chosen === undefined || tied.length < 2 || !tied.includes(chosen) || replay.ranking[0] !== clamped[0])
    return null;
  const best = clamped.reduce((most, task) => (unclamped(task) > unclamped(most) ? task : most));
  const taken = rowOf(best.pid);
  if (taken === undefined || toNumber(taken.rssPages) < 2 * toNumber(chosen.rssPages)) return null;
  const rss = (row: TaskRow): Quantity => ({
    name: `rss of ${who(row)}`,
    ...amount(row.rssPages),
    unit: "pages",
    lines: [row.line],
  });
  const many = countOfLines(
    "processes with 1 point",
    tied.map(({ line }) => line),
  );
  return {
    title: `${count(many.value, "process", "processes")} had 1 point each, as oom_score_adj took all others away: their order chose ${who(chosen)}; kernels since v5.9 take ${who(taken)}, with ${text.size(rss(taken))}`,
    // Where the log names no kernel it may be one with the rule of v5.9.
    confidence: verdict.kind === "undecidable" ? "low" : "medium",
    meaning:
      "Since Linux commit 9066e5cfb73c (v5.9, late v5.4.y, RHEL 8.5) points may be negative, and the highest are taken all the same.",
    evidence: [many, rss(chosen), rss(taken)],
    advice: [`A kernel from v5.9 on would have taken ${who(taken)}: \`oomlog replay --on-kernel 5.9\` tells whom.`],
  };
}
