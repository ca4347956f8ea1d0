import { describe, expect, it } from "vitest";
import { findUncited } from "./provenance.js";
import { keys, parseShared, readIndex } from "./shared-logs.js";

const index = readIndex("lab");

/**
 * Where a log's index is wrong, with the text that shows it: the console tore the line in two, and the record of another
 * kill stands in the middle.
 */
const wrongIndex: Readonly<Record<string, { readonly index: string; readonly log: readonly string[] }>> = {
  "6.12.107+deb13-cloud-amd64_amd64_g_forkbomb.dmesg": {
    index: "909:521:bomb-37[   29.095637] Out of memory: Killed process 635 (bomb-492",
    log: ["909:521:bomb-379", "909:635:bomb-492"],
  },
};

/** Runs whose log was read back through a console that more was being written to: lines torn, messages dropped. */
const stormy = /_m2_nokill\.|_g_forkbomb/;

describe("the lab's logs", () => {
  it.each(index)("$file", ({ file, invoked, killed, kill_lines }) => {
    const { reports } = parseShared(`lab/runs/${file}`);
    const triggers = reports.flatMap((report) => (report.trigger === null ? [] : [report.trigger.line]));
    // An index sees no trigger that is torn in the middle of its words.
    if (stormy.test(file)) expect(triggers).toEqual(expect.arrayContaining([...invoked]));
    else expect(triggers.sort((a, b) => a - b)).toEqual(invoked);

    const died = new Set(keys(killed));
    const wrong = wrongIndex[file];
    if (wrong !== undefined) {
      expect(died.delete(wrong.index)).toBe(true);
      for (const key of wrong.log) died.add(key);
    }
    expect(keys(reports.flatMap((report) => report.kills))).toEqual([...died].sort());
    const chosen = reports.flatMap((report) => (report.chosen?.score === undefined ? [] : [report.chosen]));
    expect(chosen).toHaveLength(kill_lines.length);
    if (!file.includes("_nokill")) expect(keys(chosen)).toEqual(keys(kill_lines));

    const complete = reports.filter((report) => report.complete);
    const unknown = complete.flatMap((report) => report.unknownLines.map(({ line }) => line));
    expect(unknown).toEqual([]);
    for (const report of reports) {
      const substance = report.tasks.length + report.kills.length;
      const block = report.memInfo ?? report.memcg ?? report.chosen ?? report.summary ?? report.trigger;
      expect(substance > 0 || block !== null).toBe(true);
    }
  });

  it.each(index.filter(({ file }) => !stormy.test(file)))("cites a line for every number of $file", ({ file }) => {
    for (const report of parseShared(`lab/runs/${file}`).reports) expect(findUncited(report)).toEqual([]);
  });

  const pairs = index.filter(
    ({ file }) =>
      file.endsWith(".console") && !stormy.test(file) && index.some((other) => other.file === ringBuffer(file)),
  );
  it.each(pairs)("gives $file and the ring buffer of the same run the same ids", ({ file, invoked, killed }) => {
    const other = index.find((entry) => entry.file === ringBuffer(file));
    const same = other?.invoked.length === invoked.length && other.killed.length === killed.length;
    const ids = parseShared(`lab/runs/${file}`).reports.map(({ id }) => id);
    const others = parseShared(`lab/runs/${ringBuffer(file)}`).reports.map(({ id }) => id);
    if (same) expect(ids).toEqual(others);
    else expect(ids.some((id) => others.includes(id))).toBe(true);
  });
});

function ringBuffer(file: string): string {
  return file.replace(/\.console$/, ".dmesg");
}
