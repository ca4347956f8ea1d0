import type { MachineTask } from "../model/machine.js";
import type { Int64 } from "../model/units.js";
import { add, divide, multiply, subtract, toInt32, toLong, toUlong } from "./c-types.js";
import { ROOT_BONUS_PERCENT, ROOT_BONUS_PERMILLE } from "./points-pages.js";
import { hasCapability, knownAdj, PartList, type Points, pageTablesOf, swapOf } from "./points-parts.js";
import type { Selection } from "./selection.js";
import type { Process } from "./task-index.js";

const HIGHEST = 1000;

/**
 * Points in thousandths of `totalpages`.
 *
 * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), (rss + swap + page tables) × 1000 / totalpages, the root
 * bonus and adj added, kept between 1 and 1000. The parts split the share by size; what the division and the C types
 * take is `rounding`.
 */
export function permillePoints(selection: Selection, process: Process, user: MachineTask): Points {
  const { traits } = selection;
  const list = new PartList();
  if (traits.oomOrigin === "1000-points" && user.flags.origin === true) {
    list.add("origin", HIGHEST);
    return list.result(HIGHEST);
  }
  const { rssPages } = user;
  const swap = swapOf(user, list);
  const pageTables = pageTablesOf(selection, user, list);
  const total = selection.totalPages === 0 ? 1 : selection.totalPages;
  const share = shareOf(selection, rssPages, swap, pageTables, total);
  list.add("rss", divide(multiply(rssPages, 1000), total));
  list.add("swap", divide(multiply(swap, 1000), total));
  list.add("pageTables", divide(multiply(pageTables, 1000), total));
  list.close("rounding", share);
  let bonus: Int64 = 0;
  if (traits.rootBonus !== "none" && hasCapability(user, "SYS_ADMIN", list)) {
    bonus = traits.rootBonus === "minus-30" ? ROOT_BONUS_PERMILLE : divide(multiply(share, ROOT_BONUS_PERCENT), 100);
  }
  list.add("rootBonus", multiply(-1, bonus));
  const adj = knownAdj(process, user, list);
  list.add("oomScoreAdj", adj);
  const sum = add(subtract(share, bonus), adj);
  const points = traits.permilleArithmetic === "long" ? sum : toInt32(sum);
  list.close("rounding", points);
  let clamped = points;
  if (clamped <= 0) clamped = 1;
  else if (clamped > HIGHEST) clamped = HIGHEST;
  list.close("clamp", clamped);
  return list.result(clamped);
}

function shareOf(selection: Selection, rss: Int64, swap: Int64, pageTables: Int64, total: Int64): Int64 {
  const { traits, word } = selection;
  switch (traits.permilleArithmetic) {
    case "int32": {
      // The kernel assigns after each step, and divides an int by an unsigned long: sign-extended first.
      const size = toInt32(add(toInt32(add(rss, pageTables)), swap));
      return toInt32(divide(toUlong(toInt32(multiply(size, 1000)), word), total));
    }
    case "unsigned-long":
      return toInt32(divide(toUlong(multiply(add(rss, swap), 1000), word), total));
    default: {
      const size = add(add(rss, pageTables), swap);
      return toLong(divide(toUlong(multiply(size, 1000), word), total), word);
    }
  }
}
