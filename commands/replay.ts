import { Command } from "@oclif/core/command";
import { boolean, string } from "@oclif/core/flags";
import { fileArgs, reportFlags } from "../src/cli/flags.js";
import type { Summary } from "../src/cli/run-reports.js";

const edits = "WHAT IF";
const questions = "QUESTIONS";
const { check: _check, strict: _strict, ...flagsOfReports } = reportFlags;

export default class Replay extends Command {
  static override summary = "Ask what would have had to be different for another process to die, or none.";
  static override description =
    "Runs the kernel's own victim selection again with processes, memory or the kernel changed, and says who would have been killed. What a log leaves open is kept open: the answer says where it matters. Without a change: how far each process was from being killed or spared.";
  static override examples = [
    {
      description: "How far each process was from being killed",
      command: "<%= config.bin %> <%= command.id %> kern.log",
    },
    {
      description: "What another oom_score_adj and a larger process would have changed",
      command: "<%= config.bin %> <%= command.id %> --set mysqld:oom_score_adj=-500 --set 812:rss=+2GiB kern.log",
    },
    {
      description: "The highest oom_score_adj that keeps a process alive",
      command: "<%= config.bin %> <%= command.id %> --protect mysqld kern.log",
    },
    {
      description: "Who dies next, until 2 GiB are free",
      command: "<%= config.bin %> <%= command.id %> --sequence 5 --need 2GiB kern.log",
    },
    {
      description: "What every other kernel would have chosen",
      command: "<%= config.bin %> <%= command.id %> --on-kernel all kern.log",
    },
    {
      description: "What a set of adjustments would have changed in every report of a folder of logs",
      command: "<%= config.bin %> <%= command.id %> --policy oom.policy /var/log",
    },
  ];
  static override args = fileArgs;
  static override flags = {
    ...flagsOfReports,
    verbose: boolean({ char: "v", description: "Say of every candidate how far it is, not only of the best ten." }),
    set: string({
      description:
        "Change processes, by pid, name or cgroup: oom_score_adj (oom_adj up to v2.6.35), or the size of rss, swap or pgtables.",
      helpValue: "PROCESS:FIELD=VALUE",
      helpGroup: edits,
      multiple: true,
      multipleNonGreedy: true,
    }),
    remove: string({
      description: "Take processes away.",
      helpValue: "PROCESS",
      helpGroup: edits,
      multiple: true,
      multipleNonGreedy: true,
    }),
    add: string({
      description: "Add a process; also swap=, pgtables=, uid=.",
      helpValue: "name=NAME,rss=SIZE,adj=N",
      helpGroup: edits,
      multiple: true,
      multipleNonGreedy: true,
    }),
    "total-ram": string({
      description: "Another amount of RAM (MemTotal); with + or - more or less of it.",
      helpValue: "SIZE",
      helpGroup: edits,
    }),
    swap: string({ description: "Another amount of swap.", helpValue: "SIZE", helpGroup: edits }),
    "memory-max": string({
      description: "Another limit of the memory cgroup whose limit was hit.",
      helpValue: "SIZE",
      helpGroup: edits,
    }),
    "allocating-task": boolean({
      description: "With vm.oom_kill_allocating_task set, or not set.",
      helpGroup: edits,
      allowNo: true,
    }),
    "on-kernel": string({
      description: "By the rules of another kernel: a version, a release, an era, or all of them.",
      helpValue: "VERSION|all",
      helpGroup: edits,
    }),
    policy: string({
      description: "Set oom_score_adj by a file: a process and a number on each line.",
      helpValue: "FILE",
      helpGroup: edits,
    }),
    protect: string({
      description: "Find the highest oom_score_adj that keeps these alive.",
      helpValue: "PROCESS",
      helpGroup: questions,
    }),
    prefer: string({
      description: "Find the lowest oom_score_adj that makes one of these the choice.",
      helpValue: "PROCESS",
      helpGroup: questions,
    }),
    sequence: string({
      description: "Say who dies next, and next, at most so many.",
      helpValue: "N",
      helpGroup: questions,
    }),
    need: string({
      description: "With --sequence: stop when so much is freed.",
      helpValue: "SIZE",
      helpGroup: questions,
      dependsOn: ["sequence"],
    }),
  };

  async run(): Promise<Summary> {
    const { args, flags } = await this.parse(Replay);
    const [{ runReports }, { replayWriters }, { toQuestion }] = await Promise.all([
      import("../src/cli/run-reports.js"),
      import("../src/cli/replay-writers.js"),
      import("../src/cli/replay-question.js"),
    ]);
    const options = flags.kernel === undefined ? {} : { kernel: flags.kernel };
    return runReports(args.files ?? [], flags, replayWriters(toQuestion(flags), options));
  }
}
