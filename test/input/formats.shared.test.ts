import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../src/model/log-line.js";
import { readText } from "./read-text.js";

const folder = new URL("../../../shared/formats/", import.meta.url);

function read(file: string): LogLine[] {
  return readText(readFileSync(new URL(file, folder))).lines;
}

const REPORT = read("dmesg-raw.txt").map(({ text }) => text);

/** Files that hold a part of the report, by how its README cuts them. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "dmesg-e-ru.txt": REPORT.slice(0, 30),
  "dmesg238-F-json-bug.txt": REPORT.slice(0, 6),
  "gcp-logging-read.json": REPORT.slice(-40),
  "journal-json-pretty.txt": REPORT.slice(-37),
  "journal-json-seq.txt": REPORT.slice(0, 56),
  "journal-json-sse.txt": REPORT.slice(0, 16),
  "netconsole-ext-release.txt": REPORT.slice(0, 29),
  "pstore-dmesg-ramoops-0.txt": REPORT.slice(49),
  "pstore-dmesg-ramoops-1.txt": REPORT.slice(0, 49),
};

function collapsed(text: string): string {
  return text.replace(/ +/g, " ").trim();
}

/** What a dress lost of the texts themselves. */
const LOSSES: Readonly<Record<string, (text: string) => string>> = {
  // Fields by any blanks.
  "stripped-blanks.txt": collapsed,
  // Blanks at a word wrap are gone.
  "mail-softwrap-76.txt": collapsed,
  // A login prompt overwrote the begin of one line: it is there, and it is not what the kernel printed.
  "serial-console.txt": (text) => (text === "vmallweb-07 login: oc 0" ? "vmalloc 0" : text),
};

/** Lines that a program wrote, where the source tells. */
const FORGERIES: readonly [string, string][] = [
  ["mysqld invoked oom-killer", "syslog"],
  ["Killed process 4300 (node)", "stdout"],
  ["Killed process 77 (forged)", "/dev/kmsg"],
];

const files = readdirSync(folder).filter((file) => file.includes(".") && file !== "README.md");

describe.each(files)("%s", (file) => {
  const lines = read(file);

  it("holds the report's lines in order", () => {
    const expected = PARTS[file] ?? REPORT;
    const loss = LOSSES[file] ?? ((text) => text);
    const texts = lines.filter(({ trust }) => trust !== "userspace").map(({ text }) => loss(text));
    const start = texts.indexOf(loss(expected[0] ?? ""));
    // A line of systemd stands within the report of this console.
    const report = texts.slice(start).filter((text) => !text.startsWith("[FAILED] Failed to start"));
    expect(report.slice(0, expected.length)).toEqual(expected.map(loss));
  });

  it("tells a forged line where the source can", () => {
    if (!file.startsWith("journal-") || file === "journal-cat.txt") return;
    for (const [text] of FORGERIES)
      for (const line of lines.filter((candidate) => candidate.text.includes(text)))
        expect(line.trust).toBe("userspace");
  });
});

describe("the kernel as the writer", () => {
  it.each([
    ["dmesg-x.txt", "kernel"],
    ["dmesg241-json-x.txt", "kernel"],
    ["kmsg-plain.txt", "kernel"],
    ["netconsole-ext.txt", "kernel"],
    ["netconsd-logger.txt", "kernel"],
    ["journal-export.txt", "kernel"],
    ["journal-json.txt", "kernel"],
    ["journal-verbose.txt", "kernel"],
    ["gcp-logging-read.json", "kernel"],
    ["dmesg-raw.txt", "claimed"],
    ["dmesg241-json.txt", "claimed"],
    ["journal-short.txt", "claimed"],
    ["rsyslog-rfc5424.txt", "claimed"],
    ["docker-json-file.txt", "claimed"],
  ])("%s: %s", (file, trust) => {
    const kill = read(file).find(({ text }) => text.includes("Killed process 146 (trigger)"));
    expect(kill?.trust).toBe(trust);
  });
});

describe("hard records", () => {
  it.each(["journal-export.txt", "journal-json.txt"])("%s keeps bytes, newlines and control characters", (file) => {
    const texts = read(file).map(({ text }) => text);
    const row = texts.findIndex((text) => text.endsWith(" 0 ab"));
    expect(texts.slice(row + 1, row + 3)).toEqual(["cd", "ef"]);
    expect(texts[row + 3]).toMatch(/ \u001b\[31mred$/);
    expect(texts[row + 4]).toMatch(/\p{Surrogate}/u);
    expect(texts[row + 5]).toMatch(/ tab\there é 中$/);
  });

  it("kmsg: dictionary dropped, fragment kept, newline undone", () => {
    const texts = read("kmsg-caller-dict.txt").map(({ text }) => text);
    expect(texts.slice(-5)).toEqual(["pci_root PNP0A03:00: host bridge window", "frag one ", "ab", "cd", "ef"]);
  });

  it("rsyslog: escapes undone, a repeated message counted", () => {
    const { lines, notes } = readText(readFileSync(new URL("rsyslog-traditional.txt", folder)));
    const texts = lines.map(({ text }) => text);
    expect(texts).toContain("esc \u001b[31mred tab\there nl");
    expect(texts).toContain("[    146]     0   146 glued");
    expect(texts).toContain(" <TASK>");
    expect(notes.filter(({ code }) => code === "message-repeated")).toMatchObject([{ line: 108 }]);
  });

  it("rsyslog's hosts stay apart", () => {
    const hosts = new Set(read("rsyslog-fileformat.txt").map(({ host }) => host));
    expect(hosts).toEqual(new Set(["vm", "db-01", "db-02"]));
  });

  it("a second boot is another", () => {
    const lines = read("journal-short.txt");
    expect(lines.map(({ boot }) => boot).slice(0, 110)).toEqual(Array.from({ length: 110 }, () => 0));
    expect(lines.slice(110).map(({ boot, text }) => [boot, text])).toEqual([
      [1, "Linux version 6.12.107+deb13-cloud-amd64 (debian-kernel@lists.debian.org)"],
      [1, "eth0: link is up"],
    ]);
  });
});
