import type { MachineFacts } from "../facts.js";
import { type Quantity, sum } from "../quantity.js";
import { thresholds } from "../thresholds.js";

/** Memory that killing processes does not give back, the largest first. All in pages. */
export function kernelSide(machine: MachineFacts, pageSizeBytes: number): readonly Quantity[] {
  const { terms, consistent } = machine.sheet;
  // Counters that exceed the machine say nothing of who holds it.
  if (!consistent) return [];
  const added = (name: string, ...ids: readonly string[]): Quantity[] => {
    const [first, ...rest] = ids.flatMap((id) => terms.get(id) ?? []);
    return first === undefined ? [] : [sum(name, first, ...rest)];
  };
  const { unmappedShmem } = machine;
  const sides = [
    ...added("slab", "slabReclaimable", "slabUnreclaimable", "slab"),
    ...added("page tables", "pageTables", "secondaryPageTables"),
    ...added("kernel stacks", "kernelStacks"),
    ...added("huge pages", "hugePages"),
    ...added("unevictable", "unevictable"),
    ...(unmappedShmem === null ? [] : [unmappedShmem]),
    ...(isResidueLarge(machine, pageSizeBytes) ? [machine.sheet.residue] : []),
  ];
  return sides.sort((a, b) => b.value - a.value);
}

/** Whether more is unaccounted for than boot, percpu data and modules explain. */
export function isResidueLarge({ sheet, share }: MachineFacts, pageSizeBytes: number): boolean {
  const bounds = thresholds.residue;
  if (!sheet.complete || !sheet.totalKnown || !sheet.consistent) return false;
  const mebibytes = (sheet.residue.value * pageSizeBytes) / 1024 / 1024;
  return share(sheet.residue).value > bounds.share.value && mebibytes > bounds.size.value;
}
