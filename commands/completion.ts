import { string } from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import { ExitStatus } from "../src/cli/exit-status.js";
import { type Shell, shells } from "../src/cli/interface/completion.js";

export default class Completion extends Command {
  static override summary = "Print a script that makes a shell complete commands, flags and their values.";
  static override description =
    "For bash, write it to /usr/share/bash-completion/completions/oomlog or source it; for zsh, to _oomlog in a folder of $fpath; for fish, to ~/.config/fish/completions/oomlog.fish.";
  static override examples = [
    { description: "In this bash", command: "source <(<%= config.bin %> <%= command.id %> bash)" },
    {
      description: "In every fish from now on",
      command: "<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/oomlog.fish",
    },
  ];
  static override args = {
    shell: string({
      description: "The shell.",
      options: [...shells],
      required: true,
      ignoreStdin: true,
    }),
  };

  async run(): Promise<{ status: ExitStatus }> {
    const { args } = await this.parse(Completion);
    const { completions } = await import("../src/cli/interface/completion.js");
    const { commandLineOf } = await import("../src/cli/interface/command-line.js");
    const { bin, commands } = this.config;
    process.stdout.write(completions[args.shell as Shell]({ bin, commands: commandLineOf(commands, bin) }));
    return { status: ExitStatus.found };
  }
}
