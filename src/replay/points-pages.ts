import type { MachineTask } from "../model/machine.js";
import type { PointsPart, UnknownInput } from "../model/replay.js";
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
  const unknown: UnknownInput[] = [];
  const list = { unknown };
  const swap = swapOf(user, list);
  const pageTables = pageTablesOf(selection, user, list);
  const perMille = divide(totalPages, 1000);
  const memory = toLong(add(add(user.rssPages, swap), pageTables), word);
  let rootBonus: Int64 = 0;
  if (traits.rootBonus !== "none" && hasCapability(user, "SYS_ADMIN", list)) {
    rootBonus =
      traits.rootBonus === "minus-30"
        ? multiply(-ROOT_BONUS_PERMILLE, perMille)
        : multiply(-1, divide(multiply(memory, ROOT_BONUS_PERCENT), 100));
  }
  const oomScoreAdj = multiply(knownAdj(process, user, list), perMille);
  const points = toLong(add(add(memory, rootBonus), oomScoreAdj), word);
  const value = traits.pointsClamp === "signed" || points > 0 ? points : 1;
  return new PagePoints(value, unknown, { rss: user.rssPages, swap, pageTables, rootBonus, oomScoreAdj, points });
}

/** What points in pages are made of, before the clamp. */
interface Terms {
  readonly rss: Int64;
  readonly swap: Int64;
  readonly pageTables: Int64;
  readonly rootBonus: Int64;
  readonly oomScoreAdj: Int64;
  readonly points: Int64;
}

/** Most runs compare values only: the parts are made when they are asked for. */
class PagePoints implements Points {
  readonly value: Int64;
  readonly unknown: readonly UnknownInput[];
  readonly #terms: Terms;

  constructor(value: Int64, unknown: readonly UnknownInput[], terms: Terms) {
    this.value = value;
    this.unknown = unknown;
    this.#terms = terms;
  }

  get parts(): readonly PointsPart[] {
    const { rss, swap, pageTables, rootBonus, oomScoreAdj, points } = this.#terms;
    const list = new PartList();
    list.add("rss", rss);
    list.add("swap", swap);
    list.add("pageTables", pageTables);
    list.add("rootBonus", rootBonus);
    list.add("oomScoreAdj", oomScoreAdj);
    list.close("rounding", points);
    list.close("clamp", this.value);
    return list.parts;
  }
}
