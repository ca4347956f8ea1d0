import type { Analysis } from "../../model/analysis.js";
import { distinctKills, limitOf } from "../../model/headline.js";
import type { VerdictKind } from "../../model/verdict.js";
import { verdictLabels } from "../content/answer.js";
import { formatUptime, GLUE } from "../quantity.js";
import { log, muted, type Span, type Tone, type Words } from "../words.js";

/** A field of a report in a list. */
export interface ListField {
  readonly title: string;
  readonly words: Words;
  /** Columns that most values need. */
  readonly columns: number;
}

const tones: Readonly<Record<VerdictKind, Tone>> = {
  agrees: "good",
  explained: "good",
  undecidable: "warn",
  differs: "bad",
  none: "plain",
};

const absent = muted("-");

/** A report in a list: where, when, host, kernel, limit, verdict, victim. */
export function listFields(analysis: Analysis): ListField[] {
  const { report, verdict } = analysis;
  const limit = limitOf(analysis);
  const { source, line, host, kernel } = report;
  const place: Words = [source === "-" ? "stdin" : log(source), `:${line}`];
  return [
    { title: "Report", words: place, columns: 24 },
    { title: "Time", words: [timeOf(report)], columns: 20 },
    { title: "Host", words: [host === null ? absent : log(host)], columns: 10 },
    { title: "Kernel", words: [kernel.release === null ? absent : log(kernel.release)], columns: 22 },
    { title: "Limit", words: [limit === "unknown" ? absent : limit], columns: 9 },
    {
      title: "Verdict",
      words: [{ text: verdictLabels[verdict.kind].toLowerCase(), tone: tones[verdict.kind] }],
      columns: 9,
    },
    { title: "Victim", words: victimsOf(analysis), columns: 0 },
  ];
}

function timeOf({ time, uptimeSeconds }: Analysis["report"]): Span {
  return muted(time?.replace(/\.0+Z$/, "Z") ?? (uptimeSeconds === null ? "-" : `+${formatUptime(uptimeSeconds)}`));
}

function victimsOf({ report, verdict }: Analysis): Words {
  const [first, ...others] = distinctKills(report);
  if (first === undefined) return withoutKill(report, verdict);
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return [log(first.name), ` (pid${GLUE}${first.pid})${more}`];
}

/** Who was picked or reaped where the kill line is not in the log; nobody where the log says so. */
function withoutKill({ panic, chosen, reaper: [reaped] }: Analysis["report"], { reason }: Analysis["verdict"]): Words {
  if (panic !== undefined) return ["nobody, panic"];
  if (reason !== undefined && reason !== "not-printed") return ["nobody"];
  if (chosen !== null) return [log(chosen.name), ` (pid${GLUE}${chosen.pid}), chosen`];
  return reaped === undefined ? ["not told"] : [log(reaped.name), ` (pid${GLUE}${reaped.pid}), reaped`];
}
