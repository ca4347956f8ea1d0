import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readText } from "./read-text.js";

const folder = new URL("../../../shared/corpus/", import.meta.url);

interface Entry {
  readonly file: string;
  readonly prefix: string;
  readonly prefixes: Readonly<Record<string, number>>;
  readonly needs: readonly string[];
  readonly invoked: readonly number[];
  readonly killed: readonly { readonly pid: number; readonly name: string; readonly line: number }[];
}

const entries: readonly Entry[] = readFileSync(new URL("index.jsonl", folder), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line));

/** What is left of a prefix where it was not, or not wholly, taken off. */
const PREFIX =
  /^(?:<\d+>|\[ *\d+\.\d+\]|\[ *[TC]\d+\] |[A-Z][a-z]{2} [ \d]\d \d\d:\d\d|\d{4}-\d\d-\d\d[ T]|> |: \[|\d+,\d+,\d+,|kernel: )/;

/** Where the index is wrong: line 148 of 001 is `REC_INVOKED_OOMKILLER = re.compile(r'^(?P<trigger_proc_name>…`. */
const NO_TRIGGER = new Set(["001 148"]);

describe.each(entries.map((entry) => ({ name: entry.file, entry })))("$name", ({ entry }) => {
  const { lines } = readText(readFileSync(new URL(`logs/${entry.file}`, folder)));

  it("has no prefix left on the kernel's lines", () => {
    // Prose around a log in a quoted mail is no line of the kernel.
    const left = lines.filter(({ text }) => PREFIX.test(text) && !/^> (?![[ ]|\S+ invoked)/.test(text));
    expect(left.map(({ line, text }) => `${line}: ${text}`)).toEqual([]);
  });

  it("has each trigger and each kill as a line's own text", () => {
    const at = (number: number, pattern: RegExp) =>
      lines.some(({ line, endLine = line, text }) => line <= number && number <= endLine && pattern.test(text));
    for (const number of entry.invoked)
      if (!NO_TRIGGER.has(`${entry.file.slice(0, 3)} ${number}`))
        expect(at(number, /^\S.* invoked oom-killer\b/), `line ${number}`).toBe(true);
    for (const { pid, line } of entry.killed)
      expect(at(line, new RegExp(`(?:^|: |^\\S.*, )Killed process ${pid}[ ,]`)), `line ${line}`).toBe(true);
  });
});

describe("what the paste broke", () => {
  function rowsOf(number: string): string[] {
    const entry = entries.find(({ file }) => file.startsWith(number));
    const { lines } = readText(readFileSync(new URL(`logs/${entry?.file}`, folder)));
    return lines.map(({ text }) => text).filter((text) => /^\[ *\d+\] +\d/.test(text));
  }

  it.each(["058", "068", "069", "075", "102"])("%s: each row ends with a name again", (number) => {
    const rows = rowsOf(number);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row).toMatch(/^\[ *\d+\](?: +-?\d+){6,11} +[A-Za-z(]\S*(?: \S+)*$/);
  });

  it("161: one line holds eight records", () => {
    const entry = entries.find(({ file }) => file.startsWith("161"));
    const { lines } = readText(readFileSync(new URL(`logs/${entry?.file}`, folder)));
    expect(lines.map(({ uptimeUsec }) => uptimeUsec)).toHaveLength(8);
    expect(lines[1]?.text).toMatch(/^memory: usage /);
  });
});
