import type { Fact } from "../document.js";
import { counted, formatUptime, GLUE } from "../quantity.js";
import { log, processWords, refs, type Words } from "../words.js";
import { withoutContents } from "./limit.js";
import type { View } from "./view.js";

/** When, on which machine, who asked, and where in the log. */
export function circumstancesOf(view: View): Fact[] {
  return [
    { label: "Victim", words: victimWords(view) },
    { label: "When", words: whenWords(view) },
    { label: "Machine", words: machineWords(view) },
    { label: "Asked by", words: askedByWords(view) },
    { label: "Log", words: logWords(view) },
  ].filter(({ words }) => words.length > 0);
}

/** What the victim belongs to, where the limit does not say it already, and what its oom_score_adj tells. */
function victimWords({ cgroups, adjustment }: View): Words {
  const victim = cgroups?.taskMemcg ?? null;
  const isNamed = victim === null || victim.kind === "unknown" || victim.kind === "root";
  const said = isNamed || victim.path === cgroups?.oomMemcg?.path;
  const words: Words = said ? [] : [`in ${withoutContents(victim.name)}`];
  if (adjustment == null) return words;
  const { oomScoreAdj, usualFor, requestPercent } = adjustment;
  const request =
    requestPercent === undefined ? "" : `, whose memory request is ${requestPercent}${GLUE}% of the node's`;
  return [...words, `${words.length > 0 ? "; " : ""}oom_score_adj ${oomScoreAdj} is usual for ${usualFor}${request}`];
}

function whenWords({ report: { time, uptimeSeconds } }: View): Words {
  const parts = [
    ...(time === null ? [] : [time.replace("T", " ").replace(/(?:\.0+)?Z$/, `${GLUE}UTC`)]),
    ...(uptimeSeconds === null ? [] : [`${formatUptime(uptimeSeconds)} after boot`]),
  ];
  return parts.length === 0 ? ["the lines carry no time"] : [parts.join(", ")];
}

function machineWords({ report, pageSizeBytes }: View): Words {
  const { host, kernel } = report;
  const assumed = kernel.pageSizeBytes === null ? " (assumed)" : "";
  return [
    ...(host === null ? [] : [log(host), ", "]),
    ...(kernel.release === null ? ["kernel release not in this log"] : ["kernel ", log(kernel.release)]),
    ...(kernel.arch === null ? [] : [` on ${kernel.arch}`]),
    ...(pageSizeBytes === null ? [] : [`, pages of ${pageSizeBytes / 1024}${GLUE}KiB${assumed}`]),
    ...(kernel.era === null ? [] : [`, rules as of ${kernel.era}`]),
  ];
}

/** Who ran into the limit. Readers take the first name of a report for the culprit. */
function askedByWords({ report, scenario }: View): Words {
  const { trigger } = report;
  if (trigger === null) return [];
  const { name, pid, order, gfpMask, gfpFlags } = trigger;
  const who: Words =
    name === null ? (pid === null ? ["a process"] : [`pid${GLUE}${pid}`]) : processWords({ name, pid });
  if (order === -1) return [...who, ", by SysRq", ...refs([trigger.line])];
  const size = order === null ? "" : `${counted(2 ** order, "page")} (order${GLUE}${order}), `;
  const flags =
    gfpFlags !== null && gfpFlags.length > 0 ? gfpFlags.join("|") : `gfp_mask ${gfpMask ?? "not in this log"}`;
  // Later kernels print a mask of 0 for other requests without an allocation.
  const isFault = gfpMask !== null && /^0x0+$/.test(gfpMask) && scenario?.traits.pageFaultOom === "raised";
  const what = isFault ? "a page fault that ran out of memory" : `${size}${flags}`;
  const isVictim = report.kills.some((kill) => kill.pid === pid);
  return [...who, `: ${what}`, isVictim ? "" : "; who asks need not be the cause", ...refs([trigger.line])];
}

function logWords({ report }: View): Words {
  const { source, line, endLine, id } = report;
  const place: Words = source === "-" ? ["standard input"] : [log(source)];
  return [...place, `:${line}-${endLine}, report ${id}; :N below is its line N`];
}
