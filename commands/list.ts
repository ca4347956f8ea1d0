import { Command } from "@oclif/core/command";
import { fileArgs, reportFlags } from "../src/cli/flags.js";
import type { Summary } from "../src/cli/run-reports.js";

export default class List extends Command {
  static override summary = "List the OOM reports of logs, one line each.";
  static override examples = [
    { description: "List what a log holds", command: "<%= config.bin %> <%= command.id %> /var/log/kern.log" },
    { description: "List the kills of a directory of logs", command: "<%= config.bin %> <%= command.id %> /var/log" },
    { description: "One JSON object a line", command: "journalctl -k | <%= config.bin %> <%= command.id %> --ndjson" },
  ];
  static override args = fileArgs;
  static override flags = reportFlags;

  async run(): Promise<Summary> {
    const { args, flags } = await this.parse(List);
    const [{ runReports }, { listWriters }] = await Promise.all([
      import("../src/cli/run-reports.js"),
      import("../src/cli/writers.js"),
    ]);
    return runReports(args.files ?? [], flags, listWriters, "limit");
  }
}
