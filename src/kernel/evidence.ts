import type { OomReport } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import { flagsOfMask, flagsOfNames } from "./gfp/gfp.js";

/** What a report shows of its kernel. */
export interface Sighting {
  readonly value: string;
  readonly lines: readonly number[];
  /** A cut or filtered log may look like that too: it orders the eras that remain, and rules none out. */
  readonly weak?: true;
  /** Whether a kernel with these traits prints that. */
  admits(traits: KernelTraits): boolean;
}

/** A place in a report that tells kernels apart. */
interface Witness {
  /** What is looked at, for the list of evidence. */
  readonly fact: string;
  /** Null when the report does not show it whole. */
  look(report: OomReport): Sighting | null;
}

/** The text of a line of the report. */
function textOf(report: OomReport, line: number): string {
  return report.lines.find((one) => one.line === line)?.text ?? "";
}

/** A sighting that admits the kernels of which a trait has one of some values. */
function sighting<Name extends keyof KernelTraits>(
  name: Name,
  values: readonly KernelTraits[Name][],
  lines: readonly number[],
): Sighting {
  return { value: values.join(" or "), lines, admits: (traits) => values.includes(traits[name]) };
}

/** Every place that is looked at, in the order of a report. */
export const witnesses: readonly Witness[] = [
  {
    fact: "trigger line",
    look({ trigger, ...report }) {
      if (trigger === null) return null;
      const lines = [trigger.line];
      const text = textOf({ trigger, ...report }, trigger.line);
      if (trigger.name === null) {
        return /gfp_mask=0x[0-9a-f]+, order=-?\d+$/.test(text) ? sighting("triggerLine", ["no-name"], lines) : null;
      }
      if (trigger.nodemask !== null) return sighting("triggerLine", ["flags+nodemask"], lines);
      if (trigger.oomAdj !== null) {
        if (trigger.oomScoreAdj !== null) return sighting("triggerLine", ["oom_adj+oom_score_adj"], lines);
        return sighting("triggerLine", [text.includes("oomkilladj=") ? "oomkilladj" : "oom_adj"], lines);
      }
      if (trigger.oomScoreAdj === null) return null;
      const spellsFlags = /gfp_mask=0x[0-9a-f]+\(/.test(text);
      return sighting("triggerLine", [spellsFlags ? "flags" : "oom_score_adj"], lines);
    },
  },
  {
    fact: "gfp_mask and its names",
    look(report) {
      const { trigger } = report;
      if (trigger?.gfpMask == null || trigger.gfpFlags === null || trigger.gfpFlags.length === 0) return null;
      const text = textOf(report, trigger.line);
      if (!/gfp_mask=0x[0-9a-f]+\([^)]*\)/.test(text)) return null;
      const mask = BigInt(trigger.gfpMask);
      const names = trigger.gfpFlags;
      return {
        value: `${trigger.gfpMask} is ${names.join("|")}`,
        lines: [trigger.line],
        admits: ({ gfpFlags }) => sameFlags(flagsOfMask(mask, gfpFlags), flagsOfNames(names, gfpFlags)),
      };
    },
  },
  {
    fact: "CPU line",
    look(report) {
      const { cpu } = report;
      if (cpu === null) return null;
      if (cpu.uid !== null) return sighting("cpuLine", ["uid"], [cpu.line]);
      const text = textOf(report, cpu.line);
      if (/^\s*Pid: /.test(text)) return sighting("cpuLine", ["pid"], [cpu.line]);
      return /\bPID: /.test(text) ? sighting("cpuLine", ["cpu"], [cpu.line]) : null;
    },
  },
  {
    fact: "node lines",
    look({ memInfo }) {
      const node = memInfo?.nodes[0];
      if (node === undefined) return null;
      const names = new Set(node.counters.map((counter) => counter.name));
      if (names.has("unstable")) return sighting("nodeLine", ["unstable"], [node.line]);
      return names.has("kernel_stack") ? sighting("nodeLine", ["kernel_stack"], [node.line]) : null;
    },
  },
  {
    fact: "memcg report",
    look({ memcg, memInfo }) {
      if (memcg === null || memInfo === null || memInfo.zones.length === 0) return null;
      return sighting("memcgReport", ["with-mem-info"], [memcg.line, memInfo.line]);
    },
  },
  {
    fact: "task table",
    look({ taskTable }) {
      if (taskTable === null) return null;
      const has = (name: string) => taskTable.columns.includes(name);
      const lines = [taskTable.line];
      if (has("rss_anon")) return sighting("taskTable", ["rss_anon"], lines);
      if (has("pgtables_bytes")) return sighting("taskTable", ["pgtables_bytes"], lines);
      if (has("nr_pmds")) return sighting("taskTable", ["nr_ptes+nr_pmds"], lines);
      if (has("nr_ptes")) return sighting("taskTable", ["nr_ptes"], lines);
      if (!has("oom_adj")) return null;
      return sighting("taskTable", [has("oom_score_adj") ? "oom_adj+oom_score_adj" : "oom_adj"], lines);
    },
  },
  {
    fact: "heading of the table",
    look(report) {
      const heading = report.lines.find(({ text }) => /^\s*\[ {1,2}pid {1,2}\]/.test(text));
      if (heading === undefined) return null;
      return sighting("tableHeading", [heading.text.includes("[  pid  ]") ? "wide" : "narrow"], [heading.line]);
    },
  },
  {
    fact: "oom-kill: line",
    look(report) {
      if (report.summary !== null) {
        return sighting("constraintPrinted", ["always-none", "right"], [report.summary.line]);
      }
      const kill = report.kills[0];
      // Kernels that print the line print it whenever they print a table and then kill.
      if (kill === undefined || !report.complete || report.taskTable === null) return null;
      return { ...sighting("constraintPrinted", ["not-printed"], [kill.line]), weak: true };
    },
  },
  {
    fact: "line of the chosen task",
    look(report) {
      const { chosen } = report;
      if (chosen?.score === undefined) return null;
      const text = textOf(report, chosen.line);
      const value = text.includes(" or a child")
        ? "or-a-child"
        : text.includes(" and children")
          ? "and-children"
          : "or-sacrifice-child";
      return sighting("killLine", [value], [chosen.line]);
    },
  },
  {
    fact: "kill line",
    look(report) {
      const kill = report.kills[0];
      if (kill === undefined) return null;
      const text = textOf(report, kill.line);
      const value = formOfKilledLine(text);
      if (value === null) return null;
      const found = sighting("killedLine", [value], [kill.line]);
      return value === "uid" || (value === "name" && !text.endsWith(".")) ? { ...found, weak: true } : found;
    },
  },
  {
    fact: "message of the kill line",
    look({ kills }) {
      const [kill] = kills;
      return kill === undefined
        ? null
        : sighting("killedLineMessage", [kill.message === null ? "no" : "yes"], [kill.line]);
    },
  },
  {
    fact: "line of a process that shares memory",
    look({ sharers }) {
      const [sharer] = sharers;
      return sharer === undefined ? null : sighting("mmSharers", ["before-victim"], [sharer.line]);
    },
  },
  {
    fact: "group kill",
    look({ groupKill }) {
      return groupKill === null ? null : sighting("oomGroup", ["memory.oom.group"], [groupKill.line]);
    },
  },
  {
    fact: "reaper",
    look({ reaper }) {
      const [line] = reaper;
      return line === undefined ? null : sighting("oomReaper", ["at-once", "delayed"], [line.line]);
    },
  },
  {
    fact: "warning without an eligible task",
    look({ noKillable }) {
      return noKillable === null ? null : sighting("nothingEligible", ["warning-then-panic"], [noKillable.line]);
    },
  },
];

