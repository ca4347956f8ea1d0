import { string as stringArg } from "@oclif/core/args";
import { boolean, option, string } from "@oclif/core/flags";
import { formats, pageFormats } from "./formats.js";
import { colorChoices } from "./terminal.js";

/** The arguments of every command that reads logs. */
export const fileArgs = {
  files: stringArg({
    description: "Logs and directories of logs; - or nothing is standard input.",
    multiple: true,
    // oclif would take piped log text for the name of a file.
    ignoreStdin: true,
  }),
};

const silent = "WHERE THE LOG IS SILENT";

/** The flags of every command that reads logs and writes reports. */
export const reportFlags = {
  report: string({
    description: "Take one report: its number, counted from 1 in input order, or the last.",
    helpValue: "N|last|all",
    default: "all",
  }),
  host: string({ description: "Take the reports of one host.", helpValue: "NAME" }),
  since: string({
    description: 'Take reports from a time on: "2026-10-17 10:03", yesterday, "2 hours ago", -90min.',
    helpValue: "TIME",
  }),
  until: string({ description: "Take reports up to a time.", helpValue: "TIME" }),
  format: option({
    description: "Format of the result.",
    options: formats,
    default: "text",
    exclusive: ["json", "ndjson", "markdown"],
  })(),
  json: boolean({ description: "Same as --format json.", exclusive: ["ndjson", "markdown"] }),
  ndjson: boolean({ description: "Same as --format ndjson.", exclusive: ["markdown"] }),
  markdown: boolean({ description: "Same as --format markdown." }),
  output: string({ description: "Write the result to a file, which appears when it is whole.", helpValue: "FILE" }),
  color: option({
    description: "Colour the text; auto: on a terminal, unless NO_COLOR is set.",
    options: colorChoices,
    default: "auto",
  })(),
  threads: string({
    description: "Threads that read files side by side; default: as many as processors, 4 at most.",
    helpValue: "N",
  }),
  quiet: boolean({ char: "q", description: "Say nothing on stderr but errors." }),
  check: boolean({ description: "Exit with 1 when the re-run differs from a logged kill." }),
  strict: boolean({ description: "With --check: also when it can not decide.", dependsOn: ["check"] }),
  kernel: string({
    description: "Kernel, where the log does not tell: a release or an era of the rule table.",
    helpValue: "RELEASE",
    helpGroup: silent,
  }),
  "page-size": string({ description: "Page size in bytes or KiB: 4096, 64K.", helpValue: "SIZE", helpGroup: silent }),
  "total-pages": string({
    description: "Memory and swap that the selection ran on, in pages.",
    helpValue: "N",
    helpGroup: silent,
  }),
  arch: string({
    description: "Architecture, as uname -m names it: x86_64.",
    helpValue: "ARCH",
    helpGroup: silent,
  }),
  year: string({
    description: "Year of the first stamp, where stamps have none.",
    helpValue: "YYYY",
    helpGroup: silent,
  }),
  tz: string({
    description: "Time zone of stamps that name none: a name or an offset.",
    helpValue: "ZONE",
    helpGroup: silent,
  }),
};

/** The same for commands that write pages, too. */
export const pageFlags = {
  ...reportFlags,
  format: option({
    description: "Format of the result; html is a page for a browser.",
    options: pageFormats,
    default: "text",
    exclusive: ["json", "ndjson", "markdown", "html"],
  })(),
  html: string({
    description: "Write a page for a browser to a file: it needs no network and no server.",
    helpValue: "FILE",
    exclusive: ["json", "ndjson", "markdown", "output"],
  }),
};
