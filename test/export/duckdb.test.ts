import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnHead, incidentTable, reportTables } from "../../src/render/columns/index.js";
import { createTriager } from "../../src/triage/index.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { duckdb } from "./duckdb.js";
import { hostileName } from "./hostile-name.js";
import { fileFormats, fileOf, logTextOf } from "./read-back.js";

describe.each(fileFormats)("DuckDB, told nothing but the name of a file of %s,", (format) => {
  const analyses = samples.flatMap(({ name, lines }) => analyseText(name, lines));
  const triager = createTriager();
  for (const analysis of analyses) triager.push(analysis);
  const tables = [
    ...Object.values(reportTables).map((table) => ({ ...table, rows: analyses.flatMap(table.rowsOf) })),
    { ...incidentTable, rows: triager.result().incidents.map(incidentTable.row) },
  ];

  it.each(tables)("has every row and column of $name", async ({ name, columns, rows }) => {
    const file = join(temporaryFolder(), `${name}.${format}`);
    writeFileSync(file, await fileOf(format, columns, rows, 100));
    expect(rows.length).toBeGreaterThan(0);
    expect(await duckdb(`select count(*) from '${file}'`)).toEqual([[BigInt(rows.length)]]);
    const described = await duckdb(`describe select * from '${file}'`);
    expect(described.map(([column]) => column)).toEqual(columns.map((column) => column.name));
  });

  it("says at once who dies how often", async () => {
    const { columns, rowsOf } = reportTables.reports;
    const file = join(temporaryFolder(), `reports.${format}`);
    writeFileSync(file, await fileOf(format, columns, analyses.flatMap(rowsOf), 100));
    const counts = new Map<string, bigint>();
    for (const { report } of analyses) {
      const [first] = report.kills;
      if (first !== undefined) counts.set(first.name, (counts.get(first.name) ?? 0n) + 1n);
    }
    const answer = await duckdb(`select victim, count(*) from '${file}' where victim is not null group by victim`);
    expect(new Map(answer.map(([victim, count]) => [logTextOf(String(victim), format), count as bigint]))).toEqual(
      counts,
    );
  });

  it("gives hostile names back", async () => {
    const columns: readonly ColumnHead[] = [
      { name: "name", type: "text", meaning: "" },
      { name: "pid", type: "integer", meaning: "" },
    ];
    const names = fc.sample(hostileName, 300).filter((name) => name !== "");
    const file = join(temporaryFolder(), `hostile.${format}`);
    writeFileSync(
      file,
      await fileOf(
        format,
        columns,
        names.map((name, index) => [name, index]),
      ),
    );
    // A sniffer may take names like 1 and +1 for numbers; a name is text.
    const read = {
      csv: `read_csv('${file}', types = {'name': 'VARCHAR'})`,
      ndjson: `read_json('${file}', columns = {name: 'VARCHAR', pid: 'BIGINT'})`,
      parquet: `'${file}'`,
    };
    // As bytes: the client takes a U+FEFF at the start of a text away.
    const back = await duckdb(`select hex(name) from ${read[format]} order by pid`);
    const text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
    expect(back.map(([name]) => logTextOf(text.decode(Buffer.from(String(name), "hex")), format))).toEqual(names);
  });
});
