import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { analyseSource, findSources } from "../../src/node/index.js";
import { type Cell, reportTables } from "../../src/render/columns/index.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { readIndex } from "../parse/shared-logs.js";
import { duckdb } from "./duckdb.js";
import { fileOf, readBack } from "./read-back.js";

const corpus = fileURLToPath(new URL("../../../shared/corpus/logs", import.meta.url));

/** Loads a CSV with Python's csv module into SQLite; prints what a query gives. */
const load = `import csv, json, sqlite3, sys
csv.field_size_limit(1 << 30)
rows = csv.reader(open(sys.argv[1], newline="", encoding="utf-8"))
header = next(rows)
base = sqlite3.connect(":memory:")
base.execute("create table t (" + ", ".join('"%s"' % name for name in header) + ")")
base.executemany("insert into t values (" + ", ".join("?" * len(header)) + ")", rows)
print(json.dumps(base.execute(sys.argv[2]).fetchall()))`;

/** Cgroups that a memory cgroup block is about: the one of the limit, and those that it prints. */
function cgroupsOf({ report: { memcg, cgroup } }: Analysis): number {
  if (memcg === null) return 0;
  const limited = cgroup.oomMemcg ?? memcg.stats[0]?.path ?? "";
  return new Set([limited, ...memcg.stats.map(({ path }) => path ?? limited)]).size;
}

describe("the public logs as tables", () => {
  const analyses: Analysis[] = [];
  beforeAll(async () => {
    const nothing = () => {};
    for await (const source of findSources([corpus], { stdin: process.stdin, onProblem: nothing })) {
      for await (const one of analyseSource(source, { onNote: nothing, onProblem: nothing })) analyses.push(one);
    }
  }, 600_000);

  async function query(table: keyof typeof reportTables, sql: string): Promise<unknown[][]> {
    const { columns, rowsOf } = reportTables[table];
    const file = join(temporaryFolder(), `${table}.csv`);
    writeFileSync(file, await fileOf("csv", columns, analyses.flatMap(rowsOf), 100));
    return JSON.parse(execFileSync("python3", ["-c", load, file, sql]).toString("utf8"));
  }

  it.each(["csv", "ndjson", "parquet"] as const)("load into DuckDB from %s with every row", async (format) => {
    for (const { name, columns, rowsOf } of Object.values(reportTables)) {
      const rows = analyses.flatMap(rowsOf);
      const file = join(temporaryFolder(), `${name}.${format}`);
      writeFileSync(file, await fileOf(format, columns, rows, 100));
      expect([name, await duckdb(`select count(*) from '${file}'`)]).toEqual([name, [[BigInt(rows.length)]]]);
    }
  });

  it.each<[keyof typeof reportTables, (analysis: Analysis) => number]>([
    ["reports", () => 1],
    ["tasks", ({ report }) => report.tasks.length],
    ["zones", ({ report }) => report.memInfo?.zones.length ?? 0],
    ["memcg", cgroupsOf],
    ["kills", ({ report }) => report.kills.length],
    ["findings", ({ findings }) => findings.length],
  ])("load from CSV into SQLite, and from Parquet, with every row of %s", async (table, count) => {
    const expected = analyses.reduce((sum, analysis) => sum + count(analysis), 0);
    expect(expected).toBeGreaterThan(0);
    expect(await query(table, "select count(*) from t")).toEqual([[expected]]);
    const { columns, rowsOf } = reportTables[table];
    const rows: Cell[][] = analyses.flatMap(rowsOf);
    expect(await readBack.parquet(await fileOf("parquet", columns, rows, 100))).toHaveLength(expected);
  });

  it("have the kills that the index of each plain file has", async () => {
    const plain = readIndex("corpus").filter(({ needs }) => needs?.length === 0);
    const killed = new Map(
      (await query("kills", "select source, count(*) from t group by source")).map(([source, count]) => [
        String(source).slice(corpus.length + 1),
        count,
      ]),
    );
    for (const { file, killed: expected } of plain) {
      const name = file.replace(/^logs\//, "");
      expect([name, killed.get(name) ?? 0]).toEqual([name, expected.length]);
    }
  });

  it("answer who dies how often", async () => {
    const counts = new Map<string | null, number>();
    for (const { report } of analyses) {
      const name = report.kills[0]?.name ?? "";
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const most = [...counts].sort((a, b) => b[1] - a[1])[0];
    expect(
      await query("reports", "select victim, count(*) as n from t group by victim order by n desc limit 1"),
    ).toEqual([most]);
  });
});
