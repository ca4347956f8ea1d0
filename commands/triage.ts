import { Command } from "@oclif/core/command";
import { fileArgs, pageFlags } from "../src/cli/flags.js";
import type { Summary } from "../src/cli/run-reports.js";
import { triageFlags } from "../src/cli/triage-flags.js";

export default class Triage extends Command {
  static override summary = "Group the kills of many logs into incidents.";
  static override description =
    "One problem or five? Reports with the same limit, cgroup, victim and cause are one incident, on one host or many; each comes with its hosts, rate, storms, restart loops, growth and verdicts.";
  static override examples = [
    { description: "What happened on a fleet", command: "<%= config.bin %> <%= command.id %> /var/log/remote" },
    {
      description: "Each host for itself",
      command: "<%= config.bin %> <%= command.id %> --group-by host,victim /var/log/remote",
    },
    {
      description: "Only what the re-run does not confirm",
      command: "<%= config.bin %> <%= command.id %> --where verdict=differs /var/log/remote",
    },
    { description: "For a ticket", command: "<%= config.bin %> <%= command.id %> --markdown --output oom.md /var/log" },
    {
      description: "To look at: a page with the incidents and a report of each",
      command: "<%= config.bin %> <%= command.id %> --html fleet.html /var/log/remote",
    },
    {
      description: "Fail a job in which anything was killed",
      command: "dmesg | <%= config.bin %> <%= command.id %> --max-kills 0",
    },
    {
      description: "For a program",
      command: "<%= config.bin %> <%= command.id %> --json /var/log/remote | jq '.incidents[].title'",
    },
  ];
  static override args = fileArgs;
  static override flags = { ...pageFlags, ...triageFlags };

  async run(): Promise<Summary> {
    const { args, flags } = await this.parse(Triage);
    const { runTriage } = await import("../src/cli/run-triage.js");
    return runTriage(args.files ?? [], flags, this.config.root);
  }
}