/** Bits that are 0 without KASAN_HW_TAGS, so that a mask may have them and its composite not, or the reverse. */
const oftenZero: ReadonlySet<string> = new Set(["SKIP_KASAN", "SKIP_KASAN_POISON", "SKIP_KASAN_UNPOISON"]);

function sameFlags(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const counts = (flag: string) => !oftenZero.has(flag);
  return [...a].filter(counts).every((flag) => b.has(flag)) && [...b].filter(counts).every((flag) => a.has(flag));
}

/** The form of a `Killed process` line; null when it seems cut. */
function formOfKilledLine(text: string): KernelTraits["killedLine"] | null {
  if (/ oom_score_adj:-?\d+$/.test(text)) return "oom_score_adj";
  if (/, UID:\d+$/.test(text)) return "uid";
  const uidBefore = /Killed process \d+, UID \d+, \(/.test(text);
  if (/\), UID \d+, total-vm:.*, shmem-rss:\d+kB$/.test(text)) return "uid-after-name";
  if (/, shmem-rss:\d+kB$/.test(text)) return "shmem-rss";
  if (/ total-vm:\d+kB, anon-rss:\d+kB, file-rss:\d+kB$/.test(text)) {
    return uidBefore ? "uid-before-total-vm" : "total-vm";
  }
  if (/ vsz:\d+kB, anon-rss:\d+kB, file-rss:\d+kB$/.test(text)) return "vsz";
  if (/\)\.?$/.test(text)) return uidBefore ? "uid-before-name" : "name";
  return null;
}
