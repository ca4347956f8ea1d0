import type { ZoneWatermarks } from "../../model/accounting.js";
import { type Column, paragraph, type Row, type Section } from "../document.js";
import { formatKb, grouped } from "../quantity.js";
import { refs, type Words } from "../words.js";
import type { View } from "./view.js";

/** Zones that are shown unless all are wanted; machines with many nodes have dozens. */
const SHOWN = 12;

const passWords: Readonly<Record<NonNullable<ZoneWatermarks["passes"]>, string>> = {
  none: "below min",
  min: "above min",
  low: "above low",
  high: "above high",
};

/** The zones that the request could use, against the marks that it had to leave free. */
export function zonesSection(view: View, { verbose }: { readonly verbose: boolean }): Section | null {
  const { accounting, report } = view;
  const all = accounting?.watermarks ?? [];
  if (all.length === 0) return null;
  // Zones that the request may use first: they decide.
  const sorted = [...all.filter(({ eligible }) => eligible), ...all.filter(({ eligible }) => !eligible)];
  const shown = verbose ? sorted : sorted.slice(0, SHOWN);
  const order = report.trigger?.order ?? 0;
  const columns = columnsFor(shown, order).filter(({ used }) => used);
  const hidden = sorted.length - shown.length;
  return {
    title: "Zones",
    aside: [hidden > 0 ? `${shown.length} of ${sorted.length}, --verbose shows all` : "what the request could use"],
    blocks: [
      {
        kind: "table",
        columns: columns.map(({ column }) => column),
        rows: shown.map((zone): Row => ({ cells: columns.map(({ cell }) => cell(zone)) })),
      },
      paragraph(outcomeWords(all, order), " ", markWords(order)),
    ],
  };
}

/** Why the request failed, as far as the zones tell. */
function outcomeWords(zones: readonly ZoneWatermarks[], order: number): string {
  const eligible = zones.filter((zone) => zone.eligible);
  if (eligible.length === 0) return "None of these zones may be used.";
  if (eligible.some(({ passes }) => passes === null))
    return "Whether a zone had room depends on reserves that the log lacks.";
  const roomy = eligible.filter(({ passes }) => passes === "high");
  if (roomy.length === 0) return "No zone that may be used passes its high mark: memory was short.";
  if (order > 0 && roomy.every(({ usableBlocks }) => usableBlocks === 0)) {
    return `There was room, but no free block of order ${order} that may be used: memory was in pieces.`;
  }
  return "A zone passes its high mark: memory came free before this was printed, or it was no shortage.";
}

function markWords(order: number): string {
  const mark =
    "One page is served where usable exceeds a mark and the reserve together; before it kills, the kernel tries once more at high.";
  return order > 0 ? `${mark} Blocks: free ones of order ${order} or larger that the request may use, at most.` : mark;
}

interface ZoneColumn {
  readonly column: Column;
  readonly cell: (zone: ZoneWatermarks) => Words;
  readonly used: boolean;
}

function columnsFor(zones: readonly ZoneWatermarks[], order: number): ZoneColumn[] {
  const sized = (
    title: string,
    kb: (zone: ZoneWatermarks) => number | null,
    used = true,
    drop?: number,
  ): ZoneColumn => ({
    column: { title, align: "right", ...(drop === undefined ? {} : { drop }) },
    cell: (zone) => {
      const value = kb(zone);
      return [value === null ? "?" : formatKb(Math.round(value))];
    },
    used,
  });
  const some = (kb: (zone: ZoneWatermarks) => number): boolean => zones.some((zone) => kb(zone) > 0);
  const differs = zones.some(({ freeKb, usableKb }) => freeKb !== usableKb);
  return [
    {
      column: { title: "zone", align: "left" },
      cell: ({ node, zone }) => [node === null ? zone : `Node ${node} ${zone}`],
      used: true,
    },
    sized("free", ({ freeKb }) => freeKb),
    sized(
      "CMA",
      ({ freeCmaKb }) => freeCmaKb,
      some(({ freeCmaKb }) => freeCmaKb),
      1,
    ),
    sized(
      "atomic",
      ({ highatomicKb }) => highatomicKb,
      some(({ highatomicKb }) => highatomicKb),
      2,
    ),
    sized("usable", ({ usableKb }) => usableKb, differs),
    sized("min", ({ minKb }) => minKb),
    sized("low", ({ lowKb }) => lowKb, true, 3),
    sized("high", ({ highKb }) => highKb),
    sized(
      "reserve",
      ({ reserveKb }) => reserveKb,
      zones.some(({ reserveKb }) => reserveKb !== 0),
    ),
    {
      column: { title: "blocks", align: "right" },
      cell: ({ usableBlocks }) => [usableBlocks === null ? "?" : grouped(usableBlocks)],
      used: order > 0,
    },
    { column: { title: "", align: "left" }, cell: stateWords, used: true },
    { column: { title: "lines", align: "left", drop: 4 }, cell: ({ lines }) => refs(lines).slice(1), used: true },
  ];
}

function stateWords({ eligible, passes, usableKb, minKb }: ZoneWatermarks): Words {
  if (!eligible) return ["not for this request"];
  if (passes === "none" && usableKb > minKb) return ["reserved"];
  return [passes === null ? "reserve not known" : passWords[passes]];
}
