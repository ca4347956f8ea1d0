import {
  type Diagnosis,
  diagnose,
  History,
  identifyCgroup,
  limitFindings,
  OtherEventCounter,
  victimAdjustment,
} from "./diagnose/index.js";
import { detectKernel } from "./kernel/detect.js";
import { decodeGfp } from "./kernel/gfp/gfp.js";
import type { Analysis } from "./model/analysis.js";
import { countOf } from "./model/count.js";
import type { LogLine } from "./model/log-line.js";
import { makeNote, type Note } from "./model/note.js";
import type { GfpTableId } from "./model/printing-traits.js";
import type { KernelIdentity, OomReport, Trigger } from "./model/report.js";
import type { Era, KernelDetection } from "./model/traits.js";
import type { Int64 } from "./model/units.js";
import { ReportAssembler } from "./parse/assembler.js";
import { attachEvidence } from "./replay/evidence.js";
import { pageSizeOf } from "./replay/page-size.js";
import { judge } from "./replay/verdict.js";

/** What the user says where the log is silent. */
export interface AnalysisOverrides {
  /** A release string (`5.10.0-32-amd64`) or the id of an era (`v5.9`). */
  readonly kernel?: string;
  /** Page size in bytes. */
  readonly pageSizeBytes?: number;
  /** `totalpages`, in pages. */
  readonly totalPages?: Int64;
  /** Architecture by the names of `uname -m`. */
  readonly arch?: string;
}

export interface AnalyserOptions {
  /** Name of the source, for reports and notes. */
  readonly source: string;
  readonly overrides?: AnalysisOverrides;
  /** Gets each analysis as its report closes, in the order in which reports close. */
  readonly onAnalysis: (analysis: Analysis) => void;
  readonly onNote?: (note: Note) => void;
  /**
   * `limit`: only the findings that say which limit was hit, and no accounting: for lists, which show no more. Default:
   * everything.
   */
  readonly findings?: "all" | "limit" | undefined;
}

/** Takes the log lines of one source, of any number of hosts. */
export interface Analyser {
  push(line: LogLine): void;
  /** Closes reports that are over although no further line shows it; see {@link ReportAssembler.settle}. */
  settle(): void;
  /** Whether no report of any host is open: lines that tell of none may be left out here. */
  readonly idle: boolean;
  /** Number of the first line that is still needed, since a report is open; null where none is. */
  readonly since: number | null;
  /** No more lines: closes what is open. */
  end(): void;
}

/** State that is kept for each host of a source. */
interface Host {
  readonly assembler: ReportAssembler;
  /** Pids killed since the last boot, for the hint that a victim may still be in a later table. */
  readonly killed: Set<number>;
  /** What later reports of the same boot need to know of earlier ones; null where nobody asks for findings. */
  history: History | null;
  /** The kernel of the boot, from the last report that named it. */
  kernel: KernelIdentity | null;
  uptimeSeconds: number;
  /** Lines of the source, of all hosts, when its last one came. */
  lastLine: number;
}

/** Lines of other hosts after which a host is given up that has a report open: its log ends here. */
const mostOfOthers = 65_536;

/** Hosts of a generation: names are whatever a log says. */
const mostHosts = 10_000;

