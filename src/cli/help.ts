import { Help } from "@oclif/core/help";

/** oclif's help, with the examples and exit statuses that a first reader looks for. */
export default class OomlogHelp extends Help {
  override formatRoot(): string {
    const examples = [
      "Explain every OOM report of a log",
      "$ oomlog explain /var/log/kern.log",
      "",
      "Explain the last OOM kill of this machine",
      "$ dmesg | oomlog explain --report last",
      "",
      "One line per report",
      "$ journalctl -k | oomlog list",
    ];
    const statuses = [
      "0  reports were found",
      "1  none was found",
      "2  wrong usage, or an input that could not be read",
    ];
    return [
      super.formatRoot(),
      this.section("EXAMPLES", examples.join("\n")),
      this.section("EXIT STATUS", statuses.join("\n")),
    ].join("\n\n");
  }
}
