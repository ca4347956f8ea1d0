import { type FuzzInput, linesOf } from "./input.js";

/** Inputs that are tried to make one smaller. */
const MOST_TRIES = 400;

/** The smallest input found that fails as well: fewer mutations, formats, samples and lines. */
export function shrink(input: FuzzInput, fails: (input: FuzzInput) => boolean): FuzzInput {
  let smallest = input;
  let tries = 0;
  for (let found = true; found && tries < MOST_TRIES; ) {
    found = false;
    for (const one of smaller(smallest)) {
      tries++;
      if (!fails(one)) continue;
      smallest = one;
      found = true;
      break;
    }
  }
  return smallest;
}

function* smaller(input: FuzzInput): Generator<FuzzInput> {
  for (const list of ["records", "lines", "dresses"] as const) {
    for (const at of input[list].keys()) yield { ...input, [list]: input[list].toSpliced(at, 1) };
  }
  if (input.apart === true) return;
  if (input.samples.length > 1) {
    for (const at of input.samples.keys()) yield { ...input, samples: input.samples.toSpliced(at, 1) };
  }
  if (input.terminator !== "\n") yield { ...input, terminator: "\n" };
  const [from, count] = input.window ?? [0, linesOf({ ...input, records: [], dresses: [], lines: [] }).length];
  for (const part of [count >> 1, count >> 2, count >> 3, 1]) {
    if (part === 0 || part === count) continue;
    yield { ...input, window: [from, count - part] };
    yield { ...input, window: [from + part, count - part] };
  }
}
