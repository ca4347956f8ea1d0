/** Which way a log runs. */
export type Direction = "forward" | "backward";

/** What of a record tells its place in time. */
export interface Timed {
  readonly text: string;
  readonly wallUsec: number | null;
  readonly uptimeUsec: number | null;
  readonly host: string | null;
}

/** How many records are looked at before a log without any rising stamp is taken to run forward. */
const SNIFF = 1024;
/** Share of falling steps above which a log runs backward. */
const BACKWARD = 0.95;
const FEWEST_STEPS = 3;
/** Where stamps show less, they and the text together must show this much. */
const FEWEST_SIGNS = 2;

/** Lines that the kernel prints one right after the other. */
const NEIGHBOURS: readonly (readonly [RegExp, RegExp])[] = [
  [/^Linux version /, /^Command line: /],
  [/ invoked oom-killer:/, /^(?:CPU:|Pid: |Call [Tt]race:|Hardware name:|.* cpuset=)/],
  [/^Call [Tt]race:/, /^ /],
  [/^\[ +pid +\]/, /^\[ *\d+\]/],
  [/^oom-kill:constraint=/, /Killed process \d/],
];

/** -1 when the second record is older than the first, 1 when it is younger, 0 when neither shows. */
function step(first: Timed, second: Timed): number {
  // The kernel's own clock first: collectors stamp what arrives, whatever its order.
  if (first.uptimeUsec !== null && second.uptimeUsec !== null && first.host === second.host)
    return Math.sign(second.uptimeUsec - first.uptimeUsec);
  if (first.wallUsec !== null && second.wallUsec !== null) return Math.sign(second.wallUsec - first.wallUsec);
  return 0;
}

/** The same by what the kernel prints next to each other: for logs whose stamps are all equal, or missing. */
function stepByText(first: string, second: string): number {
  for (const [before, after] of NEIGHBOURS) {
    if (before.test(first)) return after.test(second) ? 1 : 0;
    if (before.test(second)) return after.test(first) ? -1 : 0;
  }
  return 0;
}

/** Tells from the first records of a log which way it runs, as soon as they show it. */
export interface DirectionSniffer {
  /** Null while it may be either. */
  push(record: Timed): Direction | null;
  /** The likelier one, when no more can be waited for. */
  decide(): Direction;
}

export function createDirectionSniffer(): DirectionSniffer {
  let previous: Timed | null = null;
  let seen = 0;
  let falling = 0;
  let rising = 0;
  let textSteps = 0;

  function decide(): Direction {
    const steps = falling + rising;
    if (steps >= FEWEST_STEPS) return falling >= steps * BACKWARD && textSteps <= 0 ? "backward" : "forward";
    return rising === 0 && falling - textSteps >= FEWEST_SIGNS ? "backward" : "forward";
  }

  return {
    push(record) {
      seen++;
      if (previous !== null) {
        const clock = step(previous, record);
        if (clock > 0) rising++;
        else if (clock < 0) falling++;
        textSteps += stepByText(previous.text, record.text);
      }
      previous = record;
      // No export that runs backward begins with a rising step.
      if ((rising > 0 && falling === 0) || (textSteps > 0 && falling === 0)) return "forward";
      return seen >= SNIFF ? decide() : null;
    },
    decide,
  };
}

/** Turns a log that runs backward round; lets one that runs forward through. */
export interface Turner<R extends Timed> {
  push(record: R): void;
  /** Whether the log is known to run forward. */
  readonly forward: boolean;
  /** No record is at hand right now: an undecided log is taken to run forward. */
  flush(): void;
  /** Hands on what is left, with a pause after each part that was put aside. */
  end(): Generator<void, void>;
}

/** Where parts of a log that runs backward wait until its end, which holds the oldest, is reached. */
export interface Spool<R> {
  /** False when it takes no more; then nothing of this part was kept. */
  push(part: readonly R[]): boolean;
  /** The part put aside last, which is then gone; null when none is left. */
  pop(): readonly R[] | null;
}

/** How a log that runs backward is handled. */
export interface TurnerOptions<R extends Timed> {
  /** Gets the records, oldest first. */
  readonly emit: (record: R) => void;
  /** Whether two records are lines of one message: these keep their order. */
  readonly together: (first: R, second: R) => boolean;
  /** How many records may be held to be turned round. */
  readonly limit: number;
  /** Takes what goes beyond the limit; without one, the log is turned round in parts. */
  readonly spool?: Spool<R>;
  readonly onBackward: () => void;
  /** Called once, when a log that runs backward is longer than the limit, and no spool takes it. */
  readonly onOverflow: () => void;
}

export function createTurner<R extends Timed>(options: TurnerOptions<R>): Turner<R> {
  const sniffer = createDirectionSniffer();
  let direction: Direction | null = null;
  let held: R[] = [];
  let overflowed = false;

  function release(records: readonly R[]): void {
    for (const record of direction === "backward" ? turned(records, options.together) : records) options.emit(record);
  }

  function releaseHeld(): void {
    const records = held;
    held = [];
    release(records);
  }

  /** Puts aside what is held, but for the lines of a message that may go on. */
  function putAside(): void {
    let end = held.length - 1;
    while (end > 0 && isTogether(held, end, options.together)) end--;
    const part = held.slice(0, end === 0 ? held.length : end);
    if (options.spool?.push(part) === true) {
      held = held.slice(part.length);
      return;
    }
    if (!overflowed) options.onOverflow();
    overflowed = true;
    releaseHeld();
  }

  function settle(found: Direction): void {
    direction = found;
    if (found === "backward") options.onBackward();
    else releaseHeld();
  }

  return {
    get forward() {
      return direction === "forward";
    },
    push(record) {
      if (direction === "forward") {
        options.emit(record);
        return;
      }
      held.push(record);
      if (direction === null) {
        const found = sniffer.push(record);
        if (found !== null) settle(found);
      } else if (held.length >= options.limit) putAside();
    },
    flush() {
      if (direction === null) settle("forward");
    },
    *end() {
      if (direction === null) settle(sniffer.decide());
      releaseHeld();
      for (let part = options.spool?.pop() ?? null; part !== null; part = options.spool?.pop() ?? null) {
        yield;
        release(part);
      }
    },
  };
}

/** Whether a record is a further line of the message that the one before it belongs to. */
function isTogether<R>(records: readonly R[], at: number, together: (first: R, second: R) => boolean): boolean {
  const [first, second] = [records[at - 1], records[at]];
  return first !== undefined && second !== undefined && together(first, second);
}

/** The records in reverse, but those of one message in their own order. */
function turned<R>(records: readonly R[], together: (first: R, second: R) => boolean): R[] {
  const result: R[] = [];
  for (let end = records.length; end > 0; ) {
    let start = end - 1;
    while (isTogether(records, start, together)) start--;
    // One by one: a message may have more lines than a call may have arguments.
    for (const record of records.slice(start, end)) result.push(record);
    end = start;
  }
  return result;
}
