import { Command } from "@oclif/core/command";
import { string } from "@oclif/core/flags";

export default class Page extends Command {
  static override summary = "Write the offline page: a file that explains logs in a browser.";
  static override description =
    "One HTML file with the whole program in it. Drop logs on it or paste them; they are read in the browser, and nothing leaves it: the page has no network access.";
  static override examples = [
    {
      description: "To open, to mail, to keep on a share",
      command: "<%= config.bin %> <%= command.id %> --output oomlog.html",
    },
    {
      description: "For a web server of your own",
      command: "<%= config.bin %> <%= command.id %> > /var/www/html/oomlog.html",
    },
  ];
  static override flags = {
    output: string({ char: "o", description: "Write the page to a file.", helpValue: "FILE" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Page);
    const { writePage } = await import("../src/cli/write-page.js");
    await writePage(flags.output, this.config.root);
  }
}
