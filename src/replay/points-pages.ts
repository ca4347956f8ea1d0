import type { MachineTask } from "../model/machine.js";
import { toBigInt } from "../model/units.js";
import { toLong } from "./c-types.js";
import { hasCapability, knownAdj, PartList, type Points, pageTablesOf, swapOf } from "./points-parts.js";
import type { Selection } from "./selection.js";
import type { Process } from "./task-index.js";

/** Thousandths of `totalpages` that a privileged task is spared where {@link KernelTraits.rootBonus} is `minus-30`. */
export const ROOT_BONUS_PERMILLE = 30n;

/** Per cent of its own points that a privileged task is spared where {@link KernelTraits.rootBonus} is `3-percent`. */
export const ROOT_BONUS_PERCENT = 3n;

/**
 * Points in pages: rss + swap + page tables + adj × (totalpages / 1000), the quotient truncated first.
 *
 * Since Linux commit a7f638f999ff (page scale) (v3.5).
 */
export function pagePoints(selection: Selection, process: Process, user: MachineTask): Points {
  const { traits, word, totalPages } = selection;
  const list = new PartList();
  const rss = toBigInt(user.rssPages);
  const swap = swapOf(user, list);
  const pageTables = pageTablesOf(selection, user, list);
  const perMille = totalPages / 1000n;
  const memory = toLong(rss + swap + pageTables, word);
  let points = memory;
  let bonus = 0n;
  if (traits.rootBonus !== "none" && hasCapability(user, "SYS_ADMIN", list)) {
    bonus = traits.rootBonus === "minus-30" ? -ROOT_BONUS_PERMILLE * perMille : -((memory * ROOT_BONUS_PERCENT) / 100n);
  }
  const adjusted = knownAdj(process, user, list) * perMille;
  points = toLong(points + bonus + adjusted, word);
  list.add("rss", rss);
  list.add("swap", swap);
  list.add("pageTables", pageTables);
  list.add("rootBonus", bonus);
  list.add("oomScoreAdj", adjusted);
  list.close("rounding", points);
  if (traits.pointsClamp !== "signed" && points <= 0n) {
    points = 1n;
    list.close("clamp", points);
  }
  return list.result(points);
}
