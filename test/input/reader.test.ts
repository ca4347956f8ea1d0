import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import { readText } from "./read-text.js";

const folder = new URL("../../samples/formats/", import.meta.url);
const fixtures = readdirSync(folder).map((name) => ({ name, text: decodeBytes(readFileSync(new URL(name, folder))) }));

function texts(written: string): string[] {
  return readText(written).lines.map(({ text }) => text);
}

describe("the reader", () => {
  it("gives the same with carriage returns, but where a length counts the bytes", () => {
    for (const { name, text } of fixtures) {
      if (name === "journal-export.txt") continue;
      expect(texts(text.replaceAll("\n", "\r\n")), name).toEqual(texts(text));
    }
  });

  it("gives the same quoted in a mail, but where lines depend on what is before them", () => {
    // Joined lines and parts of whole files are no lines of a mail.
    const whole =
      /^(?:hard-wrap|quoted-printable|fence|indent|html|journal-export|csv|elastic-document|splunk-csv|pstore|hanging)/;
    for (const { name, text } of fixtures) {
      if (whole.test(name)) continue;
      expect(texts(text.replace(/^(?=.)/gm, "> ")), name).toEqual(texts(text));
    }
  });

  it("follows a source that changes its format", () => {
    // What runs backward, ends with its file, or shows by the widths around it, is no part of a longer one.
    const whole = /^(?:logcli|loki-line|splunk|pstore|one-line|fence|hard-wrap)/;
    const parts = fixtures.filter(({ name }) => !whole.test(name));
    const any = fc.constantFrom(...parts);
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const expected = [a, b, c].flatMap(({ text }) => texts(text));
        const joined = [a, b, c].map(({ text }) => `${text.trimEnd()}\n`).join("\n");
        expect(texts(joined), [a, b, c].map(({ name }) => name).join(" + ")).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps every line of a text that is no log", () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z']{0,12}$/);
    const sentence = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => `${words.join(" ")}.`);
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 30 }), (lines) => {
        expect(texts(lines.join("\n"))).toEqual(lines);
      }),
    );
  });

  it("takes no sentence that begins with yes or no for the end of a line that a mail program broke", () => {
    const lines = ["AaaAa''A'' Aa''''aA' a'' AAaa'AaAaaA aaa' a''aa'Aa.", "no'A''''' a.", "a."];
    expect(texts(lines.join("\n"))).toEqual(lines);
    const long = ["A line that is just about as long as a mail program makes them, see", "no", "yes"];
    expect(texts(long.join("\n"))).toEqual(long);
  });

  it("survives any text, and numbers its lines rightly", () => {
    const pieces = fixtures.flatMap(({ text }) => text.split("\n").slice(0, 3));
    const piece = fc.oneof(
      fc.constantFrom(...pieces),
      fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll("\n", "")),
      fc
        .tuple(fc.constantFrom(...pieces), fc.nat(80), fc.constantFrom(...pieces))
        .map(([a, cut, b]) => a.slice(0, cut) + b.slice(cut)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (lines) => {
        const read = readText(lines.join("\n")).lines;
        for (const { line, endLine = line, text } of read) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeLessThanOrEqual(Math.max(1, lines.length));
          expect(text).not.toContain("\n");
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a paste", () => {
  it("of prose and code blocks keeps the log only", () => {
    const { lines, notes } = readText(
      ["[    3.0] a", "```", "- **a**: what it means", "```", "[    3.1] b", "```", "The end"].join("\n"),
    );
    expect(lines.map(({ text }) => text)).toEqual(["a", "b"]);
    expect(notes).toMatchObject([{ code: "prose-skipped", line: 3 }]);
  });

  it("names what was taken off", () => {
    const { notes } = readText(">     [    3.0] a\n>     [    3.1] b");
    expect(notes).toMatchObject([{ code: "paste-cleaned", line: 1 }]);
    expect(notes[0]?.message).toContain("mail-quote, indent");
  });

  it.each([
    ["a device before a colon", "kworker/0:1 invoked oom-killer: gfp_mask=0x6000c0(GFP_KERNEL), order=-1"],
    ["a number before a colon", "pcpu-alloc: [0] 0 1 2 3 "],
    [
      "hexadecimal after an equals sign",
      "Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB",
    ],
    ["colour within a name", "[    135]     0   135     5072     4864        0             0 \u001b[31mred"],
    ["a stamp as a name", "Killed process 12 ([    1.000000] x) total-vm:1kB, anon-rss:1kB, file-rss:0kB"],
    ["a stamp as a row's name", "[     12]     0    12     5072     4864        0             0 [    1.000000] x"],
    ["a tag within brackets", "[<ffffffff8108d631>] ? <IRQ> oom_kill_process+0x91/0x210"],
    ["a reference", "&lt is no entity, and &amp neither"],
  ])("%s is the kernel's own", (_, text) => {
    expect(texts(`[    3.100000] before\n[    3.200000] ${text}\n[    3.300000] after`)).toEqual([
      "before",
      text,
      "after",
    ]);
    expect(texts(`before.\n${text}\nafter.`)).toEqual(["before.", text, "after."]);
  });

  it("that lost newlines is cut where another record begins", () => {
    const { lines } = readText(
      "[   12.000001] Node[   12.000002] Out of memory: Killed process 619 (bomb-476) total-vm:1256kB",
    );
    expect(lines).toMatchObject([
      { text: "Node", uptimeUsec: 12_000_001 },
      { text: "Out of memory: Killed process 619 (bomb-476) total-vm:1256kB", uptimeUsec: 12_000_002 },
    ]);
  });

  it("takes a stamp that the text ends in for no part of the last record", () => {
    const { lines, notes } = readText(
      "[    1.000000] a[    1.000001] b[    1.000002] c[    1.000003] d[    1.000004] e[    1.00",
    );
    expect(lines.map(({ text }) => text)).toEqual(["a", "b", "c", "d", "e"]);
    expect(notes).toMatchObject([{ code: "records-missing", line: 1 }]);
    expect(notes[0]?.message).toContain("[    1.00");
  });

  it("names both lines of a record that was broken", () => {
    const { lines, notes } = readText(
      "[    3.865246] trigger invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL),\norder=0, oom_score_adj=0\n[    3.865989] Call Trace:",
    );
    expect(lines).toMatchObject([
      { text: "trigger invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", line: 1, endLine: 2 },
      { text: "Call Trace:", line: 3 },
    ]);
    expect(notes).toMatchObject([{ code: "lines-rejoined", line: 2 }]);
  });

  it("with other programs' lines keeps them apart", () => {
    const console = [
      "[    3.866213] Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian",
      "[FAILED] Failed to start a.service.",
      "[    3.866214] Call Trace:",
    ];
    expect(texts(console.join("\n"))).toEqual([
      "Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian",
      "[FAILED] Failed to start a.service.",
      "Call Trace:",
    ]);
  });
});

describe("what a daemon says about records", () => {
  it("is told, and is no record", () => {
    const { lines, notes } = readText(
      [
        "Oct 17 10:03:07 vm kernel: a",
        "Oct 17 10:03:07 vm kernel: message repeated 3 times: [ a]",
        "Oct 17 10:03:07 vm last message repeated 2 times",
        "Oct 17 10:03:08 vm systemd-journald[1]: Missed 25 kernel messages",
        "Oct 17 10:03:08 vm rsyslogd: imklog: 12 messages lost due to rate-limiting",
      ].join("\n"),
      { year: 2026 },
    );
    expect(lines.map(({ text }) => text)).toEqual(["a", "last message repeated 2 times"]);
    expect(notes.map(({ code, line }) => [code, line])).toEqual([
      ["records-missing", 4],
      ["records-missing", 5],
      ["message-repeated", 2],
    ]);
  });

  it("a text that journalctl left out stays a record, since it may be a row", () => {
    const { lines, notes } = readText("Oct 17 10:03:07 vm kernel: [110B blob data]", { year: 2026 });
    expect(lines.map(({ text }) => text)).toEqual(["[110B blob data]"]);
    expect(notes).toMatchObject([{ code: "record-lost", line: 1 }]);
  });
});
