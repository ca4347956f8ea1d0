import { FEWEST_ROWS_OF_MACHINE } from "../model/report.js";
import { toNumber } from "../model/units.js";
import type { ReportDraft } from "./draft.js";
import { foreignName } from "./foreign/index.js";

/** Whether rows of the table that begins at a line may be missing. */
export function isTableCut(draft: ReportDraft, heading: number, pageSizeBytes: number | null): boolean {
  // Rows may have stood before the first one where no header does.
  return draft.headerLost || draft.isBefore("choice") || hasLostRows(draft, heading) || isExcerpt(draft, pageSizeBytes);
}

/** Whether the text says that rows were left out (`...`), or the log that it lost messages, between heading and choice. */
function hasLostRows({ lines, dropped, chosen, summary, kills }: ReportDraft, heading: number): boolean {
  const choice = Math.min(...[chosen, summary, kills[0]].map((one) => one?.line ?? Number.POSITIVE_INFINITY));
  const isInTable = ({ line }: { readonly line: number }): boolean => line > heading && line < choice;
  return dropped.some(isInTable) || lines.some((line) => isInTable(line) && foreignName(line.text) === "elision");
}

/**
 * Whether the report is one that somebody picked lines from: there is no memory between trigger and table, which every
 * kernel prints; or there is no trigger, and the few rows do not hold the memory that the report tells of.
 */
function isExcerpt(draft: ReportDraft, pageSizeBytes: number | null): boolean {
  if (draft.trigger !== null) return draft.memInfo === null && draft.memcg === null;
  return draft.tasks.length < FEWEST_ROWS_OF_MACHINE && !holdsAll(draft, pageSizeBytes ?? SMALLEST_PAGE_BYTES);
}

const SMALLEST_PAGE_BYTES = 4096;

/** Of what is used, in percent: whoever is not shown has nearly nothing. */
const ALL = 90;

/** Whether the rows hold nearly all that the counters say processes have. */
function holdsAll({ tasks, limits, counters }: ReportDraft, pageSizeBytes: number): boolean {
  const usageKb = limits.find(({ name }) => name === "memory")?.usageKb;
  const pagesOf = (name: string): number => toNumber(counters.find((one) => one.name === name)?.value ?? 0);
  const anonymous = pagesOf("active_anon") + pagesOf("inactive_anon") - pagesOf("shmem");
  const usedBytes = usageKb === undefined ? anonymous * pageSizeBytes : toNumber(usageKb) * 1024;
  const rss = tasks.reduce((sum, { rssPages }) => sum + toNumber(rssPages), 0);
  return usedBytes > 0 && rss * pageSizeBytes * 100 >= usedBytes * ALL;
}
