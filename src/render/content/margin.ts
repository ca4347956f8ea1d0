import type { TotalPages } from "../../model/machine.js";
import type { RankedTask, Replay } from "../../model/replay.js";
import { fromBigInt, toBigInt } from "../../model/units.js";
import { type Block, paragraph, type Section } from "../document.js";
import { counted } from "../quantity.js";
import { processWords, separated, type Words } from "../words.js";
import { adjUnit, isOrigin, pointsWords, tieRule } from "./points.js";
import { thenWords } from "./possible.js";
import { pagesAndSize, sizeOf, type View } from "./view.js";

/** How far the first was ahead, where the log's choice stands, and what a unit of `oom_score_adj` is worth. */
export function marginSection(view: View): Section | null {
  const { replay } = view;
  if (replay === null || replay.pointsUnit === "legacy") return null;
  const candidates = replay.ranking.filter(({ eligible }) => eligible);
  const [best, next] = candidates;
  if (best === undefined) return null;
  return {
    title: "Margin",
    blocks: [
      paragraph(...leadWords(best, next, view)),
      ...choiceBlocks(candidates, view),
      ...protectionBlocks(view),
      ...adjBlocks(view),
    ],
  };
}

function leadWords(best: RankedTask, next: RankedTask | undefined, view: View): Words {
  const { replay, scenario } = view;
  if (next === undefined) return [...processWords(best), " is the only candidate in the table."];
  if (replay === null || scenario === null) return [];
  if (isOrigin(best)) return [...processWords(best), " volunteers (swapoff, ksm): it is taken whatever its points."];
  const lead = difference(best, next);
  if (lead === 0) {
    return [...processWords(best), " and ", ...processWords(next), ` have equal points; ${tieRule(scenario)}.`];
  }
  const about = isExact(best, next, view) ? "" : "about ";
  return [...processWords(best), ` is ${about}${distance(lead, replay, view)} ahead of `, ...processWords(next), "."];
}

/** Whether the lead is one number: both points are, or the same amount that depends on `totalpages` is in both. */
function isExact(best: RankedTask, next: RankedTask, { replay, rowOf }: View): boolean {
  if (best.bound === "exact" && next.bound === "exact") return true;
  const isOfTotal = ({ unknown, parts }: RankedTask): boolean =>
    unknown.length === 0 && parts.every(({ name }) => name !== "clamp" && name !== "rootBonus");
  const adjOf = ({ pid }: RankedTask): number | undefined => rowOf(pid)?.oomScoreAdj;
  return replay?.pointsUnit === "pages" && isOfTotal(best) && isOfTotal(next) && adjOf(best) === adjOf(next);
}

/** Where the log's choice stands, when it is not the first. */
function choiceBlocks(candidates: readonly RankedTask[], view: View): Block[] {
  const { report, replay } = view;
  const chosen = report.chosen ?? report.kills[0];
  const [best] = candidates;
  const task = chosen === undefined ? null : view.rankedOf(chosen.pid);
  if (task === null || best === undefined || replay === null || task.points === null || isOrigin(best)) return [];
  const lead = difference(best, task);
  if (lead === 0 || task === best) return [];
  const place = candidates.indexOf(task) + 1;
  const who: Words = ["The log's choice, ", ...processWords(task)];
  return [paragraph(...who, `, stands at place ${place}, ${distance(lead, replay, view)} behind.`)];
}

/** Those named who could be chosen in the place of a spared one. */
const MOST_OTHERS = 3;

/** The highest `oom_score_adj` that would have spared the log's choice, and who would have died for it. */
function protectionBlocks({ protection }: View): Block[] {
  if (protection === undefined) return [];
  const { highestOomScoreAdj, chosenThen, possibleThen, reason } = protection;
  if (highestOomScoreAdj === null || highestOomScoreAdj === 1000) return [paragraph(reason)];
  // In the words of `oomlog replay --protect`: below it there is no value.
  if (highestOomScoreAdj === -1000) return [paragraph(reason, ...thenWords(protection))];
  const victims = possibleThen.length > 1 ? possibleThen : chosenThen === null ? [] : [chosenThen];
  const others = victims.length > MOST_OTHERS ? ` or ${counted(victims.length - MOST_OTHERS, "other")}` : "";
  const who = separated(victims.slice(0, MOST_OTHERS).map(processWords), " or ");
  return [
    paragraph(
      `At oom_score_adj ${highestOomScoreAdj} or below `,
      ...processWords(protection),
      " would have been spared",
      ...(victims.length === 0 ? ["."] : [" and ", ...who, `${others} chosen in its place.`]),
    ),
  ];
}

function difference(a: RankedTask, b: RankedTask): number | bigint {
  return fromBigInt(toBigInt(a.points ?? 0) - toBigInt(b.points ?? 0));
}

function distance(points: number | bigint, { pointsUnit }: Replay, view: View): string {
  const size = pointsUnit === "pages" ? ` (${sizeOf(points, view)})` : "";
  return `${pointsWords({ points, bound: "exact" }, pointsUnit)}${size}`;
}

function adjBlocks(view: View): Block[] {
  const unit = adjUnit(view);
  const { scenario, replay } = view;
  if (scenario === null || replay?.pointsUnit !== "pages") return [];
  const { min, max, source } = scenario.totalPages;
  if (unit === null) return [paragraph("totalpages is not in this log: what oom_score_adj is worth is not known.")];
  if (toBigInt(unit) === 0n) {
    return [paragraph("totalpages is below 1000: oom_score_adj has no effect here.")];
  }
  const range =
    min === max
      ? `totalpages is ${pagesAndSize(max, view)}, from ${source}`
      : `totalpages is at least ${pagesAndSize(min, view)}${upTo(scenario.totalPages)}, from ${source}`;
  return [paragraph(`One unit of oom_score_adj is worth totalpages / 1000 = ${pagesAndSize(unit, view)}; ${range}.`)];
}

/** The upper bound, unless it is so far away that it tells nothing. */
function upTo({ min, max }: TotalPages): string {
  return toBigInt(max) > toBigInt(min) * 1000n ? "" : ` and at most ${counted(max, "page")}`;
}
