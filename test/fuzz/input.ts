import fc from "fast-check";
import type { Dress } from "../input/dress/dress.js";
import { recordsOf } from "../input/dress/dress.js";
import { dresses } from "../input/dress/index.js";
import { samples } from "../parse/samples.js";
import { movable } from "./locality.js";
import { type Mutation, mutate, mutation } from "./mutation.js";

/** A log as data: whatever makes it is in it, so that one line of JSON brings it back. */
export interface FuzzInput {
  /** `KERNEL_ARCH/SCENARIO`, one after the other. */
  readonly samples: readonly string[];
  /** Three samples, ages apart, and only the second is damaged: the others must not change. */
  readonly apart?: true;
  /** Of all their lines, these: the first, and how many. */
  readonly window?: readonly [from: number, count: number];
  /** What is done to the records. */
  readonly records: readonly Mutation[];
  /** The formats that the records are written in, part by part. */
  readonly dresses: readonly string[];
  /** What is done to the lines as written. */
  readonly lines: readonly Mutation[];
  readonly terminator: "\n" | "\r\n";
}

export function dressName({ id, variant }: Dress): string {
  return variant === undefined ? id : `${id} ${variant}`;
}

/** Thirty years. */
const LONGEST_USEC = 1e15;

const dressByName = new Map(dresses.map((dress) => [dressName(dress), dress]));
const sampleByName = new Map(samples.map((sample) => [sample.name, sample]));

/** Samples that are small enough for a million runs. */
const small = samples.filter(({ lines }) => lines.length <= 150);

/** The lines of the input's text, without their terminators. */
export function linesOf({ samples: chosen, window, records, dresses: worn, lines }: FuzzInput): string[] {
  const whole = chosen.flatMap((name) => sampleByName.get(name)?.lines ?? []);
  const from = window === undefined ? 0 : window[0] % whole.length;
  const raw = mutate(window === undefined ? whole : whole.slice(from, from + window[1]), records);
  const part = Math.ceil(raw.length / Math.max(worn.length, 1));
  const written = worn.flatMap((name, index) => {
    // No writer has a date for a machine that is up for a million years.
    const records = recordsOf(raw.slice(index * part, (index + 1) * part)).map((record) => ({
      ...record,
      usec: Math.min(record.usec, LONGEST_USEC),
    }));
    const text = dressByName.get(name)?.put(records) ?? "";
    return records.length === 0 ? [] : (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  });
  return mutate(worn.length === 0 ? raw : written, lines).flatMap((line) => line.split("\n"));
}

const dressNames = [...dressByName.keys()];

/** Raw logs most of the time: mutations of their lines show in the grammar, and other formats are slower to make. */
const worn = fc.oneof(
  { weight: 8, arbitrary: fc.constant<string[]>([]) },
  { weight: 2, arbitrary: fc.constantFrom(...dressNames).map((name) => [name]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...dressNames), { minLength: 2, maxLength: 3 }) },
);

const one = fc.constantFrom(...samples).map(({ name }) => [name]);
const terminator = fc.constantFrom("\n" as const, "\n" as const, "\n" as const, "\r\n" as const);

/** A few lines of a sample: fast, and so the most. */
const windowed: fc.Arbitrary<FuzzInput> = fc.record({
  samples: one,
  window: fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 16 })),
  records: fc.array(mutation, { minLength: 1, maxLength: 3 }),
  dresses: worn,
  lines: fc.array(mutation, { maxLength: 1 }),
  terminator,
});

/** Whole logs, one or a few after the other. */
const whole: fc.Arbitrary<FuzzInput> = fc.record({
  samples: fc.oneof(
    { weight: 6, arbitrary: one },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.constantFrom(...small), { minLength: 2, maxLength: 3 })
        .map((all) => all.map(({ name }) => name)),
    },
  ),
  records: fc.array(mutation, { maxLength: 4 }),
  dresses: worn,
  lines: fc.array(mutation, { maxLength: 3 }),
  terminator,
});

const movableNames = fc.constantFrom(...movable.map(({ name }) => name));

/** Logs one after the other, one of which is damaged. */
const apart: fc.Arbitrary<FuzzInput> = fc.record({
  apart: fc.constant(true as const),
  samples: fc.tuple(movableNames, movableNames, movableNames).map((names) => [...names]),
  records: fc.array(mutation, { minLength: 1, maxLength: 3 }),
  dresses: fc.constant<string[]>([]),
  lines: fc.constant<Mutation[]>([]),
  terminator: fc.constant("\n" as const),
});

/** Any input. */
export const fuzzInput: fc.Arbitrary<FuzzInput> = fc.oneof(
  { weight: 24, arbitrary: windowed },
  { weight: 1, arbitrary: apart },
  { weight: 1, arbitrary: whole },
);
