import { getEventListeners } from "node:events";
import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import type { Note } from "../../src/model/note.js";
import { type Cursor, readCursor, writeCursor } from "../../src/node/watch/cursor.js";
import { type Followed, followStream } from "../../src/node/watch/follow.js";
import { FileFollower } from "../../src/node/watch/follow-file.js";
import { Watcher } from "../../src/node/watch/watcher.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "./temporary-folder.js";

const log = readFileSync(join(root, "samples/6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log"), "utf8");
const middle = log.indexOf("active_anon");
const [head, tail] = [log.slice(0, middle), log.slice(middle)];
const victim = "big";

/** The same report of another victim, later. */
const later = log.replaceAll(/\[ *(\d+)\.(\d{6})\]/g, (_, seconds: string, usec: string) => {
  return `[${String(Number(seconds) + 500).padStart(5)}.${usec}]`;
});
const second = later.replace(/order=0/, "order=1");

interface Watch {
  readonly told: Analysis[];
  readonly notes: Note[];
  readonly cursor: () => Cursor;
  /** Resolves when that many reports were told, and fails when more are. */
  reports(count: number): Promise<void>;
  /** Resolves when so many ticks have passed. */
  ticks(count: number): Promise<void>;
  stop(): Promise<void>;
}

function watch(
  path: string,
  { from = "end", cursor = null }: { from?: "end" | "start"; cursor?: Cursor | null } = {},
): Watch {
  const controller = new AbortController();
  const told: Analysis[] = [];
  const notes: Note[] = [];
  const follower = new FileFollower(path, { signal: controller.signal, from: cursor?.position ?? from });
  const watcher = new Watcher({
    source: path,
    cursor,
    position: () => follower.position,
    onNote: (note) => notes.push(note),
  });
  let ticked = 0;
  let wake = (): void => {};
  const done = (async () => {
    for await (const event of follower.events()) {
      told.push(...(await watcher.take(event)));
      if (event.kind === "tick") ticked++;
      wake();
    }
  })();
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    told,
    notes,
    cursor: () => watcher.cursor,
    async reports(count) {
      await until(() => told.length >= count);
      expect(told).toHaveLength(count);
    },
    ticks: (count) => {
      const goal = ticked + count;
      return until(() => ticked >= goal);
    },
    async stop() {
      controller.abort();
      await done;
    },
  };
}

function names(told: readonly Analysis[]): (string | undefined)[] {
  return told.map(({ report }) => report.kills[0]?.name);
}

describe("following a file", () => {
  it("tells a report when it is over, not before, however it is written", async () => {
    const path = join(temporaryFolder({ "kern.log": `${second}an old line\n` }), "kern.log");
    const watching = watch(path);
    await watching.ticks(1);
    for (let at = 0; at < log.length; at += 1000) {
      expect(watching.told).toEqual([]);
      appendFileSync(path, log.slice(at, at + 1000));
      await watching.ticks(1);
    }
    await watching.reports(1);
    expect(names(watching.told)).toEqual([victim]);
    expect(watching.told[0]?.report.complete).toBe(true);
    await watching.stop();
  });

  it("begins at the beginning when it is told to", async () => {
    const path = join(temporaryFolder({ "kern.log": log }), "kern.log");
    const watching = watch(path, { from: "start" });
    await watching.reports(1);
    expect(watching.told[0]?.report.line).toBe(1);
    await watching.stop();
  });

  it("waits for a file that is not there yet", async () => {
    const path = join(temporaryFolder(), "kern.log");
    const watching = watch(path);
    await watching.ticks(2);
    writeFileSync(path, log);
    await watching.reports(1);
    await watching.stop();
  });

  it("goes on in the next file of a rotation, in the middle of a report", async () => {
    const path = join(temporaryFolder({ "kern.log": "" }), "kern.log");
    const watching = watch(path);
    await watching.ticks(1);
    appendFileSync(path, head);
    await watching.ticks(2);
    renameSync(path, `${path}.1`);
    // Writers go on in the old file until they are told.
    appendFileSync(`${path}.1`, tail.slice(0, 600));
    writeFileSync(path, tail.slice(600));
    await watching.reports(1);
    expect(watching.told[0]?.report).toMatchObject({ complete: true, line: 1 });
    await watching.stop();
  });

  it("goes on when the file is truncated", async () => {
    const path = join(temporaryFolder({ "kern.log": "old\n".repeat(5000) }), "kern.log");
    const watching = watch(path);
    await watching.ticks(1);
    truncateSync(path);
    await watching.ticks(2);
    appendFileSync(path, log);
    await watching.reports(1);
    expect(watching.told[0]?.report.line).toBe(1);
    await watching.stop();
  });
});

