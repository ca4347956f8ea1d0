import type { BuddyEntry } from "../../model/report.js";
import { parseInt64 } from "../../model/units.js";
import { isCounterLine, readCounters } from "../counters.js";
import type { ZoneDraft } from "../draft.js";
import type { Rule } from "../rule.js";

// A blank before it is what is left of a paste.
const zoneName = /^ ?(?:Node (\d{1,5}),? )?([A-Z]\w{1,11})(?=:? )/;
// A log whose line breaks were lost has it on the zone's own line.
const lowmemReserve = /(?:lowmem_reserve|protections)\[\]:(?: -?\d{1,20})+ *$/;
const buddyEntry = /(\d{1,20})\*(\d{1,9})kB(?: \(([A-Z]{1,9})\))?/g;

/** The lines of nodes and zones. */
/** `free` is the first counter; a later kernel may put others before it. */
const zoneCounters = /^(?: [a-z_]{1,30}:\d{1,20}kB){0,4} free:/;

export const zoneRules: readonly Rule[] = [
  {
    // Since v4.8: `Node 0 active_anon:1kB inactive_anon:2kB … all_unreclaimable? no`.
    name: "node",
    starts: ["Node "],
    opens: "fragment",
    mark: /^Node \d+ active_anon:/,
    read(text, line, draft) {
      const head = /^Node (\d{1,5}) (?=[a-z_]+:)/.exec(text);
      if (!head || !draft.isBefore("choice")) return "other";
      if (text.endsWith(":")) return "incomplete";
      const read = readCounters(text.slice(head[0].length), line.line, "count");
      if (!isCounterLine(read, 2)) return "other";
      const node = Number(head[1]);
      if (draft.nodes.at(-1)?.node === node) return "next-report";
      draft.touchMemInfo(line.line);
      draft.nodes.push({
        node,
        counters: read.counters,
        allUnreclaimable: read.allUnreclaimable,
        line: line.line,
      });
      return "read";
    },
  },
  {
    // `[Node 0 ]DMA32 free:1kB [boost:0kB ]min:2kB low:3kB high:4kB …`.
    name: "zone",
    opens: "fragment",
    mark: / free:\d+kB /,
    read(text, line, draft) {
      const head = zoneName.exec(text);
      if (head?.[2] === undefined || !zoneCounters.test(text.slice(head[0].length)) || !draft.isBefore("choice"))
        return "other";
      if (text.endsWith(":")) return "incomplete";
      const reserve = lowmemReserve.exec(text);
      const read = readCounters(text.slice(head[0].length, reserve?.index), line.line, "count");
      if (!isCounterLine(read, 2)) return "other";
      const zone = draft.zone(head[1] === undefined ? null : Number(head[1]), head[2], line.line);
      if (zone.counters.length > 0) return "next-report";
      draft.touchMemInfo(line.line);
      zone.counters.push(...read.counters);
      zone.allUnreclaimable = read.allUnreclaimable;
      if (reserve !== null) takeReserve(zone, reserve[0], line.line);
      draft.lastZone = zone;
      return "read";
    },
  },
  {
    // The rest of a zone's line that a wrap broke off.
    name: "zone-rest",
    read(text, line, draft) {
      const zone = draft.lastZone;
      if (zone === null || zone.lowmemReserveLine !== null || draft.phase !== "memory") return "other";
      const reserve = lowmemReserve.exec(text);
      const read = readCounters(text.slice(0, reserve?.index), line.line, "count");
      const fits = read.leftovers.length === 0 && read.counters.every(({ unit }) => unit === "kB" || unit === "count");
      if (!fits || (read.counters.length < 2 && read.allUnreclaimable === null)) return "other";
      draft.touchMemInfo(line.line);
      zone.counters.push(...read.counters);
      zone.allUnreclaimable ??= read.allUnreclaimable;
      if (reserve !== null) takeReserve(zone, reserve[0], line.line);
      return "read";
    },
  },
  {
    name: "lowmem-reserve",
    starts: ["lowmem_reserve[]:", "protections[]:"],
    read(text, line, draft) {
      if (draft.memInfo === null) return "other";
      draft.touchMemInfo(line.line);
      const zone = draft.lastZone;
      if (zone !== null && zone.lowmemReservePages === null) takeReserve(zone, text, line.line);
      return "read";
    },
  },
  {
    // `[Node 0 ]DMA: 1*4kB (U) 0*8kB … = 15908kB`; v2.6.18 says ` empty` for a zone without pages.
    name: "buddy",
    opens: "fragment",
    mark: / \d+\*\d+kB /,
    read(text, line, draft) {
      const head = zoneName.exec(text);
      if (head?.[2] === undefined || text[head[0].length] !== ":" || !draft.isBefore("choice")) return "other";
      const rest = text.slice(head[0].length + 1);
      const entries: BuddyEntry[] = [];
      for (const [, blocks = "", size, types] of rest.matchAll(buddyEntry)) {
        entries.push({ blocks: parseInt64(blocks), blockKb: Number(size), types: types ?? "" });
      }
      if (entries.length === 0 && !/^ *empty *$/.test(rest)) return "other";
      const zone = draft.zone(head[1] === undefined ? null : Number(head[1]), head[2], line.line);
      if (zone.buddy !== null) return "next-report";
      draft.touchMemInfo(line.line);
      zone.buddy = entries;
      zone.buddyLine = line.line;
      return "read";
    },
  },
  {
    // Since v3.10: `Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB`.
    name: "hugepages",
    starts: ["Node ", "hugepages_total="],
    read(text, line, draft) {
      const match =
        /^(?:Node (\d{1,5}) )?hugepages_total=(\d{1,20}) hugepages_free=(\d{1,20}) hugepages_surp=(\d{1,20}) hugepages_size=(\d{1,20})kB/.exec(
          text,
        );
      if (!match || !draft.isBefore("choice")) return "other";
      const [, node, total = "", free = "", surplus = "", size = ""] = match;
      draft.touchMemInfo(line.line);
      draft.hugepages.push({
        node: node === undefined ? null : Number(node),
        total: parseInt64(total),
        free: parseInt64(free),
        surplus: parseInt64(surplus),
        sizeKb: parseInt64(size),
        line: line.line,
      });
      return "read";
    },
  },
];

function takeReserve(zone: ZoneDraft, text: string, line: number): void {
  zone.lowmemReservePages = (text.slice(text.indexOf(":")).match(/-?\d{1,20}/g) ?? []).map(parseInt64);
  zone.lowmemReserveLine = line;
}
