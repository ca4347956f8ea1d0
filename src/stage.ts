import { type Analyser, type AnalysisOverrides, createAnalyser } from "./analyse.js";
import { type ClockOptions, createLineReader, type FieldNames, type LineReader, placeOf } from "./input/index.js";
import type { Analysis } from "./model/analysis.js";
import { makeNote } from "./model/note.js";

/** A place in a partition, as its engine counts: a number, or text such as `1692-0`. */
export type Offset = string | number;

/** What a stage gives. */
export type StageOutput =
  | {
      readonly type: "analysis";
      readonly host: string | null;
      readonly partition: Offset | null;
      readonly analysis: Analysis;
    }
  /** All up to and with this offset is done: what comes before it need never be read again. It cuts no report. */
  | { readonly type: "checkpoint"; readonly partition: Offset | null; readonly offset: Offset }
  /** A record that can not be read; the work goes on. */
  | {
      readonly type: "dead";
      readonly partition: Offset | null;
      readonly offset: Offset | null;
      /** Number of the record, counted from 1 in this run. */
      readonly record: number;
      readonly reason: DeadReason;
    };

export type DeadReason = "not JSON" | "not an object" | "no message" | "too long";

export interface StageOptions {
  /** Gets what the stage gives, in order: a checkpoint never comes before the analyses that it covers. */
  readonly onOutput: (output: StageOutput) => void;
  /** Names of the fields of a record. */
  readonly fields?: FieldNames;
  readonly overrides?: AnalysisOverrides;
  /** What stamps without year or zone are taken for. */
  readonly clock?: Pick<ClockOptions, "year" | "timeZone">;
  readonly bounds?: Partial<StageBounds>;
}

/** What a stage keeps at most; what goes beyond is closed as it is. */
export interface StageBounds {
  readonly openReports: number;
  readonly recordsOfReport: number;
  readonly charactersOfReport: number;
  /** Hosts that are remembered; the one that was silent longest goes first. */
  readonly hosts: number;
}

/**
 * A stage of an engine: takes records of many hosts, each host's in order, and gives analyses and checkpoints. State is
 * kept for open reports alone: after a crash, another stage that reads on from the last checkpoint gives each report
 * that this one had not given, and may give some again, with the same id.
 */
export interface Stage {
  /** Takes a record: a JSON object with a message, and in the usual case a host, a time, a partition and an offset. */
  push(json: string): void;
  /** A record that was too long to be read. */
  dead(reason: DeadReason): void;
  /** Gives a checkpoint for each partition whose low-water mark has moved. */
  checkpoint(): void;
  /**
   * Closes reports of hosts that have been silent for long.
   *
   * @param now Wall time in milliseconds.
   */
  tick(now: number): void;
  /** Forgets a partition, its open reports unfinished: another stage has it now. */
  revoke(partition: Offset | null): void;
  /** Closes all that is open, and gives the last checkpoints. */
  end(): void;
}

const defaults: StageBounds = {
  openReports: 10_000,
  recordsOfReport: 100_000,
  charactersOfReport: 1 << 24,
  hosts: 10_000,
};

/** Time of a partition's records without a line of a host, after which the host's report is over. */
const SILENT_STREAM_USEC = 5_000_000;
/** The same in wall time, where no record comes at all. */
const SILENT_WALL_MS = 30_000;

/** Where a record stands. */
interface Mark {
  /** Its number in this run. */
  readonly record: number;
  /** The offset of the record before it in its partition; undefined where there was none. */
  readonly before: Offset | undefined;
}

/** The records of reports that are over: of one, or of several that overlap. */
interface Span extends Mark {
  /** Number of the last one. */
  readonly end: number;
}

interface Partition {
  readonly name: Offset | null;
  /** Offset of the last record. */
  last: Offset | undefined;
  /** Spans behind the low-water mark, none of which overlap: a mark within one would cut it. */
  given: Span[];
  /** What was said last. */
  told: Offset | undefined;
  /** The latest time of its records, in microseconds since 1970. */
  usec: number;
  checkedUsec: number;
  readonly lanes: Map<string, Lane>;
}

