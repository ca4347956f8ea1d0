import type { Trust } from "../model/log-line.js";
import type { Header } from "./header.js";
import type { Entry } from "./order/entry.js";

/** How many records are held until a second tag shows that the first one is a program's. */
const SNIFF = 1024;

/** Decides for each record whether the source vouches that the kernel wrote it. */
export interface TrustJudge {
  push(entry: Entry): void;
  /** Whether it waits for a second tag. */
  readonly waits: boolean;
  /** No record is at hand right now: a tag that may still turn out a program's is taken for one. */
  flush(): void;
  end(): void;
}

/** What tells the writers of tagged lines apart, or null for a line without tag. */
function writerOf({ ident, pid, facility }: Header): string | null {
  return ident === null
    ? null
    : `${ident} ${pid === null ? "" : "[]"} ${facility === null || facility === 0 ? "" : "<>"}`;
}
const KERNEL = writerOf({ ident: "kernel", pid: null, facility: 0 } as Header);

/**
 * A transport's proof decides where there is one. Else a facility above 0, a pid in the tag or another tag than `kernel`
 * means a program; unless all of the source has that one tag: then somebody piped the kernel's log through a program
 * (`dmesg -w | logger`), and each line is as good as any text.
 */
export function createTrustJudge(emit: (entry: Entry, trust: Trust) => void): TrustJudge {
  let held: Entry[] = [];
  /** The only writer so far, while that is not the kernel's tag. */
  let only: string | null = null;
  let mixed = false;

  function release(trust: Trust): void {
    const entries = held;
    held = [];
    for (const entry of entries)
      emit(entry, plainTrust(entry.header) ?? (writerOf(entry.header) === only ? trust : "userspace"));
  }

  function judge(entry: Entry, writer: string): void {
    if (writer === KERNEL || (only !== null && writer !== only)) {
      mixed = true;
      release("userspace");
      emit(entry, writer === KERNEL ? "claimed" : "userspace");
      return;
    }
    if (only !== null && held.length === 0) {
      emit(entry, "claimed");
      return;
    }
    only = writer;
    held.push(entry);
    if (held.length >= SNIFF) release("claimed");
  }

  return {
    push(entry) {
      const plain = plainTrust(entry.header);
      if (plain !== null) {
        if (held.length > 0) held.push(entry);
        else emit(entry, plain);
        return;
      }
      const writer = writerOf(entry.header) ?? "";
      if (mixed) emit(entry, writer === KERNEL ? "claimed" : "userspace");
      else judge(entry, writer);
    },
    get waits() {
      return held.length > 0;
    },
    flush() {
      if (held.length === 0) return;
      release("userspace");
      only = null;
    },
    end() {
      release("claimed");
    },
  };
}

/** What the line alone decides, or null where its tag does. */
function plainTrust(header: Header): Trust | null {
  if (header.proof !== null) return header.proof;
  if (header.ident !== null) return null;
  // dmesg -r: a facility above 0 proves a program, facility 0 proves nothing.
  return header.facility !== null && header.facility > 0 ? "userspace" : "claimed";
}
