import type { Analysis } from "../../model/analysis.js";
import { type Cell, type ColumnType, cellText, reportColumn, reportColumns } from "../columns/index.js";
import { answerOf } from "../content/answer.js";
import { viewOf } from "../content/view.js";
import type { Plain } from "../json/plain.js";
import { GLUE } from "../quantity.js";
import { visible } from "../visible.js";
import { spanOf, type Words } from "../words.js";

/**
 * Columns of the table `reports` that OpenTelemetry has a name for. The others are attributes of our own prefix, by the
 * name of their column: {@link attributeName}.
 */
const semanticNames: Readonly<Record<string, string>> = {
  id: "log.record.uid",
  source: "log.file.path",
  victim_pid: "process.pid",
  victim: "oom.victim.comm",
  victim_bytes: "oom.victim.resident_bytes",
  cgroup_oom_memcg: "oom.memcg",
};

/** Columns that describe where the record comes from. */
const resourceNames: Readonly<Record<string, string>> = {
  host: "host.name",
  cgroup_pod_uid: "k8s.pod.uid",
  cgroup_container_id: "container.id",
};

/** Columns that are fields of the record itself. */
const recordFields: ReadonlySet<string> = new Set(["time"]);

/** The attribute that a column of the table `reports` is; null for one that is a field of the record. */
export function attributeName(column: string): { readonly of: "resource" | "record"; readonly name: string } | null {
  if (recordFields.has(column)) return null;
  const resource = resourceNames[column];
  if (resource !== undefined) return { of: "resource", name: resource };
  return { of: "record", name: semanticNames[column] ?? `oom.${column.replace(/^(kernel|trigger)_/, "$1.")}` };
}

interface Attribute {
  readonly of: "resource" | "record";
  readonly name: string;
  readonly value: (analysis: Analysis) => Plain | undefined;
}

const attributes: readonly Attribute[] = reportColumns.flatMap((name) => {
  const attribute = attributeName(name);
  const column = reportColumn(name);
  if (attribute === null || column === undefined) return [];
  return [{ ...attribute, value: (analysis: Analysis) => anyValue(column.of(analysis), column.type) }];
});

/** Severity by OpenTelemetry's data model: FATAL, ERROR, WARN. */
const severities = {
  panic: { severityNumber: 21, severityText: "FATAL" },
  kill: { severityNumber: 17, severityText: "ERROR" },
  none: { severityNumber: 13, severityText: "WARN" },
} as const;

export interface LogRecordsOptions {
  /** When the logs are read, in milliseconds since 1970. */
  readonly observedAt: number;
  /** The version of the program. */
  readonly version: string;
}

/**
 * Analyses as log records of OpenTelemetry in OTLP/JSON: one `ExportLogsServiceRequest`, which `/v1/logs` of a collector
 * takes as it is. Reports of one resource (host, pod, container) stand together.
 */
export function toLogRecords(analyses: readonly Analysis[], options: LogRecordsOptions): Plain {
  const byResource = new Map<string, { readonly attributes: Plain[]; readonly logRecords: Plain[] }>();
  for (const analysis of analyses) {
    const own = [{ key: "os.type", value: { stringValue: "linux" } }, ...attributesOf(analysis, "resource")];
    const key = JSON.stringify(own);
    const known = byResource.get(key);
    const record = logRecord(analysis, options);
    if (known === undefined) byResource.set(key, { attributes: own, logRecords: [record] });
    else known.logRecords.push(record);
  }
  return {
    resourceLogs: [...byResource.values()].map(({ attributes: own, logRecords }) => ({
      resource: { attributes: own },
      scopeLogs: [{ scope: { name: "oomlog", version: options.version }, logRecords }],
    })),
  };
}

function logRecord(analysis: Analysis, { observedAt }: LogRecordsOptions): Plain {
  const { report } = analysis;
  const kind = report.panic !== undefined ? "panic" : report.kills.length > 0 ? "kill" : "none";
  const time = reportColumn("time")?.of(analysis);
  return {
    ...(time === null || time === undefined ? {} : { timeUnixNano: String(BigInt(time as bigint) * 1000n) }),
    observedTimeUnixNano: String(BigInt(observedAt) * 1_000_000n),
    ...severities[kind],
    eventName: kind === "none" ? "oomlog.oom_report" : "oomlog.oom_kill",
    body: { stringValue: sentenceOf(analysis) },
    attributes: attributesOf(analysis, "record"),
  };
}

function attributesOf(analysis: Analysis, of: Attribute["of"]): Plain[] {
  return attributes.flatMap((attribute) => {
    if (attribute.of !== of) return [];
    const value = attribute.value(analysis);
    return value === undefined ? [] : [{ key: attribute.name, value }];
  });
}

/** Undefined where the log does not tell: an attribute without a value is left out. */
function anyValue(value: Cell, type: ColumnType): Plain | undefined {
  if (value === null) return undefined;
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "string") return { stringValue: cellText(value) };
  if (type === "integer") return intValue(BigInt(value));
  const real = Number(value);
  return Number.isFinite(real) ? { doubleValue: real } : undefined;
}

/** 64 bits, as a string by the mapping of protobuf to JSON; a larger one, which only a damaged log has, is text. */
function intValue(value: bigint): Plain {
  const text = String(value);
  return BigInt.asIntN(64, value) === value ? { intValue: text } : { stringValue: text };
}

/** The first lines of an explanation: `Killed: java (pid 29), …. Limit: …`. */
function sentenceOf(analysis: Analysis): string {
  const facts = answerOf(viewOf(analysis)).slice(0, 3);
  return facts.map(({ label, words }) => `${label}: ${plainText(words)}`).join("; ");
}

function plainText(words: Words): string {
  return words
    .map((word) => {
      const { text, tone } = spanOf(word);
      return tone === "log" ? visible(text) : text.replaceAll(GLUE, " ");
    })
    .join("");
}
