import type { ZoneWatermarks } from "../../model/accounting.js";
import type { Counter, ZoneInfo } from "../../model/report.js";
import { toBigInt } from "../../model/units.js";
import { boolean, type Column, integer, type Table, text } from "./column.js";
import { ofReport, type ReportRow } from "./reports.js";
import { pairs } from "./tasks.js";

interface ZoneRow extends ReportRow {
  readonly zone: ZoneInfo;
  readonly watermarks: ZoneWatermarks | undefined;
}

/** Counters of zone lines, of every kernel; `oomlog explain --glossary NAME` says what each is. */
const counterNames = [
  "free",
  "boost",
  "min",
  "low",
  "high",
  "reserved_highatomic",
  "free_highatomic",
  "active",
  "inactive",
  "active_anon",
  "inactive_anon",
  "active_file",
  "inactive_file",
  "unevictable",
  "isolated(anon)",
  "isolated(file)",
  "writepending",
  "zspages",
  "present",
  "managed",
  "mlocked",
  "dirty",
  "writeback",
  "mapped",
  "shmem",
  "slab_reclaimable",
  "slab_unreclaimable",
  "kernel_stack",
  "pagetables",
  "unstable",
  "bounce",
  "writeback_tmp",
  "free_pcp",
  "local_pcp",
  "free_cma",
] as const;

const known: ReadonlySet<string> = new Set([...counterNames, "pages_scanned"]);

export const zones: Table<ZoneRow> = {
  name: "zones",
  meaning: "One row for each zone of a memory block.",
  columns: [
    ...ofReport<ZoneRow>((row) => row),
    integer("line", "The zone's line in the source.", ({ zone }) => zone.line),
    integer("node", "NUMA node; null on kernels without NUMA.", ({ zone }) => zone.node),
    text("zone", "DMA, DMA32, Normal, HighMem, Movable, ….", ({ zone }) => zone.zone),
    ...counterNames.map(
      (name): Column<ZoneRow> =>
        integer(
          `${name.replace(/[()]/g, (bracket) => (bracket === "(" ? "_" : ""))}_kb`,
          `Counter \`${name}\`.`,
          ({ zone }) => kilobytes(zone.counters.find((counter) => counter.name === name)),
        ),
    ),
    integer(
      "pages_scanned",
      "Pages looked at since one was last freed (up to v4.7).",
      ({ zone }) => zone.counters.find(({ name }) => name === "pages_scanned")?.value,
    ),
    boolean(
      "all_unreclaimable",
      "The kernel had given up on the zone (up to v4.7).",
      ({ zone }) => zone.allUnreclaimable,
    ),
    text(
      "lowmem_reserve_pages",
      "Reserve against requests of each zone, lowest first, joined by a blank.",
      ({ zone }) => zone.lowmemReservePages?.join(" "),
    ),
    text("buddy", "Free blocks as `number*sizekB(types)`, joined by a blank.", ({ zone }) =>
      zone.buddy
        ?.map(({ blocks, blockKb, types }) => `${blocks}*${blockKb}kB${types === "" ? "" : `(${types})`}`)
        .join(" "),
    ),
    boolean("eligible", "The request could use the zone.", ({ watermarks }) => watermarks?.eligible),
    integer("usable_kb", "What of the free memory it could use.", ({ watermarks }) => rounded(watermarks?.usableKb)),
    text(
      "passes",
      "The highest mark that a request for one page passes: none, min, low, high.",
      ({ watermarks }) => watermarks?.passes,
    ),
    text("other", "Counters that no kernel known here prints, as `name=value`, joined by a blank.", ({ zone }) =>
      pairs(
        Object.fromEntries(
          zone.counters.filter(({ name }) => !known.has(name)).map(({ name, value }) => [name, value]),
        ),
      ),
    ),
  ],
};

function kilobytes(counter: Counter | undefined): Counter["value"] | undefined {
  return counter?.unit === "bytes" ? toBigInt(counter.value) / 1024n : counter?.value;
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

export function zoneRows(report: ReportRow): ZoneRow[] {
  const { accounting, report: printed } = report.analysis;
  return (printed.memInfo?.zones ?? []).map((zone) => ({
    ...report,
    zone,
    watermarks: accounting?.watermarks.find((one) => one.node === zone.node && one.zone === zone.zone),
  }));
}
