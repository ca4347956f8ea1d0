import type { ConsoleItem } from "./host/console.js";
import { unescapeText } from "./host/console.js";

/** What the guest said at boot. */
export interface Hello {
  readonly release: string;
  readonly machine: string;
  readonly pageSizeBytes: number;
  readonly cpus: number;
  /** `uname -v`. */
  readonly version: string;
}

/** A death as init saw it. */
export interface Death {
  readonly task: string;
  readonly pid: number;
  /** Wait status; 9 is SIGKILL, -1 unknown. */
  readonly status: number;
  /** After the start of the trigger. */
  readonly ms: number;
}

/** All that came out of one scenario. Text has one character per byte. */
export interface Observation {
  readonly scenario: string;
  readonly freeBytes: number;
  /** Raw text by name: `meminfo`, `swaps`, `zoneinfo`, `task ID PID`, `cgroup-before FILE PATH`, `log`, …. */
  readonly texts: ReadonlyMap<string, string>;
  readonly deaths: readonly Death[];
  /** Steps that failed in the guest. */
  readonly errors: readonly string[];
  readonly damagedFrames: number;
  /** What the console showed besides frames, from the trigger on. */
  readonly console: readonly string[];
  /** `oom_kill` of /proc/vmstat, after less before. */
  readonly oomKills: number | null;
  /** Kills after init had stopped looking: a death that it could not see. */
  readonly unseenKills: number;
  readonly timedOut: boolean;
  /** The guest got to the scenario's end; a kernel that panics does not. */
  readonly ended: boolean;
}

type Draft = { -readonly [Key in keyof Observation]: Observation[Key] } & {
  texts: Map<string, string>;
  deaths: Death[];
  errors: string[];
  console: string[];
};

/** Puts the items of one boot's console together into observations. */
export class ObservationCollector {
  hello: Hello | null = null;
  /** Set when the guest has done all of its plan. */
  isOver = false;
  /** Errors outside of a scenario: a module that does not load, a hierarchy that cannot be mounted. */
  readonly bootErrors: string[] = [];
  readonly #done: Observation[] = [];
  #draft: Draft | null = null;
  #openText: string | null = null;
  #bootTexts = new Map<string, string>();
  #nextSequence = 0;

  /** The observations so far, with the one that is still open. */
  get observations(): readonly Observation[] {
    return this.#draft === null ? this.#done : [...this.#done, this.#draft];
  }

  push(item: ConsoleItem): void {
    if (item.kind === "line") {
      this.#draft?.console.push(item.text);
    } else if (item.kind === "damaged") {
      if (this.#draft !== null) this.#draft.damagedFrames++;
    } else {
      // A frame that never came is as bad as a damaged one.
      if (item.sequence !== this.#nextSequence && this.#draft !== null) this.#draft.damagedFrames++;
      this.#nextSequence = item.sequence + 1;
      this.#frame(item.text);
    }
  }

  #frame(text: string): void {
    const at = text.indexOf(" ");
    const verb = at < 0 ? text : text.slice(0, at);
    const rest = at < 0 ? "" : text.slice(at + 1);
    const draft = this.#draft;
    const texts = draft === null ? this.#bootTexts : draft.texts;
    if (verb === "text") {
      this.#openText = rest;
      texts.set(rest, "");
      return;
    }
    if (verb === "more") {
      if (this.#openText !== null) texts.set(this.#openText, (texts.get(this.#openText) ?? "") + unescapeText(rest));
      if (draft === null) this.#readHello(null);
      return;
    }
    if (verb === "hello") this.#readHello(rest);
    else if (verb === "bye") this.isOver = true;
    else if (verb === "begin") this.#draft = newDraft(rest);
    else if (draft === null) this.bootErrors.push(text);
    else if (verb === "free") draft.freeBytes = Number(rest);
    else if (verb === "error") draft.errors.push(rest);
    else if (verb === "died") draft.deaths.push(readDeath(rest));
    else if (verb === "fired") {
      const words = wordsOf(rest);
      draft.oomKills = Number(words.get("oom_kills"));
      draft.unseenKills = Number(words.get("later") ?? 0);
      draft.timedOut = words.get("timed_out") === "1";
    } else if (verb === "end") {
      this.#done.push({ ...draft, ended: true });
      this.#draft = null;
    }
  }

  #readHello(text: string | null): void {
    if (text !== null) {
      const words = wordsOf(text);
      this.hello = {
        release: words.get("release") ?? "",
        machine: words.get("machine") ?? "",
        pageSizeBytes: Number(words.get("page_size")),
        cpus: Number(words.get("cpus")),
        version: "",
      };
    } else if (this.hello !== null) {
      this.hello = { ...this.hello, version: this.#bootTexts.get("version") ?? "" };
    }
  }
}

function newDraft(scenario: string): Draft {
  return {
    scenario,
    freeBytes: 0,
    texts: new Map(),
    deaths: [],
    errors: [],
    damagedFrames: 0,
    console: [],
    oomKills: null,
    unseenKills: 0,
    timedOut: false,
    ended: false,
  };
}

function readDeath(text: string): Death {
  const [task = "", pid, status, ms] = text.split(" ");
  return { task, pid: Number(pid), status: Number(status), ms: Number(ms) };
}

/** `a=1 b=2`. */
function wordsOf(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(" ").map((word) => word.split("=") as [string, string]));
}
