import type { MachineTask } from "../model/machine.js";
import type { Int64 } from "../model/units.js";
import { add, divide, multiply, toLong } from "./c-types.js";
import { hasCapability, knownAdj, PartList, type Points, pageTablesOf, swapOf } from "./points-parts.js";
import type { Selection } from "./selection.js";
import type { Process } from "./task-index.js";

/** Thousandths of `totalpages` that a privileged task is spared where {@link KernelTraits.rootBonus} is `minus-30`. */
export const ROOT_BONUS_PERMILLE = 30;

/** Per cent of its own points that a privileged task is spared where {@link KernelTraits.rootBonus} is `3-percent`. */
export const ROOT_BONUS_PERCENT = 3;

/**
 * Points in pages.
 *
 * Since Linux commit a7f638f999ff (page scale) (v3.5), rss + swap + page tables + adj × (totalpages / 1000), the
 * quotient truncated first.
 */
export function pagePoints(selection: Selection, process: Process, user: MachineTask): Points {
  const { traits, word, totalPages } = selection;
  const list = new PartList();
  const swap = swapOf(user, list);
  const pageTables = pageTablesOf(selection, user, list);
  const perMille = divide(totalPages, 1000);
  const memory = toLong(add(add(user.rssPages, swap), pageTables), word);
  let bonus: Int64 = 0;
  if (traits.rootBonus !== "none" && hasCapability(user, "SYS_ADMIN", list)) {
    bonus =
      traits.rootBonus === "minus-30"
        ? multiply(-ROOT_BONUS_PERMILLE, perMille)
        : multiply(-1, divide(multiply(memory, ROOT_BONUS_PERCENT), 100));
  }
  const adjusted = multiply(knownAdj(process, user, list), perMille);
  const points = toLong(add(add(memory, bonus), adjusted), word);
  list.add("rss", user.rssPages);
  list.add("swap", swap);
  list.add("pageTables", pageTables);
  list.add("rootBonus", bonus);
  list.add("oomScoreAdj", adjusted);
  list.close("rounding", points);
  if (traits.pointsClamp === "signed" || points > 0) return list.result(points);
  list.close("clamp", 1);
  return list.result(1);
}
