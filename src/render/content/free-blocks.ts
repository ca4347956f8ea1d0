import type { FreeBlockSize, ZoneFreeBlocks } from "../../model/accounting.js";
import { paragraph, type Row, type Section } from "../document.js";
import { formatKb, formatPages, GLUE, grouped } from "../quantity.js";
import { refs } from "../words.js";
import type { View } from "./view.js";

/** Rows that are shown unless all are wanted. */
const SHOWN = 12;

/** Migrate types by their letters. */
const listNames: Readonly<Record<string, string>> = {
  U: "unmovable",
  M: "movable",
  E: "reclaimable",
  R: "reserve",
  H: "kept for atomic requests",
  C: "CMA",
  I: "isolated",
};

const answers: Readonly<Record<NonNullable<FreeBlockSize["usable"]>, string>> = {
  all: "yes",
  some: "some of them",
  none: "no",
};

/** Free blocks as large as the request wanted, by the lists that they are on. */
export function freeBlocksSection(view: View, { verbose }: { readonly verbose: boolean }): Section | null {
  const { accounting, report, pageSizeBytes } = view;
  const eligible = (accounting?.freeBlocks ?? []).filter((zone) => verbose || zone.eligible);
  const order = report.trigger?.order ?? 0;
  if (eligible.length === 0 || pageSizeBytes === null) return null;
  const rows = eligible.flatMap(rowsOf);
  const shown = verbose ? rows : rows.slice(0, SHOWN);
  const hidden = rows.length - shown.length;
  const mixed = eligible.some(({ sizes }) => sizes.some(({ usable }) => usable === "some"));
  return {
    title: "Free blocks",
    aside: [
      `of order ${order} (${formatPages(2 ** order, pageSizeBytes)}) or larger${hidden > 0 ? `; ${shown.length} of ${rows.length} rows, --verbose shows all` : ""}`,
    ],
    blocks: [
      {
        kind: "table",
        columns: [
          { title: "zone", align: "left" },
          { title: "for this request", align: "left" },
          { title: "blocks", align: "left" },
        ],
        rows: shown,
      },
      ...(mixed ? [paragraph("How many blocks are on which of several lists is not printed.")] : []),
    ],
  };
}

/** A row for each set of lists: sizes that are on the same lists stand together. */
function rowsOf(zone: ZoneFreeBlocks): Row[] {
  const name = zone.node === null ? zone.zone : `Node ${zone.node} ${zone.zone}`;
  const answer = (usable: FreeBlockSize["usable"]): string => {
    if (!zone.eligible) return "not its zone";
    return usable === null ? "not told" : answers[usable];
  };
  if (zone.sizes.length === 0) return [{ cells: [[name], [answer("none")], ["none", ...refs(zone.lines)]] }];
  const sets = new Map<string, FreeBlockSize[]>();
  for (const size of zone.sizes) sets.set(size.types, [...(sets.get(size.types) ?? []), size]);
  return [...sets].map(([types, sizes]) => {
    const blocks = sizes.map(({ blocks: free, blockKb }) => `${grouped(free)}${GLUE}of${GLUE}${formatKb(blockKb)}`);
    const lists = [...types].map((letter) => listNames[letter] ?? letter).join(", ");
    const on = types === "" ? "" : `: ${lists} (${types})`;
    return { cells: [[name], [answer(sizes[0]?.usable ?? null)], [`${blocks.join(", ")}${on}`, ...refs(zone.lines)]] };
  });
}
