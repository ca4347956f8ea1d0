import { nearestWord } from "./nearest-word.js";

/** What oclif throws: its parser, and `Command.exit`. */
interface OclifError extends Error {
  readonly code?: string;
  readonly oclif: { readonly exit: number };
  /** Flags that do not exist. */
  readonly flags?: readonly string[];
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, unknown>> } };
}

export function isOclifError(error: unknown): error is OclifError {
  return error instanceof Error && "oclif" in error;
}

/** What oclif's parser says, in the form of our own messages. */
export function usageError(error: OclifError): { readonly message: string; readonly hint: string } {
  const [flag] = error.flags ?? [];
  if (flag !== undefined) {
    const [typed = ""] = flag.replace(/^--/, "").split("=");
    const nearest = nearestWord(typed, Object.keys(error.parse?.input?.flags ?? {}));
    return {
      message: `there is no flag ${flag}`,
      hint: nearest === undefined ? SEE_HELP : `Did you mean --${nearest}? ${SEE_HELP}`,
    };
  }
  const lines = error.message.split("\n").map((line) => line.trim());
  const message = lines.filter(
    (line) => !/^(?:The following errors? occurred:|See more help with --help)?$/.test(line),
  );
  // oclif says of a flag without a value that it is true.
  return { message: message.join("; ").replaceAll("=true cannot", " cannot"), hint: SEE_HELP };
}

const SEE_HELP = "--help shows every flag";
