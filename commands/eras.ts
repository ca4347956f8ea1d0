import { Command } from "@oclif/core/command";
import { boolean, option } from "@oclif/core/flags";
import { reportFlags } from "../src/cli/flags.js";

export default class Eras extends Command {
  static override summary = "Show the rules by kernel: who is killed, since when, by which commit.";
  static override description =
    "The rule table that explain and replay run on. docs/kernel-eras.md is its output as Markdown.";
  static override examples = [
    { description: "Read the rules", command: "<%= config.bin %> <%= command.id %>" },
    { description: "As Markdown", command: "<%= config.bin %> <%= command.id %> --markdown --output kernel-eras.md" },
    {
      description: "For a program",
      command: "<%= config.bin %> <%= command.id %> --json | jq '.ruleSets[].since'",
    },
  ];
  static override flags = {
    format: option({
      description: "Format of the result.",
      options: ["text", "json", "markdown"] as const,
      default: "text",
      exclusive: ["json", "markdown"],
    })(),
    json: boolean({ description: "Same as --format json.", exclusive: ["markdown"] }),
    markdown: boolean({ description: "Same as --format markdown." }),
    output: reportFlags.output,
    color: reportFlags.color,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Eras);
    const { writeEras } = await import("../src/cli/eras.js");
    await writeEras(flags);
  }
}
