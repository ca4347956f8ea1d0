import type { Growth, RestartLoop, Storm } from "../model/incident.js";
import type { Sighting } from "./sighting.js";
import { type Timed, timesOf } from "./times.js";

/** Reports of an incident that follow each other within this are one storm. */
const STORM_GAP_SECONDS = 600;
/** Fewer reports than this are no storm. */
const STORM_REPORTS = 3;
/** A restart loop has at least so many kills, each of a new process. */
const LOOP_KILLS = 4;
/** A program needs some time to start and fill its memory again: what dies faster is a storm. */
const LOOP_SECONDS = 20;
/** So many of the gaps are within a factor of two of the median: others are nights, deploys, lost logs. */
const LOOP_REGULAR = 0.75;
/** Fewer sizes than this make no trend. */
const GROWTH_KILLS = 3;
/** From the first kill to the last, on the line through all. */
const GROWTH_FACTOR = 1.1;
/** Correlation of size and time: the sizes lie near the line. */
const GROWTH_CORRELATION = 0.9;

/** What the times of an incident's reports tell. */
export interface Timing {
  readonly stormCount: number;
  readonly storm: Storm | null;
  readonly restartLoopCount: number;
  readonly restartLoop: RestartLoop | null;
  readonly growthCount: number;
  readonly growth: Growth | null;
}

/** Looks at each place for itself: storms, loops and leaks are a machine's. */
export function timingOf(sightings: readonly Sighting[]): Timing {
  const places = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const known = places.get(sighting.place);
    if (known === undefined) places.set(sighting.place, [sighting]);
    else known.push(sighting);
  }
  const all = [...places.values()].map((one) => timesOf(one, (sighting) => sighting));
  const storms = all.flatMap(stormsOf);
  const loops = all.flatMap(loopOf);
  const growths = all.flatMap(growthOf);
  return {
    stormCount: storms.length,
    storm: best(storms, ({ reports }) => reports),
    restartLoopCount: loops.length,
    restartLoop: best(loops, ({ kills }) => kills),
    growthCount: growths.length,
    growth: best(growths, ({ kills }) => kills),
  };
}

type Times = readonly Timed<Sighting>[];

function stormsOf(times: Times): Storm[] {
  const storms: Storm[] = [];
  let start = 0;
  times.forEach(({ seconds }, index) => {
    const next = times[index + 1];
    if (next !== undefined && next.seconds - seconds <= STORM_GAP_SECONDS) return;
    const row = times.slice(start, index + 1);
    start = index + 1;
    const [first] = row;
    if (first === undefined || row.length < STORM_REPORTS) return;
    storms.push({
      host: first.item.host,
      from: first.item.wallSeconds === null ? null : rfc3339(first.item.wallSeconds),
      seconds: seconds - first.seconds,
      reports: row.length,
      kills: row.reduce((sum, { item }) => sum + item.killed.length, 0),
    });
  });
  return storms;
}

function loopOf(times: Times): RestartLoop[] {
  const killed = times.filter(({ item }) => item.victim !== null && !item.collateral);
  const [first] = killed;
  if (first === undefined || killed.length < LOOP_KILLS) return [];
  if (killed.some(({ item }) => item.victim?.name !== first.item.victim?.name)) return [];
  for (let at = 1; at < killed.length; at++) {
    if (killed[at]?.item.victim?.pid === killed[at - 1]?.item.victim?.pid) return [];
  }
  const gaps = killed.slice(1).map(({ seconds }, index) => seconds - (killed[index]?.seconds ?? seconds));
  const median = medianOf(gaps);
  const regular = gaps.filter((gap) => gap >= median / 2 && gap <= median * 2).length;
  if (median < LOOP_SECONDS || regular < LOOP_REGULAR * gaps.length) return [];
  return [{ host: first.item.host, everySeconds: median, kills: killed.length }];
}

/** A least-squares line through the sizes of the victim of that name that died most often here. */
function growthOf(times: Times): Growth[] {
  const byName = new Map<
    string,
    { readonly seconds: number; readonly bytes: number; readonly host: string | null }[]
  >();
  for (const { item, seconds } of times) {
    if (item.victim === null || item.victimBytes === null) continue;
    const points = byName.get(item.victim.name) ?? [];
    points.push({ seconds, bytes: item.victimBytes, host: item.host });
    byName.set(item.victim.name, points);
  }
  return [...byName].flatMap(([name, points]) => {
    const [first] = points;
    const last = points.at(-1);
    if (first === undefined || last === undefined || points.length < GROWTH_KILLS) return [];
    const line = lineThrough(points.map(({ seconds, bytes }) => [seconds - first.seconds, bytes] as const));
    if (line === null || line.correlation < GROWTH_CORRELATION) return [];
    const rise = line.slope * (last.seconds - first.seconds);
    if (line.start <= 0 || line.start + rise < GROWTH_FACTOR * line.start) return [];
    const bytesPerHour = Math.round(line.slope * 3600);
    return [
      { host: first.host, name, fromBytes: first.bytes, toBytes: last.bytes, bytesPerHour, kills: points.length },
    ];
  });
}

/** Null where all points stand above each other, or all sizes are the same. */
function lineThrough(
  points: readonly (readonly [x: number, y: number])[],
): { readonly start: number; readonly slope: number; readonly correlation: number } | null {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [x, y] of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
    yy += (y - meanY) ** 2;
  }
  if (xx === 0 || yy === 0) return null;
  const slope = xy / xx;
  return { start: meanY - slope * meanX, slope, correlation: xy / Math.sqrt(xx * yy) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function best<T>(items: readonly T[], weight: (item: T) => number): T | null {
  return items.reduce<T | null>((most, item) => (most === null || weight(item) > weight(most) ? item : most), null);
}

/** Seconds since 1970 as RFC 3339 UTC, with a fraction only where there is one. */
export function rfc3339(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().replace(".000Z", "Z");
}
