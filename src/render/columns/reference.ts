import type { ColumnHead } from "./index.js";

/** The reference of tables and columns, as Markdown: docs/columns.md. */
export function columnReference(
  tables: readonly { readonly name: string; readonly meaning: string; readonly columns: readonly ColumnHead[] }[],
): string {
  return tables
    .map(({ name, meaning, columns }) => {
      const rows = columns.map((column) => `| \`${column.name}\` | ${column.type} | ${column.meaning} |`);
      return `## ${name}\n\n${meaning}\n\n| column | type | meaning |\n|---|---|---|\n${rows.join("\n")}\n`;
    })
    .join("\n");
}
