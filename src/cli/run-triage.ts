import type { Triage } from "../model/incident.js";
import { jsonText } from "../render/index.js";
import { renderTriageMarkdown, renderTriageText, toIncidentJson, toTriageJson } from "../render/triage.js";
import { createTriager } from "../triage/index.js";
import { ExitStatus } from "./exit-status.js";
import { Failure } from "./failure.js";
import type { Format } from "./formats.js";
import { type GateFlags, toGates } from "./gates.js";
import { Messages } from "./messages.js";
import { triagePageWriter } from "./page-writers.js";
import { type ReportFlags, toRequest } from "./request.js";
import { runRequest, type Summary } from "./run-reports.js";
import { toFilter, toGroupFields } from "./where.js";
import type { PageWriters, Writers } from "./writers.js";

/** The flags of triage, as typed. */
export interface TriageFlags extends ReportFlags, GateFlags {
  readonly "group-by"?: string | undefined;
  readonly where?: readonly string[] | undefined;
  readonly top: string;
  readonly svg?: boolean;
}

/**
 * Reads logs and writes the incidents that their reports make.
 *
 * @param root The folder of the package.
 */
export async function runTriage(files: readonly string[], flags: TriageFlags, root: string): Promise<Summary> {
  const request = toRequest(flags);
  const gates = toGates(flags);
  const { svg = false } = flags;
  if (svg && request.format !== "markdown" && request.format !== "html") {
    throw new Failure(`--svg: ${request.format} has no drawings`, "Give --markdown, or --html FILE, which always has");
  }
  const accepts = toFilter(flags.where ?? [], { now: Date.now(), timeZone: request.overrides.timeZone });
  const groupBy = flags["group-by"];
  const triager = createTriager(groupBy === undefined ? {} : { groupBy: toGroupFields(groupBy) });
  const writers: PageWriters = {
    ...triageWriters({ top: toTop(flags.top), svg }, triager),
    html: () => triagePageWriter(triager, { top: toTop(flags.top), kernel: flags.kernel, root }),
  };
  const summary = await runRequest(files, request, {
    open: writers[request.format],
    keepsRepeats: true,
    ...(accepts === undefined ? {} : { accepts }),
  });
  if (gates === undefined || summary.problems > 0) return summary;
  const broken = gates(triager.result());
  const messages = new Messages({ quiet: request.quiet });
  for (const sentence of broken) messages.hint(sentence);
  // With bounds, no report is what one hopes for.
  const checked = summary.reports === 0 ? ExitStatus.found : summary.status;
  return { ...summary, status: broken.length > 0 ? ExitStatus.none : checked };
}

function toTop(typed: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(typed)) return Number(typed);
  if (typed === "all") return Number.POSITIVE_INFINITY;
  throw new Failure(`--top ${typed}: not a number of incidents`, "Give a number, or all");
}

function triageWriters(
  { top, svg }: { readonly top: number; readonly svg: boolean },
  triager: ReturnType<typeof createTriager>,
): Writers {
  type Render = (triage: Triage, options: Parameters<Writers[Format]>[0]) => string;
  const atEnd =
    (render: Render): Writers[Format] =>
    (options) => ({
      begin: () => "",
      each(analysis) {
        triager.push(analysis);
        return "";
      },
      end(notes) {
        const triage = triager.result();
        return render({ ...triage, notes: [...notes, ...triage.notes] }, options);
      },
    });
  return {
    text: atEnd((triage, options) => renderTriageText(triage, { ...options, top })),
    markdown: atEnd((triage) => renderTriageMarkdown(triage, { top, svg })),
    json: atEnd((triage) => `${jsonText(toTriageJson(triage))}\n`),
    ndjson: atEnd(({ incidents }) => incidents.map((one) => `${jsonText(toIncidentJson(one))}\n`).join("")),
  };
}
