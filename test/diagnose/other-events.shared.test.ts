import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createAnalyser, createLineReader, type Note } from "../../src/index.js";
import { decodeBytes } from "../../src/model/text.js";

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));

function read(path: string): { readonly names: string[]; readonly lines: (number | null)[]; readonly reports: number } {
  const notes: Note[] = [];
  let reports = 0;
  const onNote = (note: Note): void => void notes.push(note);
  const analyser = createAnalyser({ source: path, onAnalysis: () => reports++, onNote });
  const reader = createLineReader({ source: path, onLine: (line) => analyser.push(line), onNote });
  const text = decodeBytes(readFileSync(path));
  for (const [index, line] of text.split("\n").entries()) reader.push(line, index + 1, null);
  reader.end();
  analyser.end();
  const others = notes.filter(({ code }) => code === "not-an-oom-kill");
  return {
    names: others.map(({ message }) => message.split(":")[1]?.trim() ?? ""),
    lines: others.map(({ line }) => line),
    reports,
  };
}

function corpus(number: string): string {
  const folder = `${shared}corpus/logs/`;
  return folder + readdirSync(folder).find((file) => file.startsWith(`${number}-`));
}

test.each([
  ["corpus 146: an allocation failed, nobody was killed", corpus("146"), ["page allocation failure (1 line)"], [1], 0],
  ["corpus 086: an allocation failed before the panic", corpus("086"), ["page allocation failure (1 line)"], [37], 1],
  ["corpus 141: systemd's echo of the kill", corpus("141"), ["systemd (1 line)"], [9], 1],
  [
    "the lab: swapoff's allocation failed beside its kill",
    `${shared}lab/runs/5.10.0-32-cloud-amd64_amd64_g_swapoff.dmesg`,
    ["page allocation failure (1 line)"],
    [412],
    1,
  ],
  ["the lab: a log that is all OOM reports", `${shared}lab/runs/5.0.0_amd64_g_many.dmesg`, [], [], 18],
  [
    "the journal's echo beside the kernel's report",
    `${shared}formats/journal-short.txt`,
    ["systemd (1 line)"],
    [110],
    1,
  ],
])("%s", (_title, path, names, lines, reports) => {
  expect(read(path)).toEqual({ names, lines, reports });
});
