import { TableLayout } from "./table-layout.js";

/**
 * The tables that kernels print, newest first, with the width of each column: numbers are set flush right, so the
 * widths tell the table of a row whose header is not in the log. A new kernel's table is one more row.
 */
const knownLayouts: readonly { readonly columns: string; readonly widths: readonly number[] }[] = [
  {
    // Since v6.8, RHEL 10.
    columns: "pid uid tgid total_vm rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
    widths: [7, 5, 5, 8, 8, 8, 8, 9, 8, 8, 13],
  },
  {
    // v4.19 to v6.7, RHEL 8.4 and 9.
    columns: "pid uid tgid total_vm rss pgtables_bytes swapents oom_score_adj name",
    widths: [7, 5, 5, 8, 8, 8, 8, 13],
  },
  {
    // v4.15 to v4.18, RHEL 8.0 to 8.3.
    columns: "pid uid tgid total_vm rss pgtables_bytes swapents oom_score_adj name",
    widths: [5, 5, 5, 8, 8, 8, 8, 13],
  },
  {
    // v4.0 to v4.14.
    columns: "pid uid tgid total_vm rss nr_ptes nr_pmds swapents oom_score_adj name",
    widths: [5, 5, 5, 8, 8, 7, 7, 8, 13],
  },
  {
    // v3.6 to v3.19, RHEL 7.
    columns: "pid uid tgid total_vm rss nr_ptes swapents oom_score_adj name",
    widths: [5, 5, 5, 8, 8, 7, 8, 13],
  },
  {
    // v2.6.36 to v3.5, RHEL 6.2 and later.
    columns: "pid uid tgid total_vm rss cpu oom_adj oom_score_adj name",
    widths: [5, 5, 5, 8, 8, 3, 7, 13],
  },
  {
    // v2.6.28 to v2.6.35, RHEL 6.0 and 6.1.
    columns: "pid uid tgid total_vm rss cpu oom_adj name",
    widths: [5, 5, 5, 8, 8, 3, 7],
  },
];

const layouts = knownLayouts.flatMap(({ columns, widths }) => {
  const layout = TableLayout.of(columns.split(" "));
  return layout === null ? [] : [{ layout, widths }];
});

/** The layout by which a kernel would print this very row; null when there is none. */
export function inferLayout(text: string): TableLayout | null {
  return layouts.find(({ layout, widths }) => fits(layout, widths, text))?.layout ?? null;
}

/** Prints the row's numbers by the widths and holds the result against the text. */
function fits(layout: TableLayout, widths: readonly number[], text: string): boolean {
  const row = layout.readRow(text, 0);
  if (row === null) return false;
  const numbers = text.slice(1, text.length - row.name.length).match(/-?\d+/g) ?? [];
  const [pid = "", ...rest] = numbers.map((number, at) => number.padStart(widths[at] ?? 0));
  return numbers.length >= widths.length && text.startsWith(`[${pid}] ${rest.slice(0, widths.length - 1).join(" ")} `);
}
