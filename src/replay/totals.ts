import type { Machine } from "../model/machine.js";
import type { Constraint } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import type { Int64 } from "../model/units.js";

/**
 * The constraint of a full machine's allocation and the `totalpages` that follow; null for the eras up to v2.6.35, which
 * use none.
 */
export function deriveTotals(
  _machine: Machine,
  _traits: KernelTraits,
): { readonly constraint: Constraint | null; readonly totalPages: Int64 | null } {
  throw new Error("not written yet");
}
