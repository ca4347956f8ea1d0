import { amount, inPages, type Quantity } from "../quantity.js";
import { who } from "../text.js";

/** The page tables of a row; null where the table has no column for them. */
export function pageTablesOf(
  row: { readonly pid: number; readonly name: string; readonly line: number } & Partial<
    Record<"pgtablesBytes" | "nrPtes", number | bigint>
  >,
  pageSizeBytes: number,
): Quantity | null {
  const lines = [row.line];
  if (row.pgtablesBytes !== undefined) {
    const name = `pgtables_bytes of ${who(row)}`;
    return inPages({ name, ...amount(row.pgtablesBytes), unit: "bytes", lines }, pageSizeBytes);
  }
  if (row.nrPtes === undefined) return null;
  return { name: `nr_ptes of ${who(row)}`, ...amount(row.nrPtes), unit: "pages", lines };
}