/** Turns log lines into analyses. Memory is bounded by the open reports, one or a few a host. */
export function createAnalyser(options: AnalyserOptions): Analyser {
  // Two generations: a host that is not seen for as long as it takes to fill one is closed and forgotten.
  let hosts = new Map<string | null, Host>();
  let older = new Map<string | null, Host>();
  const others = new OtherEventCounter();
  /** Hosts with an open report. */
  const open = new Set<Host>();
  let lines = 0;
  const closeSilent = (): void => {
    if (lines % 1024 !== 0) return;
    for (const host of open) {
      if (lines - host.lastLine <= mostOfOthers) continue;
      host.assembler.end();
      open.delete(host);
    }
  };
  const hostOf = (name: string | null): Host => {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    const before = older.get(name);
    if (hosts.size === mostHosts) {
      older.delete(name);
      for (const host of older.values()) {
        host.assembler.end();
        open.delete(host);
      }
      older = hosts;
      hosts = new Map();
    }
    if (before !== undefined) {
      older.delete(name);
      hosts.set(name, before);
      return before;
    }
    const { source, onNote } = options;
    const host: Host = {
      assembler: new ReportAssembler({
        source,
        onReport: (report) => options.onAnalysis(analyseInTurn(report, host, options.overrides ?? {})),
        // Unknown lines are a note of their report's analysis.
        ...(onNote === undefined ? {} : { onNote: (note) => note.code !== "unknown-line" && onNote(note) }),
      }),
      killed: new Set(),
      history: options.findings === "limit" ? null : new History(),
      kernel: null,
      uptimeSeconds: 0,
      lastLine: 0,
    };
    hosts.set(name, host);
    return host;
  };
  return {
    push(line) {
      others.push(line);
      const host = hostOf(line.host);
      host.assembler.push(line);
      lines++;
      if (host.assembler.idle) open.delete(host);
      else {
        host.lastLine = lines;
        open.add(host);
      }
      if (open.size > 0) closeSilent();
    },
    settle() {
      for (const host of [...older.values(), ...hosts.values()]) {
        host.assembler.settle();
        if (host.assembler.idle) open.delete(host);
        else open.add(host);
      }
    },
    get idle() {
      return open.size === 0;
    },
    get since() {
      const needed = [...hosts.values()].flatMap(({ assembler }) => assembler.since ?? []);
      return needed.length === 0 ? null : Math.min(...needed);
    },
    end() {
      for (const { assembler } of [...older.values(), ...hosts.values()]) assembler.end();
      open.clear();
      for (const note of others.notes(options.source)) options.onNote?.(note);
    },
  };
}

function analyseInTurn(report: OomReport, host: Host, overrides: AnalysisOverrides): Analysis {
  const uptime = report.uptimeSeconds ?? host.uptimeSeconds;
  if (uptime < host.uptimeSeconds) {
    host.killed.clear();
    if (host.history !== null) host.history = new History();
    host.kernel = null;
  }
  host.uptimeSeconds = uptime;
  // A kill whose report was rate-limited names no kernel: it is the one of the reports before it.
  const { kernel } = host;
  const isNamed = report.kernel.release !== null || kernel === null;
  const told: OomReport = isNamed ? report : { ...report, kernel };
  const analysis = analyseReport(told, overrides, host.killed, host.history);
  for (const kill of report.kills) host.killed.add(kill.pid);
  if (report.kernel.release !== null) host.kernel = { ...analysis.report.kernel, era: null };
  if (isNamed) return analysis;
  const borrowed = makeNote("kernel-assumed", "It is the kernel of the reports before, in the same boot.", {
    source: report.source,
    line: report.line,
  });
  return { ...analysis, notes: [...analysis.notes, borrowed] };
}

/**
 * Analyses one report: which kernel's rules made it, what the selection gives on them, and what the log says of it.
 *
 * @param killedBefore Pids that earlier reports of the same boot killed.
 * @param history Those reports; this one is added. Null for the findings of a list: see {@link AnalyserOptions.findings}.
 */
