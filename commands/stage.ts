import { Command } from "@oclif/core/command";
import { boolean, string } from "@oclif/core/flags";
import { reportFlags } from "../src/cli/flags.js";
import type { StageSummary } from "../src/cli/run-stage.js";

const { kernel, arch, "page-size": pageSize, "total-pages": totalPages, year, tz, quiet } = reportFlags;

export default class Stage extends Command {
  static override summary = "Work as a stage of a stream engine: records in, analyses and checkpoints out.";
  static override description =
    "Reads NDJSON on standard input, a record a line with host, time and message, and partition and offset where the engine has them; writes NDJSON: analyses, checkpoints, and records that can not be read. The lines of a host come in order, to one worker. docs/how-to/stage.md says how engines attach it.";
  static override examples = [
    {
      description: "The journal of a machine",
      command: "journalctl -k -o json | <%= config.bin %> <%= command.id %>",
    },
    {
      description: "Records of a collector, by its own names",
      command:
        "<%= config.bin %> <%= command.id %> --field message=log,host=kubernetes.host,time=date < records.ndjson",
    },
  ];
  static override flags = {
    field: string({
      description: "Names of the fields of a record, with commas; dots lead into objects.",
      helpValue: "message=NAME,host=NAME,time=NAME",
    }),
    lockstep: boolean({
      description: "Answer each line with one line, a list: for engines that wait for it.",
    }),
    "flush-on-term": boolean({
      description: "When told to end, close open reports as they are, in place of leaving them to the next run.",
    }),
    kernel,
    arch,
    "page-size": pageSize,
    "total-pages": totalPages,
    year,
    tz,
    quiet,
  };

  async run(): Promise<StageSummary> {
    const { flags } = await this.parse(Stage);
    const { runStage } = await import("../src/cli/run-stage.js");
    return runStage(flags);
  }
}
