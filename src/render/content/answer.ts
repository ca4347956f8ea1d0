import type { Finding } from "../../model/finding.js";
import { distinctKills } from "../../model/headline.js";
import type { Kill } from "../../model/report.js";
import { type Int64, toBigInt } from "../../model/units.js";
import type { VerdictKind } from "../../model/verdict.js";
import type { Fact } from "../document.js";
import { counted, formatKb, GLUE } from "../quantity.js";
import { log, processWords, separated, type Words, withCommands } from "../words.js";
import { limitWords } from "./limit.js";
import { boundedPoints, pointsWords, tieRule } from "./points.js";
import { sizeOf, type View } from "./view.js";

/** The verdict in a word, which leads the third line. */
export const verdictLabels: Readonly<Record<VerdictKind, string>> = {
  agrees: "Confirmed",
  explained: "Explained",
  undecidable: "Undecided",
  differs: "Differs",
  none: "No victim",
};

const tones: Readonly<Record<VerdictKind, NonNullable<Fact["tone"]>>> = {
  agrees: "good",
  explained: "good",
  undecidable: "warn",
  differs: "bad",
  none: "warn",
};

/**
 * The answer: in three lines what was killed, by which limit, and why this one with the word of the re-run; in a fourth
 * what used the memory, where that is not just the limit again.
 */
export function answerOf(view: View): Fact[] {
  const { kind } = view.verdict;
  return [
    { label: "Killed", words: killedWords(view) },
    { label: "Limit", words: limitWords(view) },
    { label: verdictLabels[kind], words: whyWords(view), tone: tones[kind] },
    ...causeOf(view),
  ];
}

/** Findings that the line of the limit says already. */
const saidByLimit: readonly string[] = ["memcg-limit-own", "memcg-limit-ancestor"];

/** Who dies, and by which rule, is told in the lines before. */
const causeLayers: readonly Finding["layer"][] = ["kind", "limit", "consumer", "reclaim", "configuration"];

/** The first finding that tells a cause. */
function causeOf({ findings }: View): Fact[] {
  const top = findings.find(({ id }) => !saidByLimit.includes(id));
  if (top === undefined || top.severity !== "problem" || !causeLayers.includes(top.layer)) return [];
  // A guess stands with the findings, where what speaks against it stands too.
  if (top.confidence === "low") return [];
  const doubt = top.confidence === "high" ? "" : ` (${top.confidence} confidence)`;
  return [{ label: "Cause", words: [...withCommands(top.title), doubt] }];
}

function killedWords(view: View): Words {
  const { report } = view;
  const [first, ...others] = distinctKills(report);
  if (first === undefined) return nobodyWords(view);
  const words = [...identityWords(first, view), ...sizeWords(first, view)];
  const parent = first.role === "sacrificed-child" ? report.chosen : null;
  const child: Words = parent === null ? [] : [", child of ", ...processWords(parent)];
  if (others.length === 0 && report.sharers.length > 0) {
    return [...words, ...child, `, and ${counted(report.sharers.length, "more", "more")} that share its memory`];
  }
  if (others.length === 0) return [...words, ...child];
  const isGroup = others.some(({ role }) => role === "group-member");
  const why = isGroup ? "of its cgroup" : "that share its memory";
  return [...words, ...child, `, and ${counted(others.length, "more", "more")} ${why}`];
}

function nobodyWords({ report, verdict }: View): Words {
  if (verdict.reason === "panic" && report.panic !== undefined) {
    return ["nobody: the kernel panicked, ", log(report.panic.message)];
  }
  const [exiting] = report.alreadyExiting;
  if (verdict.reason === "victim-still-dying" && exiting !== undefined) {
    return ["nobody: ", ...processWords(exiting), " was chosen and already exiting"];
  }
  if (verdict.reason === "no-killable") return ["nobody: the kernel found no process that it may kill"];
  if (report.chosen !== null) return [...processWords(report.chosen), " was chosen; its kill line is not in this log"];
  const [reaped] = report.reaper;
  if (reaped !== undefined) {
    return ["not told: the kill line is not in this log; the reaper names ", ...processWords(reaped)];
  }
  return ["not told: the log ends, or was cut, before the kill line"];
}

/** `mysqld (pid 4031, uid 27)` */
function identityWords({ pid, name, uid }: Kill, view: View): Words {
  const row = view.rowOf(pid);
  const user = uid ?? row?.uid;
  const thread = row !== null && row.pid === pid && row.tgid !== pid ? `, thread${GLUE}of${GLUE}${row.tgid}` : "";
  return [log(name), ` (pid${GLUE}${pid}${thread}${user === undefined ? "" : `, uid${GLUE}${user}`})`];
}

