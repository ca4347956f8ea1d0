import { type ColumnHead, reportTables } from "./columns/index.js";
import { attributeName } from "./otlp/log-records.js";
import { type Metric, metrics } from "./prometheus/metrics.js";

const introduction = `# Metrics and log records

What \`oomlog export --prometheus\` and \`oomlog export --otlp\` write. This page is made from the program's own tables
(\`node dist/scripts/columns.js\` after a build), and a test holds both equal.
`;

const metricsIntroduction = `## Metrics

A textfile for node_exporter: the text format 0.0.4, no timestamps. Counters count what the given logs hold, so a rotated
log makes them start anew, as a restarted program does. A label that the log does not tell is left out; \`constraint\` and
\`cause\` are then \`unknown\`. \`cause\` is the id of a diagnosis (docs/diagnoses). At most 1,000 hosts and 50 names are told
apart; what is beyond is \`other\`.
`;

const recordsIntroduction = `## Log records

OTLP/JSON, one request of up to 100 records a line, which \`/v1/logs\` of a collector and its file receiver take. The body is
the answer in words. \`severityNumber\` is 17 (ERROR) for a kill, 21 (FATAL) for a panic, 13 (WARN) where nobody died;
\`eventName\` is \`oomlog.oom_kill\`, or \`oomlog.oom_report\` where nobody died. \`log.record.uid\` with the host's name tells
repeats. There is no convention for OOM kills: names that OpenTelemetry does not have begin with \`oom.\`. The columns are
those of the table \`reports\` in [columns.md](columns.md); what the log does not tell is left out.
`;

/** docs/telemetry.md. */
export function telemetryPage(): string {
  return [
    introduction,
    metricsIntroduction,
    table(["metric", "type", "labels", "meaning"], Object.values(metrics).map(metricRow)),
    recordsIntroduction,
    table(
      ["attribute", "of the", "column", "type", "meaning"],
      reportTables.reports.columns.flatMap((column) => attributeRow(column)),
    ),
  ].join("\n");
}

function metricRow({ name, type, labels, help }: Metric): string[] {
  return [`\`${name}\``, type, labels.map((label) => `\`${label}\``).join(", "), help];
}

const valueTypes = { text: "string", integer: "int", real: "double", boolean: "bool", time: "" } as const;

function attributeRow({ name, type, meaning }: ColumnHead): string[][] {
  const attribute = attributeName(name);
  return attribute === null
    ? [["`timeUnixNano`", "record, a field", `\`${name}\``, "", meaning]]
    : [[`\`${attribute.name}\``, attribute.of, `\`${name}\``, valueTypes[type], meaning]];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n")}\n`;
}
