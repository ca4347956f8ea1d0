import type { Analysis } from "../model/analysis.js";
import { type Headline, headlineOf } from "../model/headline.js";
import type { TextLine } from "../model/report.js";
import type { VerdictKind } from "../model/verdict.js";
import type { AdjProtection } from "../model/what-if.js";

/** A report as a page shows it before its log is there. */
export interface ShownReport {
  readonly analysis: Analysis;
  /** What would have spared the victim, where that is worked out for every report. */
  readonly protection: AdjProtection | null;
  /** The kernel given by the user, where the log is silent. */
  readonly kernel: string | null;
}

/** A report as a page holds it. */
export interface PageReport extends ShownReport {
  /** The lines of the log as they stand in it, by ascending number. */
  readonly lines: readonly TextLine[];
}

/** What a list shows of a report before the report is unpacked. */
export interface ReportHead {
  readonly id: string;
  readonly source: string;
  readonly line: number;
  readonly time: string | null;
  readonly uptimeSeconds: number | null;
  readonly host: string | null;
  readonly limit: Headline["limit"];
  readonly victim: Headline["victim"];
  readonly kills: number;
  readonly verdict: VerdictKind;
}

/** The analysis with all that a page shows of it. */
export function shownAnalysis({ analysis, protection }: ShownReport): Analysis {
  return protection === null ? analysis : { ...analysis, protection };
}

export function headOf(analysis: Analysis): ReportHead {
  const { id, source, line, time, uptimeSeconds, host } = analysis.report;
  const { limit, victim, kills } = headlineOf(analysis);
  return {
    id,
    source,
    line,
    time,
    uptimeSeconds,
    host,
    limit,
    victim,
    kills: kills.length,
    verdict: analysis.verdict.kind,
  };
}
