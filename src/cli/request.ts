import { Failure } from "./failure.js";
import type { Format } from "./formats.js";
import type { WantedReport } from "./selection.js";
import type { ColorChoice } from "./terminal.js";

/** The flags of a command that reads logs, as typed. */
export interface ReportFlags {
  readonly report: string;
  readonly host?: string | undefined;
  readonly format: Format;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly markdown?: boolean;
  readonly output?: string | undefined;
  readonly color: ColorChoice;
  readonly quiet?: boolean;
  readonly check?: boolean;
  readonly strict?: boolean;
  readonly verbose?: boolean;
  readonly trace?: boolean;
}

/** What the flags mean. */
export interface ReportRequest {
  readonly report: WantedReport;
  readonly host: string | undefined;
  readonly format: Format;
  /** File for the result; undefined is standard output. */
  readonly output: string | undefined;
  readonly color: ColorChoice;
  readonly quiet: boolean;
  /** Which verdicts make the exit status 1. */
  readonly check: "none" | "differs" | "differs-or-undecidable";
  readonly verbose: boolean;
  readonly trace: boolean;
}

/** Reads the meaning of flags; a value without one is a {@link Failure}. */
export function toRequest(flags: ReportFlags): ReportRequest {
  return {
    report: toWantedReport(flags.report),
    host: flags.host,
    format: toFormat(flags),
    output: flags.output === "-" ? undefined : flags.output,
    color: flags.color,
    quiet: flags.quiet === true,
    check: flags.check ? (flags.strict ? "differs-or-undecidable" : "differs") : "none",
    verbose: flags.verbose === true,
    trace: flags.trace === true,
  };
}

function toWantedReport(typed: string): WantedReport {
  if (typed === "all" || typed === "last") return typed;
  if (/^[1-9][0-9]{0,8}$/.test(typed)) return Number(typed);
  throw new Failure(`--report ${typed}: not a report`, "Give its number, counted from 1, or last, or all");
}

function toFormat({ format, json, ndjson, markdown }: ReportFlags): Format {
  if (json) return "json";
  if (ndjson) return "ndjson";
  return markdown ? "markdown" : format;
}
