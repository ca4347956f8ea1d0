import { Worker } from "node:worker_threads";
import type { Source, SourceProblem } from "../source.js";
import { eventsOf, type ReadingOptions, type SourceEvent } from "./events.js";
import { type FromWorker, type Job, type ToWorker, type WorkerStart, weightOf } from "./messages.js";

/** What is to be read, or why it can not be, in order. */
export type Item =
  | { readonly kind: "source"; readonly source: Source }
  | { readonly kind: "problem"; readonly problem: SourceProblem };

export interface ReadSourcesOptions {
  readonly reading: ReadingOptions;
  /** Threads that may read at the same time. */
  readonly threads: number;
  /** Code of a worker, parallel/worker.js; null where there is none: then one thread reads. */
  readonly workerFile: string | null;
  /** Gets each source that is read in this thread, and gives it back, with its bytes counted or so. */
  readonly opening?: (source: Source) => Source;
  /** Called when another thread has read a source. */
  readonly onRead?: (source: Source) => void;
}

/** Files with so many bytes together are worth a worker's start. */
const WORTH_BYTES = 8 << 20;
/** Items that are looked at to decide, and given to workers ahead of what is used. */
const ITEMS_AHEAD = 64;
/** Events that are used before their worker hears of it. */
const EVENTS_AT_ONCE = 64;
/** What of a worker may wait to be used: about 30 MiB. */
const ROOM = 20_000;

/**
 * Reads sources, in several threads where there are large files enough, and gives what they give in their order: the
 * same for any number of threads. Breaking off closes them all.
 */
export async function* readSources(
  items: AsyncIterable<Item>,
  options: ReadSourcesOptions,
): AsyncGenerator<SourceEvent> {
  const feed = items[Symbol.asyncIterator]();
  const ahead = await take(feed, ITEMS_AHEAD);
  const files = ahead.flatMap((item) =>
    item.kind === "source" && item.source.file !== undefined ? [item.source] : [],
  );
  const bytes = files.reduce((sum, source) => sum + (source.bytes ?? 0), 0);
  const threads = Math.min(options.threads, files.length);
  if (threads > 1 && bytes >= WORTH_BYTES && options.workerFile !== null) {
    yield* inWorkers(ahead, feed, options.workerFile, { ...options, threads });
    return;
  }
  for (;;) {
    const item = ahead.shift() ?? (await take(feed, 1))[0];
    if (item === undefined) return;
    yield* here(item, options);
  }
}

async function* here(item: Item, { reading, opening }: ReadSourcesOptions): AsyncGenerator<SourceEvent> {
  if (item.kind === "problem") yield item;
  else yield* eventsOf(opening?.(item.source) ?? item.source, reading);
}

async function take(feed: AsyncIterator<Item>, count: number): Promise<Item[]> {
  const items: Item[] = [];
  while (items.length < count) {
    const next = await feed.next();
    if (next.done === true) break;
    items.push(next.value);
  }
  return items;
}

/** An item, and what a worker has sent of it. */
class Entry {
  readonly item: Item;
  readonly job: Job | null;
  worker: Worker | null = null;
  readonly #events: SourceEvent[] = [];
  #isDone = false;
  #failure: { readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;

  constructor(item: Item) {
    this.item = item;
    const { file, incidental } = item.kind === "source" ? item.source : {};
    this.job = file === undefined ? null : { file, incidental: incidental === true };
  }

  push(events: readonly SourceEvent[]): void {
    this.#events.push(...events);
    this.#wake?.();
  }

  end(): void {
    this.#isDone = true;
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#wake?.();
  }

  /** The events as they come. The worker hears that there is room for more when those at hand are used. */
  async *events(): AsyncGenerator<SourceEvent> {
    for (;;) {
      let weight = 0;
      for (const event of this.#events.splice(0, EVENTS_AT_ONCE)) {
        yield event;
        weight += weightOf(event);
      }
      const used: ToWorker = { kind: "room", weight };
      if (weight > 0) this.worker?.postMessage(used);
      if (this.#events.length > 0) continue;
      if (this.#failure !== null) throw this.#failure.error;
      if (this.#isDone) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}

async function* inWorkers(
  first: readonly Item[],
  feed: AsyncIterator<Item>,
  workerFile: string,
  options: ReadSourcesOptions,
): AsyncGenerator<SourceEvent> {
  const entries = first.map((item) => new Entry(item));
  /** Those of files that no worker has yet. */
  const waiting = entries.filter(({ job }) => job !== null);
  const workers: Worker[] = [];
  const give = (worker: Worker): Entry | undefined => {
    const entry = waiting.shift();
    if (entry?.job == null) return undefined;
    entry.worker = worker;
    const message: ToWorker = { kind: "job", job: entry.job };
    worker.postMessage(message);
    return entry;
  };
  const idle: (() => void)[] = [];
  const start = (): void => {
    const begin: WorkerStart = { reading: options.reading, room: ROOM };
    const worker = new Worker(workerFile, { workerData: begin });
    workers.push(worker);
    let current: Entry | undefined;
    const next = (): void => {
      current = give(worker);
      if (current === undefined) idle.push(next);
    };
    worker.on("message", (message: FromWorker) => {
      if (message.kind === "events") current?.push(message.events);
      else if (message.kind === "failed") current?.fail(message.error);
      else {
        current?.end();
        next();
      }
    });
    worker.on("error", (error) => {
      for (const entry of [current, ...entries]) entry?.fail(error);
    });
    next();
  };
  try {
    for (let count = 0; count < options.threads; count++) start();
    for (;;) {
      const entry = entries.shift();
      if (entry === undefined) return;
      if (entry.job === null) yield* here(entry.item, options);
      else {
        yield* entry.events();
        if (entry.item.kind === "source") options.onRead?.(entry.item.source);
      }
      for (const item of await take(feed, ITEMS_AHEAD - entries.length)) {
        const more = new Entry(item);
        entries.push(more);
        if (more.job !== null) waiting.push(more);
      }
      for (const next of idle.splice(0, waiting.length)) next();
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
