import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Export from "../../commands/export.js";
import { tableFormats } from "../../src/node/export/index.js";
import { tableNames } from "../../src/render/columns/index.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { fileFormats, readBack } from "./read-back.js";

const pod = join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log");

describe("oomlog export", () => {
  it("offers the tables and formats that there are", () => {
    expect(Export.flags.table.options).toEqual(tableNames);
    expect(Export.flags.format.options).toEqual(tableFormats);
  });

  it.each(fileFormats)("writes every table as %s into a file that is whole, and nothing beside it", async (format) => {
    const folder = temporaryFolder();
    const rows: Record<string, number> = {};
    for (const table of tableNames) {
      const file = join(folder, `${table}.${format}`);
      const { status } = await runCommand(Export, ["--table", table, "--format", format, "--output", file, pod]);
      expect(status).toBe(0);
      rows[table] = (await readBack[format](readFileSync(file))).length;
    }
    expect(rows).toMatchObject({ reports: 1, tasks: 2, zones: 0, memcg: 1, kills: 1, incidents: 1 });
    expect(readdirSync(folder).sort()).toEqual(tableNames.map((table) => `${table}.${format}`).sort());
  });

  it("writes to standard output, the reports as CSV, where nothing else is asked for", async () => {
    const { stdout } = await runCommand(Export, [pod]);
    const [row] = await readBack.csv(Buffer.from(stdout));
    expect(row).toMatchObject({ victim: "java", verdict: "agrees", limit: "memcg", cgroup_qos_class: "Burstable" });
  });

  it("has a report once that is in two logs, as that of the first", async () => {
    const copy = join(temporaryFolder({ "copy.log": readFileSync(pod, "utf8") }), "copy.log");
    const { stdout, stderr } = await runCommand(Export, [pod, copy]);
    expect((await readBack.csv(Buffer.from(stdout))).map(({ source }) => source)).toEqual([pod]);
    expect(stderr).toContain("1 report had been read before, from this or another source");
  });

  it("refuses Parquet on a terminal", async () => {
    const { status, stderr } = await runCommand(Export, ["--format", "parquet", pod], { columns: 80 });
    expect(status).toBe(2);
    expect(stderr).toContain("--output FILE");
  });
});
