import type { MachineTask } from "../model/machine.js";
import { toBigInt } from "../model/units.js";
import { toInt32, toLong, toUlong } from "./c-types.js";
import { ROOT_BONUS_PERCENT, ROOT_BONUS_PERMILLE } from "./points-pages.js";
import { hasCapability, knownAdj, PartList, type Points, pageTablesOf, swapOf } from "./points-parts.js";
import type { Selection } from "./selection.js";
import type { Process } from "./task-index.js";

const HIGHEST = 1000n;

/**
 * Points in thousandths of `totalpages`: (rss + swap + page tables) × 1000 / totalpages, the root bonus and adj added,
 * kept between 1 and 1000. The parts split the share by size; what the division and the C types take is `rounding`.
 *
 * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36).
 */
export function permillePoints(selection: Selection, process: Process, user: MachineTask): Points {
  const { traits } = selection;
  const list = new PartList();
  if (traits.oomOrigin === "1000-points" && user.flags.origin === true) {
    list.add("origin", HIGHEST);
    return list.result(HIGHEST);
  }
  const rss = toBigInt(user.rssPages);
  const swap = swapOf(user, list);
  const pageTables = pageTablesOf(selection, user, list);
  const total = selection.totalPages === 0n ? 1n : selection.totalPages;
  const share = shareOf(selection, rss, swap, pageTables, total);
  list.add("rss", (rss * 1000n) / total);
  list.add("swap", (swap * 1000n) / total);
  list.add("pageTables", (pageTables * 1000n) / total);
  list.close("rounding", share);
  let points = share;
  if (traits.rootBonus !== "none" && hasCapability(user, "SYS_ADMIN", list)) {
    const bonus = traits.rootBonus === "minus-30" ? ROOT_BONUS_PERMILLE : (points * ROOT_BONUS_PERCENT) / 100n;
    points -= bonus;
    list.add("rootBonus", -bonus);
  }
  const adj = knownAdj(process, user, list);
  points += adj;
  list.add("oomScoreAdj", adj);
  if (traits.permilleArithmetic !== "long") points = toInt32(points);
  list.close("rounding", points);
  const clamped = points <= 0n ? 1n : points > HIGHEST ? HIGHEST : points;
  list.close("clamp", clamped);
  return list.result(clamped);
}

function shareOf(selection: Selection, rss: bigint, swap: bigint, pageTables: bigint, total: bigint): bigint {
  const { traits, word } = selection;
  switch (traits.permilleArithmetic) {
    case "int32": {
      // The kernel assigns after each step, and divides an int by an unsigned long: sign-extended first.
      const scaled = toInt32(toInt32(toInt32(rss + pageTables) + swap) * 1000n);
      return toInt32(toUlong(scaled, word) / total);
    }
    case "unsigned-long":
      return toInt32(toUlong((rss + swap) * 1000n, word) / total);
    default:
      return toLong(toUlong((rss + pageTables + swap) * 1000n, word) / total, word);
  }
}
