import { string as stringArg } from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import { boolean, string } from "@oclif/core/flags";
import { reportFlags } from "../src/cli/flags.js";
import type { WatchSummary } from "../src/cli/run-watch.js";

const {
  report: _report,
  since: _since,
  until: _until,
  format: _format,
  json: _json,
  markdown: _markdown,
  output: _output,
  check: _check,
  strict: _strict,
  ndjson: _ndjson,
  threads: _threads,
  ...flags
} = reportFlags;

export default class Watch extends Command {
  static override summary = "Follow a log and explain each OOM kill as soon as its report is over.";
  static override description =
    "Follows a file as it grows and is rotated, the kernel's own log, or what is piped in. Each report is told about a second after its last line. With a cursor file it goes on where it stopped, and neither repeats nor loses a kill.";
  static override examples = [
    { description: "This machine", command: "sudo <%= config.bin %> <%= command.id %> /dev/kmsg" },
    { description: "A log that is rotated", command: "<%= config.bin %> <%= command.id %> /var/log/kern.log" },
    { description: "The journal", command: "journalctl -kf -o json | <%= config.bin %> <%= command.id %>" },
    {
      description: "One JSON line for each kill, across restarts",
      command: "<%= config.bin %> <%= command.id %> --ndjson --cursor /var/lib/oomlog/cursor /var/log/kern.log",
    },
    {
      description: "Call a web hook with the analysis",
      command: "<%= config.bin %> <%= command.id %> --exec 'curl -s -d @- https://hooks.example.org/oom' /dev/kmsg",
    },
  ];
  static override args = {
    source: stringArg({
      description: "A file, or /dev/kmsg; - or nothing is standard input.",
      default: "-",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    ...flags,
    ndjson: boolean({ description: "Write one JSON line for each report." }),
    exec: string({
      description: "Run a command for each report, with the analysis as JSON on its standard input.",
      helpValue: "CMD",
    }),
    cursor: string({ description: "File that keeps the place between runs.", helpValue: "FILE" }),
    "from-start": boolean({ description: "Begin with what is there already, where no cursor says more." }),
  };

  async run(): Promise<WatchSummary> {
    const { args, flags: typed } = await this.parse(Watch);
    const { runWatch } = await import("../src/cli/run-watch.js");
    return runWatch(args.source, typed);
  }
}
