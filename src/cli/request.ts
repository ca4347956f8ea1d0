import { availableParallelism } from "node:os";
import { eraFor } from "../kernel/eras/resolve.js";
import { type Int64, parseInt64 } from "../model/units.js";
import type { AnalyseSourceOptions } from "../node/analyse-source.js";
import { Failure } from "./failure.js";
import type { PageFormat } from "./formats.js";
import type { Period, WantedReport } from "./selection.js";
import type { ColorChoice } from "./terminal.js";
import { toTime } from "./when.js";

/** The flags of a command that reads logs, as typed. */
export interface ReportFlags {
  readonly report: string;
  readonly host?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly format: PageFormat;
  /** A file for a page: its format and name in one. */
  readonly html?: string | undefined;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly markdown?: boolean;
  readonly output?: string | undefined;
  readonly color: ColorChoice;
  readonly threads?: string | undefined;
  readonly quiet?: boolean;
  readonly check?: boolean;
  readonly strict?: boolean;
  readonly verbose?: boolean;
  readonly trace?: boolean;
  readonly kernel?: string | undefined;
  readonly "page-size"?: string | undefined;
  readonly "total-pages"?: string | undefined;
  readonly arch?: string | undefined;
  readonly year?: string | undefined;
  readonly tz?: string | undefined;
}

export type Overrides = NonNullable<AnalyseSourceOptions["overrides"]>;

/** What the flags mean. */
export interface ReportRequest {
  readonly report: WantedReport;
  readonly host: string | undefined;
  readonly period: Period;
  readonly format: PageFormat;
  /** File for the result; undefined is standard output. */
  readonly output: string | undefined;
  /** The flag that names it. */
  readonly outputFlag: "--output" | "--html";
  readonly color: ColorChoice;
  /** Threads that may read at the same time. */
  readonly threads: number;
  readonly quiet: boolean;
  /** Which verdicts make the exit status 1. */
  readonly check: "none" | "differs" | "differs-or-undecidable";
  readonly verbose: boolean;
  readonly trace: boolean;
  /** What the user says where the log is silent. */
  readonly overrides: Overrides;
}

/** Reads the meaning of flags; a value without one is a {@link Failure}. */
export function toRequest(flags: ReportFlags): ReportRequest {
  const overrides = toOverrides(flags);
  return {
    report: toWantedReport(flags.report),
    host: flags.host,
    period: toPeriod(flags, overrides),
    format: toFormat(flags),
    output: toOutput(flags.html ?? flags.output),
    outputFlag: flags.html === undefined ? "--output" : "--html",
    color: flags.color,
    threads: toThreads(flags.threads),
    quiet: flags.quiet === true,
    check: flags.check ? (flags.strict ? "differs-or-undecidable" : "differs") : "none",
    verbose: flags.verbose === true,
    trace: flags.trace === true,
    overrides,
  };
}

/** More than so many wait for the one that writes. */
const MOST_USUAL_THREADS = 4;

function toThreads(typed: string | undefined): number {
  if (typed === undefined) return Math.min(availableParallelism(), MOST_USUAL_THREADS);
  if (/^[1-9][0-9]?$/.test(typed)) return Number(typed);
  throw new Failure(`--threads ${typed}: not a number of threads`, "Give 1 to 99");
}

function toWantedReport(typed: string): WantedReport {
  if (typed === "all" || typed === "last") return typed;
  if (/^[1-9][0-9]{0,8}$/.test(typed)) return Number(typed);
  throw new Failure(`--report ${typed}: not a report`, "Give its number, counted from 1, or last, or all");
}

function toPeriod({ since, until }: ReportFlags, { timeZone }: Overrides): Period {
  const present = { now: Date.now(), timeZone };
  return {
    from: since === undefined ? null : toTime("--since", since, present),
    to: until === undefined ? null : toTime("--until", until, present),
  };
}

function toOutput(file: string | undefined): string | undefined {
  return file === "-" ? undefined : file;
}

function toFormat({ format, html, json, ndjson, markdown }: ReportFlags): PageFormat {
  if (html !== undefined) return "html";
  if (json) return "json";
  if (ndjson) return "ndjson";
  return markdown ? "markdown" : format;
}

function toOverrides(flags: ReportFlags): Overrides {
  const { kernel, arch, year, tz, "page-size": pageSize, "total-pages": totalPages } = flags;
  return {
    ...(kernel === undefined ? {} : { kernel: toKernel(kernel) }),
    ...(arch === undefined ? {} : { arch }),
    ...(pageSize === undefined ? {} : { pageSizeBytes: toPageSizeBytes(pageSize) }),
    ...(totalPages === undefined ? {} : { totalPages: toTotalPages(totalPages) }),
    ...(year === undefined ? {} : { year: toYear(year) }),
    ...(tz === undefined ? {} : { timeZone: toTimeZone(tz) }),
  };
}

function toKernel(typed: string): string {
  if (eraFor(typed) !== null) return typed;
  throw new Failure(
    `--kernel ${typed}: not a kernel`,
    "Give a release or a version: 5.10.0-32-amd64, 4.18.0-348.el8, 6.1; `oomlog eras` lists them",
  );
}

/** Bytes, or KiB with `K`: `4096`, `64K`. */
function toPageSizeBytes(typed: string): number {
  const [, digits, unit] = /^([0-9]{1,7})([kK]?)(?:i?B)?$/.exec(typed) ?? [];
  const bytes = Number(digits) * (unit === "" ? 1 : 1024);
  if (bytes >= 4096 && bytes <= 1 << 20 && Number.isInteger(Math.log2(bytes))) return bytes;
  throw new Failure(`--page-size ${typed}: not a page size`, "Give bytes or KiB: 4096, 4K, 16K, 64K");
}

function toTotalPages(typed: string): Int64 {
  if (/^[1-9][0-9]{0,18}$/.test(typed)) return parseInt64(typed);
  throw new Failure(`--total-pages ${typed}: not a number of pages`, "Give memory plus swap, in pages: 4194304");
}

function toYear(typed: string): number {
  if (/^(?:19[7-9][0-9]|2[0-9]{3})$/.test(typed)) return Number(typed);
  throw new Failure(`--year ${typed}: not a year`, "Give four digits: 2026");
}

/** An IANA name, or an offset as minutes east of UTC. */
function toTimeZone(typed: string): string | number {
  const [, sign, hours = "", minutes = "0"] = /^([+-])([01][0-9]|2[0-3]):?([0-5][0-9])?$/.exec(typed) ?? [];
  if (sign !== undefined) return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  try {
    return new Intl.DateTimeFormat("en", { timeZone: typed }).resolvedOptions().timeZone;
  } catch {
    throw new Failure(`--tz ${typed}: not a time zone`, "Give a name or an offset: UTC, Europe/Paris, +02:00");
  }
}
