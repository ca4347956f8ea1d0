import type { MemInfo } from "../../model/report.js";
import { eligibleScope, machineScope, type Scope } from "../accounting/scope.js";
import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { percent, type Quantity, sum } from "../quantity.js";
import { thresholds } from "../thresholds.js";

/** What holds the zones that a request may use, by their own lines. In pages. */
export interface EligibleMemory {
  /** What the kernel manages of them; before v3.8, which does not print it, all that they span. */
  readonly managed: Quantity;
  /** Part of what the zones span that the kernel manages, in percent: the rest was reserved at boot. */
  readonly managedShare: Quantity | null;
  /** What the zones span. */
  readonly present: Quantity | null;
  readonly file: Quantity;
  /** File cache in percent of {@link managed}. */
  readonly fileShare: Quantity;
  readonly dirty: Quantity | null;
}

/** Whether the most part of the zones was taken at boot, so that they are small whatever the machine has. */
export function isMostlyReserved({ managedShare }: EligibleMemory): boolean {
  return managedShare !== null && managedShare.value < thresholds["lowmem-exhausted"].managed.value;
}

/** Null where the report has no zone lines, none that the request may use, or no counters on them. */
export function eligibleMemory(context: Context): EligibleMemory | null {
  const zones = context.fact("zones");
  const { memInfo } = context.report;
  if (zones instanceof Lacking || memInfo === null) return null;
  const lines = memInfo.zones.filter((one) =>
    zones.eligible.some(({ node, zone }) => node === one.node && zone === one.zone),
  );
  const scope = eligibleScope(lines, context.pageSizeBytes);
  const managed = scope.pages("managed", "present");
  const present = scope.pages("present");
  const active = scope.pages("active_file");
  const inactive = scope.pages("inactive_file");
  if (managed === null || active === null || inactive === null) return null;
  const file = sum("file cache of the eligible zones", active, inactive);
  return {
    managed,
    present,
    managedShare: present === null ? null : percent("managed part of the eligible zones", managed, present),
    file,
    fileShare: percent("file part of the eligible zones", file, managed),
    dirty: unwritten(scope) ?? unwritten(machineScope(memInfo, context.pageSizeBytes)),
  };
}

/** What is dirty or under writeback: one number on zones since v4.8, two before, none before v2.6.32. */
function unwritten(scope: Scope): Quantity | null {
  const [first, ...rest] = ["dirty", "writeback"].flatMap((name) => scope.pages(name) ?? []);
  return scope.pages("writepending") ?? (first === undefined ? null : sum("dirty and under writeback", first, ...rest));
}

/** Zones above the request's are not printed since v6.1: the total of high memory tells that there are some. */
export function hasHighMemory(memInfo: MemInfo | null): boolean {
  const zones = memInfo?.zones ?? [];
  if (zones.some(({ zone }) => zone === "HighMem")) return true;
  const is64Bit = zones.some(({ zone }) => zone === "DMA32");
  const total = memInfo?.totals.find(({ name }) => name === "pages HighMem/MovableOnly" || name === "pages HighMem");
  return !is64Bit && total !== undefined && Number(total.value) > 0;
}