export function analyseReport(
  parsed: OomReport,
  overrides: AnalysisOverrides = {},
  killedBefore: ReadonlySet<number> = new Set(),
  history: History | null = new History(),
): Analysis {
  const arch = overrides.arch ?? parsed.kernel.arch;
  const detection = detectKernel(parsed, overrides.kernel === undefined ? {} : { kernel: overrides.kernel });
  const pageSize = pageSizeOf({
    ...parsed.kernel,
    arch,
    pageSizeBytes: overrides.pageSizeBytes ?? parsed.kernel.pageSizeBytes,
  });
  const judgement = judge(parsed, detection, {
    pageSizeBytes: pageSize.bytes,
    killedBefore,
    ...(overrides.totalPages === undefined ? {} : { totalPages: overrides.totalPages }),
  });
  const report: OomReport = {
    ...parsed,
    kernel: { ...parsed.kernel, arch, pageSizeBytes: pageSize.assumed ? null : pageSize.bytes, era: judgement.era.id },
    constraint: judgement.constraint ?? parsed.constraint,
    trigger: withFlags(parsed.trigger, detection.traits.gfpFlags),
  };
  const { scenario } = judgement;
  const replay =
    judgement.replay === null || scenario === null ? null : attachEvidence(judgement.replay, report, scenario);
  const { verdict } = judgement;
  const { traits } = judgement.era;
  const kernel = detection.versions;
  const input = { report, pageSizeBytes: pageSize.bytes, traits, kernel, scenario, replay, verdict };
  const notes = reportNotes(report, detection, judgement.era, pageSize.assumed);
  if (history === null) return { report, scenario, replay, verdict, findings: limitFindings(input), notes };
  const diagnosis = diagnose({ ...input, earlier: history.earlier });
  history.add(diagnosis.digest);
  const { oomMemcg, taskMemcg } = report.cgroup;
  return {
    report,
    scenario,
    replay,
    verdict,
    findings: diagnosis.findings,
    notApplicable: diagnosis.notApplicable,
    accounting: diagnosis.accounting,
    cgroups: {
      oomMemcg: oomMemcg === null ? null : identifyCgroup(oomMemcg),
      taskMemcg: taskMemcg === null ? null : identifyCgroup(taskMemcg),
    },
    adjustment: victimAdjustment(report),
    notes: [...notes, ...diagnosisNotes(report, diagnosis)],
  };
}

/** The trigger with the flags that its mask stands for; up to v4.5 the kernel prints the number alone. */
function withFlags(trigger: Trigger | null, table: GfpTableId | "unknown"): Trigger | null {
  if (trigger === null || trigger.gfpMask === null || trigger.gfpFlags !== null || table === "unknown") return trigger;
  return { ...trigger, gfpFlags: decodeGfp(BigInt(trigger.gfpMask), table) };
}

/** Columns of an unknown kernel that a note names. */
const mostColumnsNamed = 4;

function reportNotes(report: OomReport, detection: KernelDetection, era: Era, pageSizeAssumed: boolean): Note[] {
  const place = { source: report.source, line: report.line };
  const notes: Note[] = [];
  const unknown = report.unknownLines[0];
  if (unknown !== undefined) {
    notes.push(makeNote("unknown-line", countOf(report.unknownLines.length, "line"), { ...place, line: unknown.line }));
  }
  if (report.taskTable?.cut === true) {
    notes.push(
      makeNote("table-cut", countOf(report.tasks.length, "row"), { ...place, line: report.taskTable.endLine }),
    );
  }
  if (report.fragment === true) notes.push(makeNote("fragment", report.missingParts.join(", "), place));
  else if (!report.complete && report.rateLimited !== true && report.missingParts.length > 0) {
    notes.push(makeNote("parts-missing", report.missingParts.join(", "), place));
  }
  if (report.rateLimited === true) notes.push(makeNote("rate-limited", "", place));
  if (pageSizeAssumed && report.tasks.length > 0) notes.push(makeNote("page-size-assumed", "", place));
  for (const assumption of detection.assumed) notes.push(makeNote("kernel-assumed", assumption, place));
  const columns = Object.keys(report.tasks[0]?.other ?? {});
  if (columns.length > 0) {
    const which = columns.slice(0, mostColumnsNamed).join(", ");
    const assumed = `The table has columns that no kernel read here prints (${which}): they are taken to be no part of the points.`;
    notes.push(makeNote("kernel-assumed", assumed, place));
  }
  if (era !== detection.era) {
    const decided = `The printed score comes out by the rules of ${era.id}, not by those of ${detection.era.id}.`;
    notes.push(makeNote("kernel-assumed", decided, place));
  }
  return notes;
}

function diagnosisNotes({ source, line }: OomReport, { failed, accounting }: Diagnosis): Note[] {
  const notes = failed.map(({ id, message }) => makeNote("rule-failed", `${id}: ${message}`, { source, line }));
  const { balance } = accounting;
  if (balance?.consistent === false) {
    const mebibytes = Math.round((-balance.residue.pages * accounting.pageSizeBytes) / 1024 / 1024);
    notes.push(makeNote("inconsistent-balance", `${mebibytes} MiB`, { source, line }));
  }
  return notes;
}