/** One host of a partition. */
interface Lane {
  readonly reader: LineReader;
  readonly analyser: Analyser;
  /** Records since the first one that is still needed. */
  marks: Mark[];
  characters: number;
  lastUsec: number;
  /** Wall time of its last record; null before the first tick since. */
  lastWall: number | null;
  /** The bound that closes its report, for a note. */
  cut: string | null;
}

/** Starts a stage. */
export function createStage({ onOutput, fields = {}, overrides = {}, clock = {}, bounds }: StageOptions): Stage {
  const most = { ...defaults, ...bounds };
  const partitions = new Map<Offset | null, Partition>();
  /** Lanes with an open report, the one that was touched last at the end; and all lanes in that order. */
  const open = new Map<Lane, Partition>();
  const hosts = new Map<Lane, { readonly partition: Partition; readonly key: string }>();
  let record = 0;
  let wall: number | null = null;

  function partitionOf(name: Offset | null): Partition {
    const known = partitions.get(name);
    if (known !== undefined) return known;
    const partition = { name, last: undefined, given: [], told: undefined, usec: 0, checkedUsec: 0, lanes: new Map() };
    partitions.set(name, partition);
    return partition;
  }

  function laneOf(partition: Partition, host: string | null): Lane {
    const key = host === null ? "" : `=${host}`;
    const known = partition.lanes.get(key);
    if (known !== undefined) {
      const place = hosts.get(known);
      hosts.delete(known);
      if (place !== undefined) hosts.set(known, place);
      return known;
    }
    const lane = createLane(partition, host);
    partition.lanes.set(key, lane);
    hosts.set(lane, { partition, key });
    const [oldest] = hosts;
    if (hosts.size > most.hosts && oldest !== undefined) {
      const [silent, place] = oldest;
      close(silent, "hosts");
      hosts.delete(silent);
      place.partition.lanes.delete(place.key);
    }
    return lane;
  }

  function createLane(partition: Partition, host: string | null): Lane {
    const source = host ?? "-";
    const analyser = createAnalyser({
      source,
      overrides,
      onAnalysis(analysis) {
        const { report, notes } = analysis;
        const [first] = lane.marks;
        if (first !== undefined) addSpan(partition, { ...first, end: report.endLine });
        const place = { source, line: report.line };
        const noted = lane.cut === null ? notes : [...notes, makeNote("report-too-long", lane.cut, place)];
        onOutput({ type: "analysis", host, partition: partition.name, analysis: { ...analysis, notes: noted } });
      },
    });
    const reader = createLineReader({
      source,
      ...clock,
      // Only names that were given: they outrank the known ones.
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
      turnLimit: 0,
      onNote: () => {},
      onLine(line) {
        if (line.wallUsec !== null) partition.usec = Math.max(partition.usec, line.wallUsec);
        lane.lastUsec = partition.usec;
        analyser.push(line);
      },
    });
    const lane: Lane = { reader, analyser, marks: [], characters: 0, lastUsec: 0, lastWall: null, cut: null };
    return lane;
  }

  /** Closes what is open on a host, because it is over or a bound is reached. */
  function close(lane: Lane, cut: string | null = null): void {
    lane.cut = cut === null ? null : String(lane.marks.length);
    lane.analyser.end();
    lane.cut = null;
    lane.marks = [];
    lane.characters = 0;
    open.delete(lane);
  }

  function take(lane: Lane, partition: Partition, json: string, mark: Mark): void {
    lane.lastWall = wall;
    lane.marks.push(mark);
    lane.characters += json.length;
    lane.reader.push(json, mark.record, null);
    lane.reader.flush();
    const { since } = lane.analyser;
    open.delete(lane);
    if (since === null) {
      lane.marks = [];
      lane.characters = 0;
      return;
    }
    const done = lane.marks.findIndex(({ record: number }) => number >= since);
    // The lines of a report that is over count for the next one; the bound is rough.
    if (done > 0) lane.marks = lane.marks.slice(done);
    if (lane.marks.length === 1) lane.characters = json.length;
    open.set(lane, partition);
    if (lane.marks.length > most.recordsOfReport || lane.characters > most.charactersOfReport) close(lane, "length");
    else if (open.size > most.openReports) {
      const [oldest] = open.keys();
      if (oldest !== undefined) close(oldest, "open");
    }
  }

  function closeSilent(partition: Partition): void {
    if (partition.usec - partition.checkedUsec < 1_000_000) return;
    partition.checkedUsec = partition.usec;
    for (const [lane, its] of open) {
      if (its === partition && partition.usec - lane.lastUsec > SILENT_STREAM_USEC) close(lane);
    }
  }

  /** Keeps the span of a report that is over, as one with those that it overlaps; beyond the bound with all. */
  function addSpan(partition: Partition, span: Span): void {
    const isFull = partition.given.length >= most.openReports;
    const overlaps = (one: Span): boolean => isFull || (one.record <= span.end && span.record <= one.end);
    let joined = span;
    for (const one of partition.given.filter(overlaps)) {
      joined = { ...(one.record < joined.record ? one : joined), end: Math.max(one.end, joined.end) };
    }
    partition.given = [...partition.given.filter((one) => !overlaps(one)), joined];
  }

  /**
   * Before the first line of the oldest open report, and of those that overlap it and are over: from within one a next
   * run would read the rest, and give it as a report of its own.
   */
  function lowWater(partition: Partition): Offset | undefined {
    let oldest: Mark | undefined;
    for (const [lane, its] of open) {
      const [mark] = lane.marks;
      if (its === partition && mark !== undefined && mark.record < (oldest?.record ?? Number.POSITIVE_INFINITY)) {
        oldest = mark;
      }
    }
    if (oldest === undefined) {
      partition.given = [];
      return partition.last;
    }
    const { record: at } = oldest;
    const cut = partition.given.find(({ record: start, end }) => start < at && at <= end);
    const mark = cut !== undefined && at - cut.record <= most.recordsOfReport ? cut : oldest;
    partition.given = partition.given.filter(({ record: start }) => start >= mark.record);
    return mark.before;
  }

  function giveCheckpoints(): void {
    for (const partition of partitions.values()) {
      const offset = lowWater(partition);
      if (offset === undefined || offset === partition.told) continue;
      partition.told = offset;
      onOutput({ type: "checkpoint", partition: partition.name, offset });
    }
  }

  function bury(reason: DeadReason, partition: Offset | null, offset: Offset | null): void {
    onOutput({ type: "dead", partition, offset, record, reason });
  }

  return {
    push(json) {
      record++;
      const parsed = parse(json);
      if (typeof parsed === "string") {
        bury(parsed, null, null);
        return;
      }
      const { host, hasMessage, partition: name, offset = null } = placeOf(parsed, fields);
      const partition = partitionOf(name);
      const mark = { record, before: partition.last };
      partition.last = offset ?? record;
      if (hasMessage) take(laneOf(partition, host), partition, json, mark);
      else bury("no message", name, partition.last);
      closeSilent(partition);
    },
    dead(reason) {
      record++;
      bury(reason, null, null);
    },
    checkpoint: giveCheckpoints,
    tick(now) {
      wall = now;
      for (const lane of open.keys()) {
        lane.lastWall ??= now;
        if (now - lane.lastWall > SILENT_WALL_MS) close(lane);
      }
    },
    revoke(name) {
      const partition = partitions.get(name);
      if (partition === undefined) return;
      partitions.delete(name);
      for (const lane of partition.lanes.values()) {
        open.delete(lane);
        hosts.delete(lane);
      }
    },
    end() {
      for (const lane of [...open.keys()]) close(lane);
      giveCheckpoints();
    },
  };
}

function parse(json: string): Readonly<Record<string, unknown>> | DeadReason {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "not an object";
    return value as Readonly<Record<string, unknown>>;
  } catch {
    return "not JSON";
  }
}
