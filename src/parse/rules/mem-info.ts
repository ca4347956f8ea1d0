import { isCounterLine, readCounters } from "../counters.js";
import type { Rule } from "../rule.js";

/** The head of the memory block: its title, the per-CPU lists, the global counters. */
export const memInfoRules: readonly Rule[] = [
  {
    // `Mem-info:` up to v2.6.27.
    name: "mem-info",
    starts: ["Mem-Info:", "Mem-info:"],
    opens: "fragment",
    mark: /^Mem-[Ii]nfo:/,
    read(text, line, draft) {
      if (!/^Mem-[Ii]nfo: *$/.test(text)) return "other";
      if (draft.memInfo !== null || !draft.isBefore("table")) return "next-report";
      draft.touchMemInfo(line.line);
      return "read";
    },
  },
  {
    // Up to v4.0: `[Node 0 ]DMA per-cpu:[ empty]`.
    name: "per-cpu-zone",
    read(text, line, draft) {
      const match = /^(?:Node (\d{1,5}) )?([A-Z]\w{1,11}) per-cpu:/.exec(text);
      if (match?.[2] === undefined || !draft.isBefore("choice")) return "other";
      draft.perCpuZone = {
        node: match[1] === undefined ? null : Number(match[1]),
        zone: match[2],
        zoneLine: line.line,
      };
      draft.touchMemInfo(line.line);
      return "read";
    },
  },
  {
    // v2.6.28 to v4.0: `CPU    0: hi:  186, btch:  31 usd:  30`; from v2.6.20 to v2.6.24 hot and cold on one line.
    name: "per-cpu-list",
    starts: ["CPU "],
    read(text, line, draft) {
      const cpu = /^CPU +(\d{1,6}):/.exec(text);
      if (!cpu || draft.perCpuZone === null) return "other";
      const lists = text.matchAll(
        /(?:(Hot|Cold): )?hi: {0,9}(\d{1,9}), {0,9}btch: {0,9}(\d{1,9}) {1,9}usd: {0,9}(\d{1,9})/g,
      );
      let any = false;
      for (const [, kind, high, batch, used] of lists) {
        any = true;
        draft.perCpuLists.push({
          ...draft.perCpuZone,
          cpu: Number(cpu[1]),
          temperature: kind === "Hot" ? "hot" : kind === "Cold" ? "cold" : null,
          high: Number(high),
          batch: Number(batch),
          usedPages: Number(used),
          line: line.line,
        });
      }
      if (!any) return "other";
      draft.touchMemInfo(line.line);
      return "read";
    },
  },
  {
    // v2.6.18: `cpu 0 hot: high 186, batch 31 used:5`.
    name: "per-cpu-list-2.6.18",
    starts: ["cpu "],
    read(text, line, draft) {
      const match = /^cpu (\d{1,6}) (hot|cold): (?:high|low) (\d{1,9}), batch (\d{1,9}) used:(\d{1,9})/.exec(text);
      if (!match || draft.perCpuZone === null) return "other";
      draft.perCpuLists.push({
        ...draft.perCpuZone,
        cpu: Number(match[1]),
        temperature: match[2] === "hot" ? "hot" : "cold",
        high: Number(match[3]),
        batch: Number(match[4]),
        usedPages: Number(match[5]),
        line: line.line,
      });
      draft.touchMemInfo(line.line);
      return "read";
    },
  },
  {
    // v2.6.18: `Free pages:      1234kB (0kB HighMem)`.
    name: "free-pages",
    starts: ["Free pages:"],
    read(text, line, draft) {
      const match = /^Free pages: *(\d{1,20})kB(?: \((\d{1,20})kB HighMem\))?/.exec(text);
      if (match?.[1] === undefined || !draft.isBefore("choice")) return "other";
      draft.touchMemInfo(line.line);
      draft.totals.push({ name: "Free pages", value: Number(match[1]), unit: "kB", line: line.line });
      if (match[2] !== undefined) {
        draft.totals.push({ name: "HighMem", value: Number(match[2]), unit: "kB", line: line.line });
      }
      return "read";
    },
  },
  {
    // `active_anon:1 inactive_anon:2 isolated_anon:0`, four to nine lines of one record; v2.6.18: `Active:1 inactive:2`.
    name: "global-counters",
    read(text, line, draft) {
      if (!/^ *[A-Za-z_]+:-?\d/.test(text) || !draft.isBefore("choice")) return "other";
      if (draft.memInfo === null && !/^(?:active_anon|Active(?:_anon)?):\d/.test(text)) return "other";
      const read = readCounters(text, line.line, "pages");
      if (!isCounterLine(read, 1) || read.counters.some((counter) => counter.unit !== "pages")) return "other";
      const again = read.counters.some(({ name }) => draft.counters.some((counter) => counter.name === name));
      if (again) return "next-report";
      draft.touchMemInfo(line.line);
      draft.counters.push(...read.counters);
      return "read";
    },
  },
];
