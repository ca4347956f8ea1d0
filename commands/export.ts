import { Command } from "@oclif/core/command";
import { boolean, option } from "@oclif/core/flags";
import { fileArgs, reportFlags } from "../src/cli/flags.js";
import type { Summary } from "../src/cli/run-reports.js";
import { whereFlag } from "../src/cli/triage-flags.js";

const { format: _format, json: _json, ndjson: _ndjson, markdown: _markdown, color: _color, ...flags } = reportFlags;

export default class Export extends Command {
  static override summary = "Write what logs hold as a table, for databases and spreadsheets.";
  static override description = "The columns of each table are described in docs/columns.md.";
  static override examples = [
    {
      description: "Every kill as CSV",
      command: "<%= config.bin %> <%= command.id %> --table kills --output kills.csv /var/log",
    },
    {
      description: "Every task of every report as Parquet",
      command: "<%= config.bin %> <%= command.id %> --table tasks --format parquet --output tasks.parquet /var/log",
    },
    {
      description: "Every report into a database of SQLite (or duckdb, psql)",
      command: "<%= config.bin %> <%= command.id %> --format sql /var/log | sqlite3 oom.db",
    },
    {
      description: "Metrics for Prometheus",
      command:
        "<%= config.bin %> <%= command.id %> --prometheus --output /var/lib/node_exporter/oomlog.prom /var/log/kern.log",
    },
    {
      description: "Log records for an OpenTelemetry collector",
      command: "<%= config.bin %> <%= command.id %> --otlp --output oomlog.jsonl kern.log",
    },
    {
      description: "Who dies how often",
      command: `<%= config.bin %> <%= command.id %> --format ndjson /var/log | jq -r .victim | sort | uniq -c`,
    },
  ];
  static override args = fileArgs;
  static override flags = {
    ...flags,
    table: option({
      description: "What a row is.",
      options: ["reports", "tasks", "zones", "memcg", "kills", "findings", "incidents"] as const,
      default: "reports",
    })(),
    format: option({
      description: "Format of the table.",
      options: ["csv", "ndjson", "parquet", "sql"] as const,
      default: "csv",
    })(),
    prometheus: boolean({
      description: "Write metrics for node_exporter's textfile collector in place of a table.",
      exclusive: ["table", "format", "otlp"],
    }),
    otlp: boolean({
      description: "Write reports as OpenTelemetry log records (OTLP/JSON), a request a line, in place of a table.",
      exclusive: ["table", "format"],
    }),
    where: whereFlag,
  };

  async run(): Promise<Summary> {
    const { args, flags: typed } = await this.parse(Export);
    const { runExport } = await import("../src/cli/run-export.js");
    return runExport(args.files ?? [], { ...typed, version: this.config.version });
  }
}
