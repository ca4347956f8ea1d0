import type { Analysis } from "../../model/analysis.js";
import type { Scenario } from "../../model/machine.js";
import type { OomReport } from "../../model/report.js";
import { type Plain, plain } from "./plain.js";

/** Version of both JSON shapes; a field that goes or changes its meaning makes it another. */
export const SCHEMA_VERSION = 1;

export interface JsonOptions {
  /** The report's own lines and registers too. */
  readonly verbose: boolean;
}

/** An element of `analyses` of `oomlog explain --json`; described by `schema/explain.schema.json`. */
export function toJson(analysis: Analysis, { verbose }: JsonOptions): Plain {
  const { report, scenario, ...rest } = analysis;
  return plain({
    report: reportJson(report, verbose),
    scenario: scenario === null ? null : scenarioJson(scenario),
    ...rest,
  });
}

function reportJson({ lines, registers, ...report }: OomReport, verbose: boolean): unknown {
  return verbose ? { ...report, registers, lines } : report;
}

/** The machine is left out: its tasks are those of the report. */
function scenarioJson({ era, constraint, totalPages, traits, machine }: Scenario): unknown {
  return { era, constraint, totalPages, pageSizeBytes: machine.pageSizeBytes, traits };
}

/** An element of `reports` of `oomlog list --json`; described by `schema/list.schema.json`. */
export function toListJson({ report, verdict }: Analysis): Plain {
  const { id, source, line, endLine, time, uptimeSeconds, host, kernel, constraint, trigger, kills } = report;
  return plain({
    id,
    source,
    line,
    endLine,
    time,
    uptimeSeconds,
    host,
    kernelRelease: kernel.release,
    constraint,
    trigger: trigger === null ? null : { name: trigger.name, pid: trigger.pid },
    kills: kills.map(({ pid, name }) => ({ pid, name })),
    taskRows: report.tasks.length,
    complete: report.complete,
    verdict: verdict.kind,
    unknownLineCount: report.unknownLines.length,
  });
}
