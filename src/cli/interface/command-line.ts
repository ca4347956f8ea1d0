import type { Command } from "@oclif/core/command";

/** A flag of a command, as shells and manuals need it. */
export interface FlagSpec {
  readonly name: string;
  readonly char: string | null;
  readonly description: string;
  /** What it takes; null for a switch. */
  readonly value: string | null;
  /** The values that it takes, where they are a list. */
  readonly options: readonly string[];
  /** Its value names a file. */
  readonly takesFile: boolean;
  readonly default: string | null;
  /** The heading under which it stands; null for the common one. */
  readonly group: string | null;
}

/** A command, as shells and manuals need it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly description: string | null;
  readonly arguments: readonly { readonly name: string; readonly description: string; readonly multiple: boolean }[];
  /** Words that its argument may be; empty where it takes files. */
  readonly words: readonly string[];
  readonly flags: readonly FlagSpec[];
  readonly examples: readonly { readonly description: string; readonly command: string }[];
}

const helpFlag: FlagSpec = {
  name: "help",
  char: "h",
  description: "Show every flag.",
  value: null,
  options: [],
  takesFile: false,
  default: null,
  group: null,
};

/** The commands in the order of their names, without hidden ones. */
export function commandLineOf(commands: readonly Command.Cached[], bin: string): CommandSpec[] {
  return commands
    .filter(({ hidden }) => hidden !== true)
    .map((command) => commandSpec(command, bin))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function commandSpec(command: Command.Cached, bin: string): CommandSpec {
  const filled = (text: string): string =>
    text.replaceAll("<%= config.bin %>", bin).replaceAll("<%= command.id %>", command.id);
  return {
    name: command.id,
    summary: filled(command.summary ?? ""),
    description: command.description === undefined ? null : filled(command.description),
    arguments: Object.values(command.args).map(({ name, description, multiple }) => ({
      name,
      description: description ?? "",
      multiple: multiple === true,
    })),
    words: Object.values(command.args).flatMap(({ options }) => options ?? []),
    flags: [...Object.values(command.flags).flatMap(flagSpec), helpFlag].sort((a, b) => (a.name < b.name ? -1 : 1)),
    examples: (command.examples ?? []).flatMap((example) =>
      typeof example === "string"
        ? []
        : [{ description: filled(example.description), command: filled(example.command).trim() }],
    ),
  };
}

function flagSpec(flag: Command.Flag.Cached): FlagSpec[] {
  if (flag.hidden === true) return [];
  const isOption = flag.type === "option";
  const value = isOption ? (valueName(flag.helpValue) ?? flag.options?.join("|") ?? "VALUE") : null;
  return [
    {
      name: flag.name,
      char: flag.char ?? null,
      description: flag.description ?? flag.summary ?? "",
      value,
      options: (isOption ? flag.options : undefined) ?? [],
      takesFile: value === "FILE",
      default: isOption && typeof flag.default === "string" ? flag.default : null,
      group: flag.helpGroup ?? null,
    },
  ];
}

function valueName(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" || value === undefined ? (value as string | undefined) : value.join("|");
}
