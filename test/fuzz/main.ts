/**
 * Fuzzes the way from lines to outputs: `npm run fuzz -- [--seconds N | --inputs N] [--seed S]`, and
 * `npm run fuzz -- --input JSON` to see one input again. The closing line is that of every test run.
 */
import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parseArgs } from "node:util";
import fc from "fast-check";
import type { BoundTried } from "./bounds.js";
import { type FuzzInput, fuzzInput, linesOf } from "./input.js";
import { holdLocality } from "./locality.js";
import { holdAnalyses, holdReading } from "./properties.js";
import { shrink } from "./shrink.js";

/** Inputs that are drawn from one seed. */
const BATCH = 500;
/** One of so many inputs goes through the analysis and every output. */
const WHOLE_WAY = 64;
/** Failures that are told; the rest is counted. */
const MOST_TOLD = 20;

const { values } = parseArgs({
  options: {
    seconds: { type: "string" },
    inputs: { type: "string" },
    seed: { type: "string" },
    input: { type: "string" },
  },
});

const count = { inputs: 0, lines: 0, reports: 0, analyses: 0, apart: 0, failures: 0 };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function check(input: FuzzInput, wholeWay: boolean): void {
  if (input.apart === true) {
    count.apart++;
    count.reports += holdLocality(input.samples, input.records);
    return;
  }
  const lines = linesOf(input).map((line) => (input.terminator === "\r\n" ? `${line}\r` : line));
  count.lines += lines.length;
  count.reports += holdReading(lines, input.dresses.length === 0).reports.length;
  if (wholeWay) count.analyses += holdAnalyses(lines);
}

/** What an input breaks, or null. */
function failureOf(input: FuzzInput, wholeWay: boolean): Error | null {
  try {
    check(input, wholeWay);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The property that failed, or the place that threw: failures of one kind are told once. */
function kindOf({ message, stack = "" }: Error): string {
  const place = stack.split("\n").find((line) => line.includes("/src/")) ?? "";
  return `${message.split(":")[0]} ${place.trim()}`;
}

async function fuzz(seed: number): Promise<void> {
  const inputs = values.inputs === undefined ? Number.POSITIVE_INFINITY : Number(values.inputs);
  const seconds =
    values.seconds === undefined && values.inputs === undefined ? 60 : Number(values.seconds ?? "Infinity");
  const until = performance.now() + seconds * 1000;
  const told = new Set<string>();
  // Ctrl-C ends it with the counts so far.
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const isOver = (): boolean => count.inputs >= inputs || performance.now() >= until || stop.signal.aborted;
  for (let batch = 0; !isOver(); batch++) {
    await nextTurn();
    for (const input of fc.sample(fuzzInput, { numRuns: BATCH, seed: (seed + batch) | 0 })) {
      if (isOver()) break;
      const wholeWay = count.inputs % WHOLE_WAY === 0;
      count.inputs++;
      const failure = failureOf(input, wholeWay);
      if (failure === null) continue;
      count.failures++;
      const kind = kindOf(failure);
      if (told.has(kind) || told.size >= MOST_TOLD) continue;
      told.add(kind);
      const small = shrink(input, (one) => {
        const other = failureOf(one, wholeWay);
        return other !== null && kindOf(other) === kind;
      });
      say(`failed: ${failureOf(small, wholeWay)?.stack}`);
      say(`  npm run fuzz -- --input '${JSON.stringify(small).replaceAll("'", "\\u0027")}'`);
    }
  }
}

/** Inputs that are pumped, not drawn: see bounds.ts. */
async function bounds(): Promise<void> {
  const child = fork(new URL("./bounds.js", import.meta.url), { execArgv: ["--no-opt", "--no-warnings"] });
  child.on("message", (tried) => {
    const { said, inputs, failed } = tried as BoundTried;
    count.inputs += inputs;
    if (failed) count.failures++;
    say(said);
  });
  await once(child, "exit");
}

if (values.input === undefined) {
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  say(`seed ${seed}`);
  await bounds();
  await fuzz(seed);
  const { inputs, lines, reports, analyses, failures } = count;
  say(`${inputs} inputs of ${lines} lines, ${reports} reports, ${analyses} analyses`);
  say(`${inputs - failures} passed, ${failures} failed`);
} else {
  const input: FuzzInput = JSON.parse(values.input);
  say(linesOf(input).join("\n"));
  const failure = failureOf(input, true);
  if (failure !== null) say(`failed: ${failure.stack}`);
  say(failure === null ? "1 passed, 0 failed" : "0 passed, 1 failed");
  count.failures = failure === null ? 0 : 1;
}
process.exitCode = count.failures === 0 ? 0 : 1;