/** What it held when the table was printed, or else when it was killed. */
function sizeWords(kill: Kill, view: View): Words {
  const row = view.rowOf(kill.pid);
  if (row !== null) {
    const swap = row.swapPages ?? 0;
    const inSwap = toBigInt(swap) > 0n ? ` + ${sizeOf(swap, view)} swap` : "";
    return [`: ${sizeOf(row.rssPages, view)} resident${inSwap}`];
  }
  if (kill.anonRssKb === undefined) return [];
  const resident: readonly Int64[] = [kill.anonRssKb, kill.fileRssKb ?? 0, kill.shmemRssKb ?? 0];
  return [`: ${formatKb(resident.reduce<bigint>((sum, kb) => sum + toBigInt(kb), 0n))} resident`];
}

function whyWords(view: View): Words {
  const { verdict, replay } = view;
  if (replay !== null && replay.pointsUnit !== "legacy" && replay.chosen !== null) {
    if (verdict.kind === "agrees") return ["re-run agrees: ", ...leadWords(view), ...doubtWords(view)];
    if (verdict.kind === "differs") return differenceWords(view);
    if (verdict.reason === "not-printed") return pickWords(view);
  }
  return [verdict.sentence];
}

/** Whom the re-run picks where the log does not say whom the kernel did. */
function pickWords({ replay, verdict, ...view }: View): Words {
  const task = replay?.chosen == null ? null : view.rankedOf(replay.chosen.pid);
  if (replay === null || task === null) return [verdict.sentence];
  return [
    "to hold the re-run against; it picks ",
    ...processWords(task),
    ` with ${pointsWords(task, replay.pointsUnit)}`,
    ...openWords(verdict, task.pid),
  ];
}

/** Who else it can be, and what the log would have to tell. */
function openWords({ missing = [], possibleVictims = [] }: View["verdict"], pid: number): Words {
  const others = possibleVictims.filter((one) => one.pid !== pid);
  if (others.length === 0) return [];
  return [", or ", ...separated(others.map(processWords), " or "), `; not in this log: ${missing.join(", ")}`];
}

/** Equations between numbers of the log that do not hold: the log may not be what the kernel printed. */
function doubtWords({ verdict }: View): Words {
  const failed = verdict.checks.filter(({ ok }) => ok === false).length;
  return failed === 0 ? [] : [`; but ${counted(failed, "check fails", "checks fail")}`];
}

/** Its points against those of the next one. */
function leadWords(view: View): Words {
  const { replay, scenario } = view;
  if (replay === null || scenario === null) return [];
  const unit = replay.pointsUnit;
  const candidates = replay.ranking.filter(({ eligible }) => eligible);
  const [best, next] = candidates;
  if (best === undefined) return [];
  if (next === undefined) return ["it is the only candidate in the table"];
  const equal = candidates.filter(({ points }) => points !== null && points === best.points).length - 1;
  if (equal > 0) {
    return [`${pointsWords(best, unit)}, like ${counted(equal, "other")}; ${tieRule(scenario)}`];
  }
  return [
    `${pointsWords(best, unit)}${adjWords(best.pid, view)}, next `,
    ...processWords(next),
    ` ${boundedPoints(next)}${adjWords(next.pid, view)}`,
  ];
}

/** The adjustment of a task where it has one: sizes alone would then not explain its place. */
function adjWords(pid: number, view: View): string {
  const adj = view.rowOf(pid)?.oomScoreAdj ?? 0;
  return adj === 0 ? "" : ` (adj${GLUE}${adj})`;
}

function differenceWords(view: View): Words {
  const { replay, report, verdict } = view;
  const logged = report.chosen ?? report.kills[0];
  if (replay === null || replay.chosen === null || logged === undefined) return [verdict.sentence];
  const mine = view.rankedOf(replay.chosen.pid);
  const theirs = view.rankedOf(logged.pid);
  if (mine === null || theirs === null || mine === theirs) return [verdict.sentence];
  const unit = replay.pointsUnit;
  const its = theirs.points === null ? "is not eligible" : `has ${pointsWords(theirs, unit)}`;
  return [
    "re-run picks ",
    ...processWords(mine),
    ` with ${pointsWords(mine, unit)}; the log's `,
    ...processWords(logged),
    ` ${its}`,
  ];
}
