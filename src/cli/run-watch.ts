import type { Analysis } from "../model/analysis.js";
import { NoteCollector } from "../model/note-collector.js";
import { codeOf, reasonOf } from "../node/system-error.js";
import { type Cursor, readCursor, writeCursor } from "../node/watch/cursor.js";
import { type Followed, followStream } from "../node/watch/follow.js";
import { FileFollower, type FilePosition } from "../node/watch/follow-file.js";
import { followKmsg } from "../node/watch/follow-kmsg.js";
import { Watcher } from "../node/watch/watcher.js";
import { toJsonText } from "../render/index.js";
import { runWithInput } from "./exec.js";
import { ExitStatus } from "./exit-status.js";
import { Failure } from "./failure.js";
import { Messages } from "./messages.js";
import { openOutput } from "./output.js";
import { type ReportFlags, type ReportRequest, toRequest } from "./request.js";
import { paint, wantsColor, widthOf } from "./terminal.js";
import { explainWriters, writerOf } from "./writers.js";

/** The flags of watch, as typed. */
export interface WatchFlags
  extends Omit<ReportFlags, "report" | "format" | "json" | "markdown" | "output" | "since" | "until"> {
  readonly exec?: string | undefined;
  readonly cursor?: string | undefined;
  readonly "from-start"?: boolean;
}

/** What watch has done. */
export interface WatchSummary {
  readonly status: ExitStatus;
  readonly reports: number;
}

const KMSG = "/dev/kmsg";

/** Follows a source and tells each report as soon as it is over. */
export async function runWatch(source: string, flags: WatchFlags): Promise<WatchSummary> {
  const request = toRequest({ ...flags, report: "all", format: flags.ndjson ? "ndjson" : "text" });
  const messages = new Messages({ quiet: request.quiet });
  const notes = new NoteCollector((note) => messages.note(note));
  const stop = stopSignal();
  const cursor = flags.cursor === undefined ? null : openCursor(flags.cursor, source);
  const followed = follow(source, { flags, cursor, signal: stop.signal, messages });
  const watcher = new Watcher({
    source,
    overrides: request.overrides,
    cursor,
    position: followed.position,
    onNote: (note) => notes.add(note),
  });
  const tell = createTeller(request, flags, messages);
  let reports = 0;

  async function tellAll(analyses: readonly Analysis[]): Promise<void> {
    for (const analysis of analyses) {
      if (request.host !== undefined && analysis.report.host !== request.host) continue;
      await tell(analysis);
      reports++;
    }
  }

  let written = "";
  function keepCursor(): void {
    if (flags.cursor === undefined) return;
    const now = JSON.stringify(watcher.cursor);
    if (now === written) return;
    writeCursorOrFail(flags.cursor, watcher.cursor);
    written = now;
  }

  try {
    for await (const event of followed.events) {
      const analyses = await watcher.take(event);
      await tellAll(analyses);
      if (event.kind === "tick" || analyses.length > 0) keepCursor();
    }
    // What is open when somebody stops us is read again by the next run.
    if (!stop.signal.aborted) await tellAll(await watcher.end());
    keepCursor();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new Failure(`${source}: ${reasonOf(error)}`, source === KMSG ? hintForKmsg : undefined);
  } finally {
    stop.release();
    notes.flush();
  }
  return { status: ExitStatus.found, reports };
}

const hintForKmsg =
  "The kernel lets only root read its log where kernel.dmesg_restrict is set; or: journalctl -kf | oomlog watch";

interface FollowContext {
  readonly flags: WatchFlags;
  readonly cursor: Cursor | null;
  readonly signal: AbortSignal;
  readonly messages: Messages;
}

function follow(
  source: string,
  { flags, cursor, signal, messages }: FollowContext,
): { readonly events: AsyncIterable<Followed>; position(): FilePosition | null } {
  if (source === "-") return { events: followStream(process.stdin, signal), position: () => null };
  if (source === KMSG) {
    const after = cursor?.sequence ?? (flags["from-start"] ? -1 : undefined);
    return { events: followKmsg(source, { signal, after }), position: () => null };
  }
  const follower = new FileFollower(source, {
    signal,
    from: cursor?.position ?? (flags["from-start"] ? "start" : "end"),
    onMissing: () => messages.hint(`${source}: there is no such file yet; waiting for it`),
    onPlaceLost: () => messages.hint(`${source}: the place in the cursor file is gone; reading from the beginning`),
  });
  return { events: follower.events(), position: () => follower.position };
}

/** Writes a report to standard output, and gives it to the command. */
function createTeller(
  request: ReportRequest,
  flags: WatchFlags,
  messages: Messages,
): (analysis: Analysis) => Promise<void> {
  const output = openOutput(undefined);
  const options = {
    width: widthOf(process.stdout, process.env),
    paint: wantsColor(request.color, process.stdout, process.env) ? paint : null,
    verbose: request.verbose,
    trace: request.trace,
  };
  const writer = writerOf(explainWriters(request.overrides.kernel), request.format)(options);
  let index = 0;
  return async (analysis) => {
    await output.write(await writer.each(analysis, index++));
    if (flags.exec === undefined) return;
    const problem = await runWithInput(flags.exec, `${toJsonText(analysis, options)}\n`);
    if (problem !== null) messages.hint(`--exec ${flags.exec}: ${problem}`);
  };
}

function openCursor(path: string, source: string): Cursor | null {
  try {
    const cursor = readCursor(path);
    if (cursor === null || cursor.source === source) return cursor;
    throw new Failure(
      `--cursor ${path}: is of another source (${cursor.source})`,
      "Keep one cursor file for each source",
    );
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new Failure(`--cursor ${path}: is no cursor file`, "Name another file, or remove this one");
    }
    if (codeOf(error) === undefined) throw error;
    throw new Failure(`--cursor ${path}: ${reasonOf(error)}`);
  }
}

function writeCursorOrFail(path: string, cursor: Cursor): void {
  try {
    writeCursor(path, cursor);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new Failure(`--cursor ${path}: ${reasonOf(error)}`);
  }
}

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Aborts when somebody asks the program to end. */
function stopSignal(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const name of stopSignals) process.once(name, stop);
  return {
    signal: controller.signal,
    release() {
      for (const name of stopSignals) process.off(name, stop);
    },
  };
}
