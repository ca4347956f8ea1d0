import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import Export from "../../commands/export.js";
import type { Analysis } from "../../src/model/analysis.js";
import { reportTables } from "../../src/render/columns/index.js";
import { attributeName, toLogRecords } from "../../src/render/otlp/log-records.js";
import { createMetrics, type MetricsOptions, metrics } from "../../src/render/prometheus/metrics.js";
import { telemetryPage } from "../../src/render/telemetry-reference.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { sample, samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { logTextOf } from "./read-back.js";

const pod = "4.18.0-147.el8.x86_64_amd64/m2_k8s";
const [java] = analyseText(pod, sample(pod).lines);
if (java === undefined) throw new Error("no analysis");

/** The same kill by other names. */
function killOf(name: string, host: string | null = "web-07", time: string | null = null): Analysis {
  const { report } = java as Analysis;
  const [kill] = report.kills;
  if (kill === undefined) throw new Error("nobody died");
  return { ...(java as Analysis), report: { ...report, host, time, kills: [{ ...kill, name }] } };
}

function textOf(analyses: readonly Analysis[], options: MetricsOptions = {}): string {
  const counted = createMetrics(options);
  for (const analysis of analyses) counted.push(analysis);
  return counted.text();
}

interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text format 0.0.4 to the letter: families whole, HELP and TYPE once and first, labels by their escapes. */
function seriesOf(text: string): Series[] {
  if (text !== "") expect(text.endsWith("\n")).toBe(true);
  const types = new Map<string, string>();
  let help = "";
  return text
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => {
      const [, helpOf] = /^# HELP ([a-z_]+) [^\\]+$/.exec(line) ?? [];
      const [, typeOf, type] = /^# TYPE ([a-z_]+) (counter|gauge)$/.exec(line) ?? [];
      if (helpOf !== undefined) {
        expect(types.has(helpOf)).toBe(false);
        help = helpOf;
        return [];
      }
      if (typeOf !== undefined) {
        expect(typeOf).toBe(help);
        types.set(typeOf, type ?? "");
        return [];
      }
      const pair = String.raw`[a-z_]+="(?:[^"\\\n]|\\["\\n])*"`;
      const series = new RegExp(String.raw`^([a-z_]+)(?:\{(${pair}(?:,${pair})*)\})? (-?[0-9.e+]+)$`, "u").exec(line);
      if (series === null) throw new Error(`no series: ${JSON.stringify(line)}`);
      const [, name = "", pairs = "", value = ""] = series;
      expect(name).toBe([...types.keys()].at(-1));
      const labels = Object.fromEntries(
        [...pairs.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/gu)].map(([, label, escaped = ""]) => [
          label,
          escaped.replace(/\\(.)/gu, (_all, character: string) => (character === "n" ? "\n" : character)),
        ]),
      );
      return [{ name, labels, value: Number(value) }];
    });
}