describe("a cursor", () => {
  it("neither repeats nor loses a report, wherever a run is cut", async () => {
    const text = `${log}between\n${second}after\n`;
    for (const cut of [10, head.length, log.length - 5, log.length + 3, log.length + 2000]) {
      const folder = temporaryFolder({ "kern.log": "before\n" });
      const path = join(folder, "kern.log");
      const first = watch(path);
      await first.ticks(1);
      appendFileSync(path, text.slice(0, cut));
      // Long enough for the first report, where it is whole.
      await first.ticks(cut > log.length ? 8 : 3);
      await first.stop();
      writeCursor(join(folder, "cursor"), first.cursor());
      appendFileSync(path, text.slice(cut));
      const next = watch(path, { cursor: readCursor(join(folder, "cursor")) });
      await next.reports(2 - first.told.length);
      await next.ticks(6);
      await next.stop();
      const told = [...first.told, ...next.told];
      expect(told.map(({ report }) => report.trigger?.order)).toEqual([0, 1]);
      // Lines are counted from where watching began.
      expect(told.map(({ report }) => report.line)).toEqual([1, 2 + log.split("\n").length - 1]);
      expect(told.every(({ report }) => report.complete)).toBe(true);
    }
  });

  it("goes on where it began when it is stopped before the first look", async () => {
    const path = join(temporaryFolder({ "kern.log": "before\n" }), "kern.log");
    const first = watch(path);
    await first.ticks(1);
    appendFileSync(path, log.slice(0, head.length));
    await first.ticks(1);
    await first.stop();
    appendFileSync(path, log.slice(head.length));
    const next = watch(path, { cursor: first.cursor() });
    await next.reports(1);
    expect(next.told[0]?.report.complete).toBe(true);
    await next.stop();
  });

  it("finds the file that a rotation has renamed meanwhile", async () => {
    const path = join(temporaryFolder({ "kern.log": "before\n" }), "kern.log");
    const first = watch(path);
    await first.ticks(3);
    await first.stop();
    appendFileSync(path, log);
    renameSync(path, `${path}.1`);
    writeFileSync(path, second);
    const next = watch(path, { cursor: first.cursor() });
    await next.reports(2);
    expect(next.told.map(({ report }) => report.trigger?.order)).toEqual([0, 1]);
    await next.stop();
  });
});

describe("following a stream", () => {
  it("tells what is open at its end", async () => {
    const watcher = new Watcher({ source: "-", cursor: null, position: () => null, onNote: () => {} });
    const told: Analysis[] = [];
    const chunks = Array.from({ length: Math.ceil(log.length / 500) }, (_, index) =>
      Buffer.from(log.slice(index * 500, (index + 1) * 500)),
    );
    for await (const event of followStream(Readable.from(chunks), new AbortController().signal)) {
      told.push(...(await watcher.take(event)));
    }
    told.push(...(await watcher.end()));
    expect(names(told)).toEqual([victim]);
  });
});

describe("following a stream of many chunks", () => {
  it("keeps one listener, not one for each chunk of a quarter of a second", async () => {
    const { signal } = new AbortController();
    const listeners = new Set<number>();
    const chunks = Array.from({ length: 50 }, () => Buffer.from("x\n"));
    for await (const _ of followStream(Readable.from(chunks), signal)) {
      listeners.add(getEventListeners(signal, "abort").length);
    }
    expect([...listeners]).toEqual([1]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("that is silent waits for one read, however often time passes", async () => {
    const controller = new AbortController();
    let waits = 0;
    const silent = new Promise<IteratorResult<Uint8Array>>(() => {});
    // biome-ignore lint/suspicious/noThenProperty: who waits is counted.
    silent.then = ((...handlers: Parameters<typeof silent.then>) => {
      waits++;
      return Promise.prototype.then.apply(silent, handlers);
    }) as typeof silent.then;
    let ticks = 0;
    const stream = { [Symbol.asyncIterator]: () => ({ next: () => silent }) };
    for await (const event of followStream(stream, controller.signal)) {
      expect(event.kind).toBe("tick");
      if (++ticks === 3) controller.abort();
    }
    expect(ticks).toBe(3);
    expect(waits).toBe(1);
  });
});

describe("following the kernel's log", () => {
  /** The sample as reads of /dev/kmsg give it. */
  const records = log
    .trimEnd()
    .split("\n")
    .map((line, index): Followed => {
      const [, level, seconds, usec, text] = /^<(\d)>\[ *(\d+)\.(\d+)\] (.*)$/.exec(line) ?? [];
      return {
        kind: "bytes",
        bytes: Buffer.from(`${level},${100 + index},${Number(seconds) * 1e6 + Number(usec)},-;${text}\n`),
      };
    });

  it("tells a report, and keeps the number of the last record before what is open", async () => {
    const notes: string[] = [];
    const onNote = ({ code }: Note): void => {
      notes.push(code);
    };
    const watcher = new Watcher({ source: "/dev/kmsg", cursor: null, position: () => null, onNote });
    const told: Analysis[] = [];
    const take = async (event: Followed): Promise<void> => {
      told.push(...(await watcher.take(event)));
    };
    for (let tick = 0; tick < 2; tick++) await take({ kind: "tick" });
    for (const record of records.slice(0, 20)) await take(record);
    for (let tick = 0; tick < 6; tick++) await take({ kind: "tick" });
    expect(watcher.cursor.sequence).toBeNull();
    for (const record of records.slice(20)) await take(record);
    await take({ kind: "lost" });
    for (let tick = 0; tick < 6; tick++) await take({ kind: "tick" });
    expect(told.map(({ report }) => report.trust)).toEqual(["kernel"]);
    expect(watcher.cursor.sequence).toBe(99 + records.length);
    expect(notes).toContain("records-missing");
  });
});
