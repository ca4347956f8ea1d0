import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cell, type ColumnHead, incidentTable, reportTables } from "../../src/render/columns/index.js";
import { createTriager } from "../../src/triage/index.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { duckdb } from "./duckdb.js";
import { hostileName } from "./hostile-name.js";
import { fileOf, logTextOf } from "./read-back.js";

/** Runs a script in SQLite; gives what a query answers, text as the hexadecimal digits of its bytes. */
const inSqlite = `import json, sqlite3, sys
base = sqlite3.connect(":memory:")
base.executescript(open(sys.argv[1], newline="", encoding="utf-8").read())
print(json.dumps(base.execute(sys.argv[2]).fetchall()))`;

interface Given {
  readonly name: string;
  readonly columns: readonly ColumnHead[];
  readonly rows: readonly (readonly Cell[])[];
}

const databases = {
  async sqlite(tables: readonly Given[], query: string): Promise<unknown[][]> {
    const file = join(temporaryFolder(), "tables.sql");
    writeFileSync(file, (await Promise.all(tables.map(sqlOf))).join(""));
    return JSON.parse(execFileSync("python3", ["-c", inSqlite, file, query], { encoding: "utf8" }));
  },
  async duckdb(tables: readonly Given[], query: string): Promise<unknown[][]> {
    const text = (await Promise.all(tables.map(sqlOf))).join("");
    return (await duckdb(`${text}${query}`)).map((row) =>
      row.map((cell) => (typeof cell === "bigint" ? Number(cell) : cell)),
    );
  },
} as const;

async function sqlOf({ name, columns, rows }: Given): Promise<string> {
  return (await fileOf("sql", columns, rows, 100, name)).toString("utf8");
}

const analyses = samples.flatMap(({ name, lines }) => analyseText(name, lines));
const triager = createTriager();
for (const analysis of analyses) triager.push(analysis);
const tables: readonly Given[] = [
  ...Object.values(reportTables).map(({ name, columns, rowsOf }) => ({
    name,
    columns,
    rows: analyses.flatMap(rowsOf),
  })),
  { name: incidentTable.name, columns: incidentTable.columns, rows: triager.result().incidents.map(incidentTable.row) },
];

describe.each(["sqlite", "duckdb"] as const)("SQL in %s", (database) => {
  it("makes every table, with every row", async () => {
    const counts = tables.map(({ name }) => `(select count(*) from ${name})`).join(", ");
    expect(await databases[database](tables, `select ${counts}`)).toEqual([tables.map(({ rows }) => rows.length)]);
  });

  it("has numbers that are numbers, and null for what no log tells", async () => {
    const columns: readonly ColumnHead[] = [
      { name: "i", type: "integer", meaning: "" },
      { name: "t", type: "time", meaning: "" },
      { name: "b", type: "boolean", meaning: "" },
      { name: "r", type: "real", meaning: "" },
      { name: "limit", type: "text", meaning: "" },
    ];
    const rows: Cell[][] = [
      [9n, 1_792_231_387_866_956n, true, 0.25, "007"],
      [10n, 1_792_231_387_000_000n, false, -3, "-3"],
      [-9_223_372_036_854_775_808n, null, null, null, ""],
      [18_446_744_073_709_551_615n, null, null, null, null],
    ];
    const given = [{ name: "t", columns, rows }];
    const ask = (query: string) => databases[database](given, query);
    expect(await ask("select max(i), sum(r) from t")).toEqual([[10, -2.75]]);
    expect(await ask(`select "limit" from t where b and t > '2026-10-17T10:03:07.5Z'`)).toEqual([["007"]]);
    expect(await ask("select count(*) from t where i is null")).toEqual([[1]]);
    expect(await ask(`select count(*) from t where i = -9223372036854775808 and "limit" = ''`)).toEqual([[1]]);
  });

  it("gives hostile names back, and runs none of them", async () => {
    const columns: readonly ColumnHead[] = [
      { name: "name", type: "text", meaning: "" },
      { name: "pid", type: "integer", meaning: "" },
    ];
    const commands = ["'); drop table t; --", "\n.shell false\n", "\\'; --", "''", "a\n.quit\n"];
    const names = [...commands, ...fc.sample(hostileName, 400)];
    const rows = names.map((name, index): Cell[] => [name, index]);
    const given = [{ name: "t", columns, rows }];
    expect((await fileOf("sql", columns, rows)).toString("utf8")).not.toMatch(
      /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]/,
    );
    const back = await databases[database](given, "select hex(name) from t order by pid");
    const text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
    expect(back.map(([name]) => logTextOf(text.decode(Buffer.from(String(name), "hex")), "sql"))).toEqual(names);
  });
});
