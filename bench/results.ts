import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, release } from "node:os";
import { type Case, casesOf, oomlog, ripgrep } from "./cases.js";
import { corpus } from "./corpus.js";
import { has, median, run } from "./measure.js";
import { watchDelay } from "./watch.js";

/** What was measured, as the text of RESULTS.md; each line is told as it comes. */
export async function results(mib: number, rounds: number, tell: (line: string) => void): Promise<string> {
  const before = loadOf();
  const rows: string[] = [];
  for (const one of casesOf(mib)) {
    const row = rowOf(one, rounds);
    rows.push(row);
    tell(row);
  }
  const memory = memoryRow(mib);
  tell(memory);
  const watch = `From the last line of a report to its explanation by \`oomlog watch\`: ${(await watchDelay(6)).toFixed(2)} s (median of 5 kills).`;
  tell(watch);
  return `# Results

Made by \`npm run bench ${mib} ${rounds}\`, which writes this page; what it means stands in notes.md. Logs of ${mib} MiB (small memcg
reports: as many in number), whole processes, oomlog and its reference in turns, the median of ${rounds} pairs. Node
${process.version} on Linux ${release()} ${arch()}, ${cpus().length} processors; GNU grep with LC_ALL=C.
Load average before: ${before}, after: ${loadOf()}.

| what / held against | wall time, ratio | target | met | processor time, ratio | ripgrep / grep | processor time a report, ms | peak RSS, MiB |
|---|---|---|---|---|---|---|---|
${rows.join("\n")}

${memory}

${watch}

${readFileSync("bench/notes.md", "utf8").trimEnd()}
`;
}

function rowOf({ name, reference, command, target, file, reports }: Case, rounds: number): string {
  const pairs = Array.from({ length: rounds }, () => ({ reference: run(reference), oomlog: run(command) }));
  const ratio = median(pairs.map((pair) => pair.oomlog.seconds / pair.reference.seconds));
  const cpu = median(pairs.map((pair) => pair.oomlog.cpuSeconds / pair.reference.cpuSeconds));
  const peak = Math.max(...pairs.map((pair) => pair.oomlog.peakMib));
  const searched =
    file !== null && has("rg")
      ? median(pairs.map((pair) => run(ripgrep(file)).seconds / pair.reference.seconds)).toFixed(2)
      : "";
  const each =
    reports === undefined ? "" : ((1000 * median(pairs.map((pair) => pair.oomlog.cpuSeconds))) / reports).toFixed(2);
  const met = ratio <= target ? "yes" : "no";
  return `| ${name} | ${ratio.toFixed(2)} | ${target} | ${met} | ${cpu.toFixed(2)} | ${searched} | ${each} | ${peak.toFixed(0)} |`;
}

/** Peak memory of the sparse log once, and eight times through a pipe. */
function memoryRow(mib: number): string {
  const file = corpus("sparse", mib);
  const times = (count: number) =>
    run(["sh", "-c", `cat ${`${file} `.repeat(count)}| ${oomlog.join(" ")} list --quiet -`]);
  const [once, often] = [times(1), times(8)];
  return `Peak memory of \`list\` on the sparse log through a pipe: ${once.peakMib.toFixed(0)} MiB for ${mib} MiB, ${often.peakMib.toFixed(0)} MiB for ${mib * 8} MiB (target: 150, whatever the size).`;
}

function loadOf(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(", ");
}
