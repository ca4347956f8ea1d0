import type { Analysis } from "../../model/analysis.js";
import type { Scenario } from "../../model/machine.js";
import type { OomReport } from "../../model/report.js";
import type { KernelTraits } from "../../model/traits.js";
import { type Plain, plain } from "./plain.js";
import { modelText } from "./text.js";

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

/** The text of {@link toJson}. */
export function toJsonText(analysis: Analysis, { verbose }: JsonOptions): string {
  const { report, scenario, ...rest } = analysis;
  const head = `{"report":${modelText(reportJson(report, verbose))},"scenario":${scenarioText(scenario)},`;
  return head + modelText(rest).slice(1);
}

/** Traits are those of an era: one object for all its reports, and a tenth of a small report's text. */
const traitsTexts = new WeakMap<KernelTraits, string>();

function scenarioText(scenario: Scenario | null): string {
  if (scenario === null) return "null";
  const { traits, ...rest } = scenarioJson(scenario);
  let text = traitsTexts.get(traits);
  if (text === undefined) {
    text = modelText(traits);
    traitsTexts.set(traits, text);
  }
  return `${modelText(rest).slice(0, -1)},"traits":${text}}`;
}

function reportJson({ lines, registers, ...report }: OomReport, verbose: boolean): unknown {
  return verbose ? { ...report, registers, lines } : report;
}

/** The machine is left out: its tasks are those of the report. */
function scenarioJson({ era, constraint, totalPages, traits, machine }: Scenario) {
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
