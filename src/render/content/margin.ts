import type { TotalPages } from "../../model/machine.js";
import { fromBigInt, toBigInt } from "../../model/units.js";
import { type Block, paragraph, type Section } from "../document.js";
import { counted } from "../quantity.js";
import { processWords } from "../words.js";
import { adjUnit, pointsWords } from "./points.js";
import { pagesAndSize, sizeOf, type View } from "./view.js";

/** How far the chosen one was ahead, and what a step of `oom_score_adj` is worth. */
export function marginSection(view: View): Section | null {
  const { replay } = view;
  if (replay === null || replay.pointsUnit === "legacy") return null;
  const [best, next] = replay.ranking.filter(({ eligible }) => eligible);
  if (best === undefined) return null;
  const blocks: Block[] = [];
  if (next === undefined) {
    blocks.push(paragraph(...processWords(best), " is the only candidate: nothing else could have been chosen."));
  } else if (best.points !== null && next.points !== null) {
    const lead = fromBigInt(toBigInt(best.points) - toBigInt(next.points));
    const exact = best.bound === "exact" && next.bound === "exact" ? "" : "about ";
    const size = replay.pointsUnit === "pages" && toBigInt(lead) > 0n ? ` = ${sizeOf(lead, view)}` : "";
    blocks.push(
      paragraph(
        ...processWords(best),
        ` is ${exact}${pointsWords({ points: lead, bound: "exact" }, replay.pointsUnit)}${size} ahead of `,
        ...processWords(next),
        ".",
      ),
    );
  }
  blocks.push(...adjBlocks(view));
  return { title: "Margin", blocks };
}

function adjBlocks(view: View): Block[] {
  const unit = adjUnit(view);
  const { scenario, replay } = view;
  if (unit === null || scenario === null || replay?.pointsUnit !== "pages") return [];
  const { min, max, source } = scenario.totalPages;
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
