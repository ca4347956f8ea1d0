import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runScript } from "../cli/harness.js";
import { duckdb } from "../export/duckdb.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { root } from "./imports.js";

const sample = readFileSync(join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log"), "utf8");
const log = sample.replace(/^<\d>/gm, "2026-10-17T10:03:07.500000+00:00 web-07 kernel: ");
const records = sample
  .trimEnd()
  .split("\n")
  .map((message) => JSON.stringify({ host: "web-07", message }))
  .join("\n");

const pages = [
  "README.md",
  "docs/json.md",
  ...["export", "formats", "page", "stage", "triage"].map((name) => `docs/how-to/${name}.md`),
];

function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, block = ""]) => block);
}

const hasProgram = (name: string): boolean => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
const missing = ["jq", "sqlite3"].filter((name) => !hasProgram(name));
if (missing.length > 0) process.stdout.write(`not run: examples of the documentation with ${missing.join(", ")}\n`);

/** Blocks that use the program; what installs it, or needs a program that is not here, is left out. */
const scripts = pages.flatMap((page) =>
  blocksOf(page, "sh")
    .filter((block) => /\boomlog [a-z]/.test(block) && !missing.some((name) => new RegExp(`\\b${name}\\b`).test(block)))
    .map((block) => ({ page, block, first: block.split("\n", 1)[0] ?? "" })),
);

/** A machine with logs, on which `oomlog` notes how each of its runs ended, and others only take or give. */
function machine(): string {
  const folder = temporaryFolder({
    "kern.log": log,
    "central.log": log,
    "kern.log.2.gz": gzipSync(log),
    "records.ndjson": records,
    "var/log/kern.log": log,
    "var/log/remote/web-07.log": log,
    "var/log/hosts/web-07.log": log,
    "srv/a/kern.log": log,
  });
  for (const place of ["var/lib/prometheus/node-exporter", "var/spool/otel"])
    mkdirSync(join(folder, place), { recursive: true });
  execFileSync("tar", ["-cf", "sosreport-web-07.tar.xz", "var/log"], { cwd: folder });
  return folder;
}

const others = `
oomlog() { "$node" "$bin" "$@"; local status=$?; echo "$status $*" >> runs; return "$status"; }
for name in dmesg journalctl kubectl; do eval "$name() { cat kern.log; }"; done
curl() { cat > /dev/null; }
kcat() { if [ "$1" = -C ]; then cat records.ndjson; else cat > /dev/null; fi; }
`;

/** A page may run the program a dozen times. */
const timeout = 240_000;

describe("the commands of the documentation", () => {
  it("are found", () => expect(scripts.length).toBeGreaterThanOrEqual(8));

  it.each(scripts)("do what they say: $page, $first", { timeout }, async ({ block }) => {
    const folder = machine();
    // Who is asked about must be in the log.
    const script = block.replaceAll(/(?<=['" ])\/(?=(?:var|srv)\/)/g, `${folder}/`).replaceAll("mysqld", "java");
    const { stderr } = await runScript(`${others}\n${script}`, { cwd: folder });
    const runs = readFileSync(join(folder, "runs"), "utf8").trimEnd().split("\n");
    expect(runs.length).toBeGreaterThanOrEqual([...block.matchAll(/(?<=^|\| )oomlog /gm)].length);
    // A bound that is broken is 1; a report is in every log.
    for (const run of runs) expect(run).toMatch(/^0 |^1 triage --max-| --since /);
    expect(stderr).not.toMatch(/command not found|syntax error|jq: |Error/);
  });
});

describe("docs/how-to/export.md", () => {
  const page = "docs/how-to/export.md";

  it("loads into Python and DuckDB by what it shows", { timeout }, async () => {
    const folder = machine();
    for (const [table, format] of [
      ["reports", "csv"],
      ["reports", "parquet"],
      ["tasks", "parquet"],
    ]) {
      await runScript(`oomlog export --table ${table} --format ${format} --output ${table}.${format} kern.log`, {
        cwd: folder,
      });
    }
    const [python = ""] = blocksOf(page, "python");
    expect(execFileSync("python3", ["-c", python], { cwd: folder, encoding: "utf8" })).toBe("web-07 java agrees\n");
    const [sql = ""] = blocksOf(page, "sql");
    const answers: unknown[][][] = [];
    for (const statement of sql.split(";").filter((text) => text.trim() !== "")) {
      answers.push(await duckdb(statement.replaceAll(/'(\w+\.parquet)'/g, `'${folder}/$1'`)));
    }
    expect(answers).toEqual([
      [["java", 1n]],
      [
        ["web-07", "java", 14746n],
        ["web-07", "envoy", 1546n],
      ],
    ]);
  });
});
