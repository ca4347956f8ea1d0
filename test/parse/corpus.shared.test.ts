import { describe, expect, it } from "vitest";
import { findUncited } from "./provenance.js";
import { keys, parseShared, readIndex } from "./shared-logs.js";

const index = readIndex("corpus");
const plain = index.filter(({ needs }) => (needs ?? []).length === 0);

/** Triggers of the index that are none, with the text of the line. */
const noTriggers: Readonly<Record<string, { readonly line: number; readonly text: string }>> = {
  "001-carstengrohmann-oomanalyser-3.10.0-514.6.1.el7.x86_64-java.txt": {
    line: 148,
    text: "    REC_INVOKED_OOMKILLER = re.compile(r'^(?P<trigger_proc_name>[\\w ]+) invoked oom-killer:', re.MULTILINE)",
  },
};

/** Triggers that an index leaves out because the log cut the name off: the line itself says enough. */
const headless: Readonly<Record<string, { readonly line: number; readonly text: string }>> = {
  "075-ml-linux-ext4-5.7.0-rc3-next-20200430-polkitd.txt": {
    line: 1,
    text: "oom-killer: gfp_mask=0x101cc0(GFP_USER|__GFP_WRITE), order=0,",
  },
};

describe("public logs with plain prefixes", () => {
  it.each(plain)("$file", ({ file, invoked, killed }) => {
    const { reports } = parseShared(`corpus/logs/${file}`);
    const triggers = reports.flatMap((report) => (report.trigger === null ? [] : [report.trigger.line]));
    const expected = [...invoked.filter((line) => line !== noTriggers[file]?.line), headless[file]?.line ?? []].flat();
    expect(triggers.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
    expect(keys(reports.flatMap((report) => report.kills))).toEqual(keys(killed));
  });

  it("have fewer than one unknown line in a thousand inside complete reports", () => {
    const complete = plain.flatMap(({ file }) =>
      parseShared(`corpus/logs/${file}`).reports.filter((report) => report.complete),
    );
    const lines = complete.reduce((sum, report) => sum + report.lines.length, 0);
    const unknown = complete.reduce((sum, report) => sum + report.unknownLines.length, 0);
    expect(unknown / lines).toBeLessThan(0.001);
  });
});

describe("every public log", () => {
  it.each(index)("cites lines and tells what it could not read: $file", ({ file }) => {
    const { reports, notes } = parseShared(`corpus/logs/${file}`);
    const unknown = reports.filter((report) => report.unknownLines.length > 0);
    expect(notes.filter(({ code }) => code === "unknown-line")).toHaveLength(unknown.length);
    if ((plain as readonly { file: string }[]).some((entry) => entry.file === file)) {
      for (const report of reports) expect(findUncited(report).length).toBeLessThan(report.lines.length / 20 + 12);
    }
  });

  it("has the reserve of a zone, also where a paste glued it to the zone's own line", () => {
    const file = "001-carstengrohmann-oomanalyser-3.10.0-514.6.1.el7.x86_64-java.txt";
    const zones = parseShared(`corpus/logs/${file}`).reports[0]?.memInfo?.zones ?? [];
    expect(zones.map(({ lowmemReservePages, lowmemReserveLine }) => [lowmemReserveLine, lowmemReservePages])).toEqual([
      [38, [0, 2780, 15835, 15835]],
      [39, [0, 0, 13055, 13055]],
      [40, [0, 0, 0, 0]],
      [41, [0, 0, 0, 0]],
    ]);
  });

  it("is no report when an allocation failed and nobody was killed", () => {
    const negative = index.find(({ file }) => file.startsWith("146-"));
    expect(parseShared(`corpus/logs/${negative?.file}`).reports).toEqual([]);
  });
});
