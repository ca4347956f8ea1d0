import { readFileSync } from "node:fs";
import { eraFor } from "../kernel/eras/resolve.js";
import type { Edit } from "../model/what-if.js";
import { reasonOf } from "../node/system-error.js";
import { TOP_ROWS } from "../render/index.js";
import {
  EditError,
  type Policy,
  parseAdd,
  parsePolicy,
  parseSelector,
  parseSet,
  parseSize,
  parseSizeChange,
  type Question,
} from "../replay/what-if/index.js";
import { Failure } from "./failure.js";

/** The flags of `oomlog replay` that ask, as typed. */
export interface QuestionFlags {
  readonly verbose?: boolean | undefined;
  readonly set?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  readonly add?: readonly string[] | undefined;
  readonly "total-ram"?: string | undefined;
  readonly swap?: string | undefined;
  readonly "memory-max"?: string | undefined;
  readonly "allocating-task"?: boolean | undefined;
  readonly "on-kernel"?: string | undefined;
  readonly protect?: string | undefined;
  readonly prefer?: string | undefined;
  readonly sequence?: string | undefined;
  readonly need?: string | undefined;
  readonly policy?: string | undefined;
}

/** Reads what is asked; what makes no sense is a {@link Failure}. */
export function toQuestion(flags: QuestionFlags): Question {
  const { protect, prefer, sequence, policy: policyFile, "on-kernel": kernel } = flags;
  const edits = toEdits(flags);
  const policy = policyFile === undefined ? undefined : readPolicy(policyFile);
  if (kernel !== undefined && kernel !== "all" && eraFor(kernel) === null) {
    throw new Failure(
      `--on-kernel ${kernel}: not a kernel`,
      "Give a version (6.12), a release, an id of oomlog eras, or all",
    );
  }
  return {
    edits,
    ...(policy === undefined ? {} : { policy }),
    ...(protect === undefined ? {} : { protect: orFailure("protect", () => parseSelector(protect)) }),
    ...(prefer === undefined ? {} : { prefer: orFailure("prefer", () => parseSelector(prefer)) }),
    ...(sequence === undefined ? {} : { sequence: toSequence(sequence, flags.need) }),
    ...(kernel === undefined ? {} : { kernels: kernel === "all" ? kernel : [kernel] }),
    // Of a policy, what it changes over many reports is asked, not how far each process is from it.
    ...(policy === undefined ? { margins: flags.verbose ? "all" : TOP_ROWS } : {}),
  };
}

function toEdits(flags: QuestionFlags): Edit[] {
  const { set = [], remove = [], add = [], swap, "total-ram": ram, "memory-max": limit, "on-kernel": kernel } = flags;
  const allocating = flags["allocating-task"];
  const size = (flag: string, text: string) => orFailure(flag, () => parseSizeChange(text));
  return [
    ...set.map((text) => orFailure("set", () => parseSet(text))),
    ...remove.map((text): Edit => ({ kind: "remove", tasks: orFailure("remove", () => parseSelector(text)) })),
    ...add.map((text) => orFailure("add", () => parseAdd(text))),
    ...(ram === undefined ? [] : [{ kind: "total-ram", size: size("total-ram", ram) } as const]),
    ...(swap === undefined ? [] : [{ kind: "swap", size: size("swap", swap) } as const]),
    ...(limit === undefined ? [] : [{ kind: "memory-max", size: size("memory-max", limit) } as const]),
    ...(allocating === undefined ? [] : [{ kind: "allocating-task", on: allocating } as const]),
    ...(kernel === undefined || kernel === "all" ? [] : [{ kind: "on-kernel", kernel } as const]),
  ];
}

function toSequence(text: string, need: string | undefined): NonNullable<Question["sequence"]> {
  if (!/^[1-9][0-9]{0,4}$/.test(text)) {
    throw new Failure(`--sequence ${text}: not a number of kills`, "Give how many at most: 5");
  }
  return { kills: Number(text), needBytes: need === undefined ? null : orFailure("need", () => parseSize(need)) };
}

function readPolicy(file: string): Policy {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`--policy ${file}: ${reasonOf(error)}`, "Give a file with a name and an adjustment on each line");
  }
  return orFailure("policy", () => parsePolicy(text));
}

function orFailure<T>(flag: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof EditError) throw new Failure(`--${flag}: ${error.message}`, error.hint);
    throw error;
  }
}