describe("metrics for Prometheus", () => {
  it("count reports, kills, names, and know the last kill", () => {
    const text = textOf([
      killOf("java", "a", "2026-10-17T10:03:07.5Z"),
      killOf("java", "a", "2026-10-16T10:03:07Z"),
      killOf("envoy", null),
    ]);
    expect(text).toBe(`# HELP oomlog_reports_total OOM reports in the logs, by the verdict of the re-run.
# TYPE oomlog_reports_total counter
oomlog_reports_total{host="a",verdict="agrees"} 2
oomlog_reports_total{verdict="agrees"} 1
# HELP oomlog_oom_kills_total Processes that the kernel's OOM killer killed.
# TYPE oomlog_oom_kills_total counter
oomlog_oom_kills_total{constraint="CONSTRAINT_MEMCG",cause="memcg-limit-own"} 1
oomlog_oom_kills_total{host="a",constraint="CONSTRAINT_MEMCG",cause="memcg-limit-own"} 2
# HELP oomlog_victim_kills_total Processes killed, by the name of the task; the most frequent names, and all others as one.
# TYPE oomlog_victim_kills_total counter
oomlog_victim_kills_total{name="envoy"} 1
oomlog_victim_kills_total{name="java"} 2
# HELP oomlog_last_kill_timestamp_seconds Wall time of the last kill, in seconds since 1970.
# TYPE oomlog_last_kill_timestamp_seconds gauge
oomlog_last_kill_timestamp_seconds{host="a"} 1792231387.5
`);
  });

  it("are nothing where there is no report", () => {
    expect(textOf([])).toBe("");
  });

  it("keep hostile names apart, in the format's own escapes and without a control", () => {
    const names = fc.uniqueArray(
      fc.oneof(
        fc.constantFrom(
          '"',
          "\\",
          "\n",
          '\\"',
          'a"} 1\noomlog_panics_total 9',
          "\udc80",
          "\\x80",
          "\u2028",
          "\x1b[31m",
        ),
        fc.string({ unit: "binary", minLength: 1, maxLength: 4 }),
      ),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(names, (given) => {
        const text = textOf(
          given.map((name) => killOf(name, name)),
          { mostNames: 1000 },
        );
        expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
        const killed = seriesOf(text).filter(({ name }) => name === metrics.victims.name);
        expect(killed).toHaveLength(given.length);
        expect(new Set(killed.map(({ labels }) => labels["name"])).size).toBe(given.length);
        expect(killed.every(({ value }) => value === 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("are bounded whatever names the logs hold", () => {
    const text = textOf(
      Array.from({ length: 300 }, (_, at) => killOf(`name${at}`, `host${at}`)),
      { mostHosts: 10, mostNames: 5 },
    );
    const series = seriesOf(text);
    const reports = series.filter(({ name }) => name === metrics.reports.name);
    expect(reports).toHaveLength(11);
    expect(reports.find(({ labels }) => labels["host"] === "other")?.value).toBe(290);
    const victims = series.filter(({ name }) => name === metrics.victims.name);
    expect(victims).toHaveLength(6);
    expect(victims.find(({ labels }) => labels["name"] === "other")?.value).toBe(295);
  });

  it("of all samples add up to their reports and kills", () => {
    const analyses = samples.flatMap(({ name, lines }) => analyseText(name, lines));
    const series = seriesOf(textOf(analyses));
    const sum = (metric: string): number =>
      series.filter(({ name }) => name === metric).reduce((total, { value }) => total + value, 0);
    expect(sum(metrics.reports.name)).toBe(analyses.length);
    expect(sum(metrics.victims.name)).toBe(sum(metrics.kills.name));
    expect(sum(metrics.panics.name)).toBe(analyses.filter(({ report }) => report.panic !== undefined).length);
  });
});

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Request {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeLogs: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly logRecords: readonly {
        readonly timeUnixNano?: string;
        readonly observedTimeUnixNano: string;
        readonly severityNumber: number;
        readonly eventName: string;
        readonly body: { readonly stringValue: string };
        readonly attributes: readonly Attribute[];
      }[];
    }[];
  }[];
}

const options = { observedAt: Date.UTC(2026, 10, 1), version: "1.2.3" };
const requestOf = (analyses: readonly Analysis[]): Request =>
  JSON.parse(JSON.stringify(toLogRecords(analyses, options)));
const valuesOf = (attributes: readonly Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

describe("log records of OpenTelemetry", () => {
  it("hold the answer, the names of OpenTelemetry, and our own", () => {
    const [resource] = requestOf([killOf("java", "web-07", "2026-10-17T10:03:07.866956Z")]).resourceLogs;
    expect(valuesOf(resource?.resource.attributes ?? [])).toEqual({
      "os.type": "linux",
      "host.name": "web-07",
      "container.id": "8f1d3c5b7a9e0f2d4c6b8a0e1f3d5c7b9a1e3f5d7c9b0a2e4f6d8c0b1a3e5f7d",
      "k8s.pod.uid": "5d2e3e3f-8c1a-4b5e-9f3a-0d6b1c2a7e88",
    });
    const [scope] = resource?.scopeLogs ?? [];
    expect(scope?.scope).toEqual({ name: "oomlog", version: "1.2.3" });
    const [record] = scope?.logRecords ?? [];
    expect(record).toMatchObject({
      timeUnixNano: "1792231387866956000",
      observedTimeUnixNano: "1793491200000000000",
      severityNumber: 17,
      eventName: "oomlog.oom_kill",
    });
    expect(record?.body.stringValue).toMatch(
      /^Killed: java \(pid 29, uid 0\): 57.6 MiB resident; Limit: cgroup of container 8f1d3c5b7a9e0 of a Burstable pod/,
    );
    expect(valuesOf(record?.attributes ?? [])).toMatchObject({
      "log.record.uid": java.report.id,
      "process.pid": "29",
      "oom.victim.comm": "java",
      "oom.constraint": "CONSTRAINT_MEMCG",
      "oom.limit_bytes": "67108864",
      "oom.kernel.release": "4.18.0-147.el8.x86_64",
      "oom.verdict": "agrees",
      "oom.cause": "memcg-limit-own",
    });
  });

  it("stand together by their host, and keep their order there", () => {
    const { resourceLogs } = requestOf(["a", "b", "a"].map((host, at) => killOf(`task${at}`, host)));
    expect(
      resourceLogs.map(({ scopeLogs }) =>
        scopeLogs[0]?.logRecords.map(({ attributes }) => valuesOf(attributes)["oom.victim.comm"]),
      ),
    ).toEqual([["task0", "task2"], ["task1"]]);
  });

  it("of all samples are what protobuf's JSON allows, with every column that the log tells", () => {
    for (const { name, lines } of samples) {
      const analyses = analyseText(name, lines);
      const records = analyses.map((analysis) => requestOf([analysis]).resourceLogs[0]);
      records.forEach((resource, at) => {
        const [record] = resource?.scopeLogs[0]?.logRecords ?? [];
        const all = [...(resource?.resource.attributes ?? []), ...(record?.attributes ?? [])];
        expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
        for (const { key, value } of all) {
          expect(key).toMatch(/^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/);
          const [[type, content] = []] = Object.entries(value);
          if (type === "intValue") expect(content).toMatch(/^-?[0-9]{1,19}$/);
          else
            expect(typeof content).toBe(
              { stringValue: "string", boolValue: "boolean", doubleValue: "number" }[type ?? ""],
            );
        }
        const [row = []] = analyses[at] === undefined ? [] : reportTables.reports.rowsOf(analyses[at]);
        const told = reportTables.reports.columns.filter(
          (column, index) => row[index] !== null && attributeName(column.name) !== null,
        );
        expect(all).toHaveLength(told.length + 1);
        const names = new Set(all.map(({ key }) => key));
        for (const key of names) expect([...names].filter((other) => other.startsWith(`${key}.`))).toEqual([]);
      });
    }
  });

  it("give hostile names back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 6 }), (name) => {
        const [resource] = requestOf([killOf(name)]).resourceLogs;
        const [record] = resource?.scopeLogs[0]?.logRecords ?? [];
        expect(logTextOf(String(valuesOf(record?.attributes ?? [])["oom.victim.comm"]), "ndjson")).toBe(name);
      }),
    );
  });
});

describe("oomlog export", () => {
  const file = join(root, `samples/${pod}.log`);

  it("writes metrics, or a request a line, in place of a table", async () => {
    const prometheus = await runCommand(Export, ["--prometheus", file]);
    expect(prometheus.status).toBe(0);
    expect(seriesOf(prometheus.stdout).map(({ name }) => name)).toContain("oomlog_oom_kills_total");
    const otlp = await runCommand(Export, ["--otlp", file, join(root, "samples/3.2.71_amd64/m1_nested.log")]);
    const lines = otlp.stdout.split("\n");
    expect(lines).toHaveLength(2);
    const { resourceLogs }: Request = JSON.parse(lines[0] ?? "");
    expect(resourceLogs).toHaveLength(2);
    expect(resourceLogs[0]?.scopeLogs[0]?.scope.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.each([["--table=tasks"], ["--format=parquet"], ["--otlp"]])("refuses --prometheus with %s", async (other) => {
    const { status, stderr } = await runCommand(Export, ["--prometheus", other, file]);
    expect(status).toBe(2);
    expect(stderr).toContain("--prometheus");
  });

  it("is described in docs/telemetry.md, which scripts/columns.ts writes", () => {
    expect(readFileSync(join(root, "docs/telemetry.md"), "utf8")).toBe(telemetryPage());
  });
});
