import type { FieldNames } from "../input/index.js";
import { countOf } from "../model/count.js";
import { LineSplitter, type OverlongLine } from "../node/lines.js";
import { followStream, TICK_MS } from "../node/watch/follow.js";
import { jsonText, type Plain, plain, toJson } from "../render/index.js";
import { createStage, type DeadReason, type StageOutput } from "../stage.js";
import { ExitStatus } from "./exit-status.js";
import { Failure } from "./failure.js";
import { Messages } from "./messages.js";
import { openOutput } from "./output.js";
import { type ReportFlags, toRequest } from "./request.js";

/** The flags of stage, as typed. */
export interface StageFlags
  extends Pick<ReportFlags, "kernel" | "arch" | "page-size" | "total-pages" | "year" | "tz" | "quiet"> {
  readonly field?: string | undefined;
  readonly lockstep?: boolean;
  readonly "flush-on-term"?: boolean;
}

export interface StageSummary {
  readonly status: ExitStatus;
}

/** Reads records from standard input, and writes what the stage gives. */
export async function runStage(flags: StageFlags): Promise<StageSummary> {
  const { overrides } = toRequest({ ...flags, report: "all", format: "ndjson", color: "never" });
  if (process.stdin.isTTY) throw new Failure("no records given", "Pipe them in: journalctl -k -o json | oomlog stage");
  const { year, timeZone, ...ofReport } = overrides;
  let given: Plain[] = [];
  const burials = new Burials(new Messages({ quiet: flags.quiet === true }));
  const stage = createStage({
    fields: toFields(flags.field),
    overrides: ofReport,
    clock: { ...(year === undefined ? {} : { year }), ...(timeZone === undefined ? {} : { timeZone }) },
    onOutput(output) {
      given.push(stageJson(output));
      if (output.type === "dead") burials.add(output.reason);
    },
  });
  const output = openOutput(undefined);
  /** What was given since the last call, as lines; in lockstep as one. */
  const taken = (): string => {
    const text = flags.lockstep ? `${jsonText(given)}\n` : given.map((one) => `${jsonText(one)}\n`).join("");
    given = [];
    return text;
  };

  let overlong: OverlongLine[] = [];
  const splitter = new LineSplitter({ onOverlong: (line) => overlong.push(line) });
  /** Lines in their order, with those that were too long. */
  const take = async (lines: readonly { readonly text: string; readonly line: number }[]): Promise<void> => {
    const tooLong = new Set(overlong.map(({ line }) => line));
    overlong = [];
    const inOrder = [...lines, ...[...tooLong].map((line) => ({ line, text: null }))].sort((a, b) => a.line - b.line);
    let text = "";
    for (const { text: json } of inOrder) {
      if (json === null) stage.dead("too long");
      else if (json.trim() !== "") stage.push(json);
      else if (!flags.lockstep) continue;
      burials.records++;
      if (!flags.lockstep) continue;
      stage.checkpoint();
      text += taken();
    }
    if (flags.lockstep) await output.write(text);
    else {
      stage.checkpoint();
      await output.write(taken());
    }
  };

  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, onSignal);
  const awake = createAwakeClock(() => performance.now());
  for await (const event of followStream(process.stdin, stop.signal)) {
    stage.tick(awake());
    if (event.kind === "bytes") await take(await splitter.push(event.bytes));
    else if (!flags.lockstep) await take([]);
  }
  // A pipe that stays open would keep the process.
  process.stdin.destroy();
  if (!stop.signal.aborted) await take(await splitter.end());
  burials.tell();
  if (!stop.signal.aborted || flags["flush-on-term"]) stage.end();
  else stage.checkpoint();
  if (given.length > 0) await output.write(taken());
  return { status: ExitStatus.found };
}

/** Records after which one that has read none tells of it. */
const MANY_RECORDS = 100;

/** Tells once when not a single record can be read: what comes is something else than the stage wants. */
class Burials {
  records = 0;
  readonly #messages: Messages;
  #dead = 0;
  #last: DeadReason | null = null;
  #isOver = false;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  add(reason: DeadReason): void {
    this.#dead++;
    this.#last = reason;
    // The record that is buried is not counted yet.
    if (this.#dead >= MANY_RECORDS) this.tell(this.records + 1);
  }

  tell(records = this.records): void {
    if (this.#isOver || this.#last === null) return;
    this.#isOver = true;
    if (this.#dead < records) return;
    const hint =
      this.#last === "no message"
        ? "Name the field of the text: --field message=NAME"
        : "Give a JSON object a line, with host, time and message; for a log as it is: oomlog explain";
    this.#messages.hint(`none of ${countOf(records, "record")} could be read: ${this.#last}`, hint);
  }
}

/** What a turn of the loop takes at most, unless it waits for something else than records: {@link followStream}'s ticks. */
const LONGEST_TURN_MS = 4 * TICK_MS;

/**
 * Milliseconds in which records could have come. What a blocked output, a stopped process or a sleeping machine takes is
 * no silence of a host: the rest of its report may be waiting in the pipe.
 */
export function createAwakeClock(now: () => number): () => number {
  let last = now();
  let awake = 0;
  return () => {
    const at = now();
    awake += Math.min(at - last, LONGEST_TURN_MS);
    last = at;
    return awake;
  };
}

/** A line of the output; described by `schema/stage.schema.json`. */
export function stageJson(output: StageOutput): Plain {
  if (output.type !== "analysis") return plain(output);
  const { type, host, partition, analysis } = output;
  const json = toJson(analysis, { verbose: false }) as Readonly<Record<string, Plain>>;
  return { type, id: analysis.report.id, host: plain(host), partition: plain(partition), ...json };
}

const fieldNames = ["message", "host", "time"] as const;

function toFields(typed: string | undefined): FieldNames {
  if (typed === undefined) return {};
  return Object.fromEntries(
    typed.split(",").map((pair) => {
      const [, name = "", path = ""] = /^(\w+)=(.+)$/.exec(pair) ?? [];
      if (fieldNames.some((known) => known === name)) return [name, path];
      throw new Failure(`--field ${pair}: not a field`, "Give message=NAME, host=NAME, time=NAME, with commas");
    }),
  );
}
