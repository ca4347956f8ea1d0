import type { CommandSpec, FlagSpec } from "./command-line.js";

/** What a manual page needs beside the commands. */
export interface Manual {
  readonly bin: string;
  readonly version: string;
  /** One sentence. */
  readonly description: string;
  readonly commands: readonly CommandSpec[];
  /** What each exit status means. */
  readonly statuses: readonly (readonly [status: number, meaning: string])[];
}

/** The manual page of a program in the language of man(7), from what `--help` shows. */
export function manualPage({ bin, version, description, commands, statuses }: Manual): string {
  return [
    `.TH ${bin.toUpperCase()} 1 "" "${bin} ${version}" "User Commands"`,
    ".SH NAME",
    `${bin} \\- ${roff(description)}`,
    ".SH SYNOPSIS",
    ...commands.flatMap((command) => [`${bold(`${bin} ${command.name}`)} ${roff(synopsisOf(command))}`, ".br"]),
    ".SH DESCRIPTION",
    roff(
      `${description}. Logs are files, folders, patterns, archives or standard input. The result goes to standard output, everything else to standard error.`,
    ),
    ".SH COMMANDS",
    ...commands.flatMap(commandSection),
    ".SH EXIT STATUS",
    ...statuses.flatMap(([status, meaning]) => [".TP", `.B ${status}`, roff(meaning)]),
    ".SH ENVIRONMENT",
    ".TP",
    ".B NO_COLOR",
    "When set, text is not coloured.",
    ".TP",
    ".B COLUMNS",
    "Width of text that does not go to a terminal.",
    "",
  ].join("\n");
}

function synopsisOf({ flags, arguments: args, words }: CommandSpec): string {
  const places = args.map(({ name, multiple }) => {
    const shown = words.length > 0 ? words.join("|") : name.toUpperCase().replace(/S$/, "");
    return `[${shown}${multiple ? "..." : ""}]`;
  });
  return [flags.length > 0 ? "[FLAGS]" : "", ...places].filter((part) => part !== "").join(" ");
}

function commandSection({ name, summary, description, flags, examples }: CommandSpec): string[] {
  const groups = [...new Set(flags.map(({ group }) => group))];
  return [
    `.SS ${name}`,
    roff(summary),
    ...(description === null ? [] : [".PP", roff(description)]),
    ...groups.flatMap((group) => [
      ...(group === null ? [] : [".PP", `.I ${roff(group.charAt(0) + group.slice(1).toLowerCase())}:`]),
      ...flags.filter((flag) => flag.group === group).flatMap(flagEntry),
    ]),
    ...(examples.length === 0 ? [] : [".PP", "Examples:"]),
    ...examples.flatMap(({ description: what, command }) => [
      ".PP",
      `${roff(what)}:`,
      ".RS 4",
      ".EX",
      roff(command),
      ".EE",
      ".RE",
    ]),
  ];
}

function flagEntry({ name, char, value, description, default: fallback }: FlagSpec): string[] {
  const short = char === null ? "" : `${bold(`-${char}`)}, `;
  const taken = value === null ? "" : ` \\fI${roff(value)}\\fR`;
  const preset = fallback === null ? "" : ` The default is ${fallback}.`;
  return [".TP", `${short}${bold(`--${name}`)}${taken}`, roff(`${description}${preset}`)];
}

function bold(text: string): string {
  return `\\fB${roff(text)}\\fR`;
}

/** Text as roff has it: a hyphen that is a minus, no escape, no request at the start of a line. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("…", "...")
    .replaceAll("\n", " ")
    .replace(/^[.']/, "\\&$&");
}
