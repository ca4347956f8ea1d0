import type { OomReport } from "../../src/model/report.js";
import { sample, samples } from "../parse/samples.js";
import { type Mutation, mutate } from "./mutation.js";
import { readLines } from "./read.js";

/** Seconds between two logs that stand one after the other: no report of one waits for a line of the next. */
const APART_SECONDS = 10_000;

const stamp = /^(<[0-7]>)?\[ *(\d{1,5})(\.\d{6}\])/;

/** Logs all of whose lines have a stamp, so that they can be moved in time. */
export const movable = samples.filter(({ lines }) => lines.length <= 150 && lines.every((line) => stamp.test(line)));

function moved(name: string, place: number): string[] {
  return sample(name).lines.map((line) =>
    line.replace(stamp, (_, level: string | undefined, seconds: string, rest: string) => {
      return `${level ?? ""}[${String(Number(seconds) + place * APART_SECONDS).padStart(5)}${rest}`;
    }),
  );
}

/**
 * Damage stays local: of three logs one after the other, what is done to the lines of the second changes no report of
 * the first and the third.
 */
export function holdLocality(names: readonly string[], damage: readonly Mutation[]): number {
  const [before = [], second = [], after = []] = names.map(moved);
  // A line that stands beside another report's may be joined to it: the damage is inside.
  const [first = "", last = ""] = [second[0], second.at(-1)];
  const damaged = [first, ...mutate(second.slice(1, -1), damage).flatMap((line) => line.split("\n")), last];
  const { reports } = readLines([...before, ...damaged, ...after]);
  const firstAfter = before.length + damaged.length + 1;
  const alone = (lines: readonly string[], firstLine: number): readonly OomReport[] =>
    readLines(lines, firstLine).reports;
  same(
    reports.filter(({ line }) => line <= before.length),
    alone(before, 1),
    "a report before the damage",
  );
  same(
    reports.filter(({ line }) => line >= firstAfter),
    alone(after, firstAfter),
    "a report behind the damage",
  );
  return reports.length;
}

function same(found: readonly OomReport[], expected: readonly OomReport[], what: string): void {
  const [a, b] = [textOf(found), textOf(expected)];
  if (a === b) return;
  const at = [...a].findIndex((character, index) => character !== b[index]);
  throw new Error(
    `${what} is what it is alone: …${a.slice(at - 80, at + 200)} instead of …${b.slice(at - 80, at + 200)}`,
  );
}

function textOf(reports: readonly OomReport[]): string {
  return JSON.stringify(reports, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}
