import type { ColumnHead } from "./index.js";

interface Described {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly ColumnHead[];
}

const introduction = `# Columns

The tables of \`oomlog export --table NAME\`. This page is made from the tables themselves (\`node dist/scripts/columns.js\`
after a build), and a test holds both equal.

- A column has the name that its field has in the JSON, in snake_case; a field within a field has the outer name before
  it. A cell is empty (CSV) or null where the log does not tell.
- \`integer\` has 64 bits with sign (Parquet: INT64); a value beyond them, which only a damaged log has, is null in Parquet
  and SQL, and whole in the others; in NDJSON integers beyond 2^53 are strings. \`time\` is UTC: RFC 3339 in CSV and NDJSON, a
  TIMESTAMP in microseconds in Parquet, a timestamptz in SQL.
- Text of the log: a byte that is not UTF-8 is \`\\xHH\`, a backslash is \`\\\\\`, NUL is \`\\x00\`. In CSV and SQL, which
  are looked at on terminals, so is what would steer or hide there: \`\\x1b\`, \`\\u202e\`, \`\\u{e0020}\`; tab, LF and CR stay, in
  quotes. In CSV text that begins with \`=\`, \`+\`, \`-\`, \`@\`, tab, carriage return or \`'\` has a \`'\` before it, so that no
  spreadsheet takes it for a formula: take one leading \`'\` off before you undo the rest.
- CSV is RFC 4180: comma, quotes where needed, lines ended by CR LF, a header even without rows.
- \`report_id\` and \`host\` join the tables. A report that is read twice, from a copy or from the journal too, is there once:
  \`source\` and \`line\` are those of the first.
- Some columns have names that SQL keeps for itself (\`constraint\`, \`limit\`): write them in double quotes.
`;

/** The reference of tables and columns, as Markdown: docs/columns.md. */
export function columnReference(tables: readonly Described[]): string {
  return [introduction, ...tables.map(tableReference)].join("\n");
}

function tableReference({ name, meaning, columns }: Described): string {
  const rows = columns.map(
    (column) => `| \`${column.name}\` | ${column.type} | ${column.meaning.replaceAll("|", "\\|")} |`,
  );
  return `## ${name}\n\n${meaning}\n\n| column | type | meaning |\n|---|---|---|\n${rows.join("\n")}\n`;
}
