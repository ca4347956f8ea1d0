import type { ReportHead } from "../page-report.js";

/** Where a report is from, among others. */
export interface Origin {
  readonly host: string | null;
  /** Without the folders that all have in common; null where all are of one file. */
  readonly file: string | null;
}

/** What tells the reports of several hosts or files apart; null where there is but one of each. */
export function originsOf(heads: readonly ReportHead[]): readonly Origin[] | null {
  const sources = [...new Set(heads.map(({ source }) => source))];
  const hosts = new Set(heads.map(({ host }) => host));
  if (sources.length < 2 && hosts.size < 2) return null;
  const skipped = sources.length < 2 ? 0 : commonFolder(sources);
  return heads.map(({ host, source }) => ({
    host: hosts.size < 2 ? null : host,
    file: sources.length < 2 ? null : source.slice(skipped),
  }));
}

/** Length of the longest folder, with its slash, that all names begin with. */
function commonFolder(names: readonly string[]): number {
  const [first = "", ...rest] = names;
  let length = 0;
  while (length < first.length && rest.every((name) => name[length] === first[length])) length++;
  return first.lastIndexOf("/", length - 1) + 1;
}
