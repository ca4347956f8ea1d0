import { Command } from "@oclif/core/command";
import { boolean } from "@oclif/core/flags";
import { fileArgs, pageFlags } from "../src/cli/flags.js";
import type { Summary } from "../src/cli/run-reports.js";

export default class Explain extends Command {
  static override summary = "Say who was killed, by which limit, why, and whether a re-run confirms it.";
  static override description =
    "Finds every OOM report in kernel logs, re-runs the kernel's own victim selection on it, and explains the outcome.";
  static override examples = [
    { description: "Explain every report of a log", command: "<%= config.bin %> <%= command.id %> /var/log/kern.log" },
    {
      description: "Explain the last one of this machine",
      command: "dmesg | <%= config.bin %> <%= command.id %> --report last",
    },
    {
      description: "Follow the kernel's decision step by step",
      command: "<%= config.bin %> <%= command.id %> --trace kern.log",
    },
    { description: "For a ticket", command: "<%= config.bin %> <%= command.id %> --markdown --output oom.md kern.log" },
    {
      description: "To look at: a page with the memory, the ranking and what if",
      command: "<%= config.bin %> <%= command.id %> --html oom.html kern.log",
    },
    {
      description: "What a printed word means",
      command: "<%= config.bin %> <%= command.id %> --glossary swapents lowmem_reserve[]",
    },
    {
      description: "For a program",
      command: "<%= config.bin %> <%= command.id %> --json kern.log | jq '.analyses[].verdict.kind'",
    },
  ];
  static override args = fileArgs;
  static override flags = {
    ...pageFlags,
    verbose: boolean({ char: "v", description: "Show everything that the report holds." }),
    trace: boolean({ description: "Show the kernel's decision path step by step." }),
    glossary: boolean({ description: "Say what the printed words mean: all, or those given in place of files." }),
  };

  async run(): Promise<Summary | undefined> {
    const { args, flags } = await this.parse(Explain);
    if (flags.glossary) {
      const [{ printGlossary }, { paint, wantsColor, widthOf }] = await Promise.all([
        import("../src/cli/glossary.js"),
        import("../src/cli/terminal.js"),
      ]);
      const { stdout, env } = process;
      const options = { width: widthOf(stdout, env), paint: wantsColor(flags.color, stdout, env) ? paint : null };
      stdout.write(printGlossary(args.files ?? [], options));
      return undefined;
    }
    const [{ runReports }, { explainPageWriters }] = await Promise.all([
      import("../src/cli/run-reports.js"),
      import("../src/cli/writers.js"),
    ]);
    return runReports(args.files ?? [], flags, explainPageWriters(flags.kernel, this.config.root));
  }
}
