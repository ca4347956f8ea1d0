import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import Explain from "../../commands/explain.js";
import { isAbout } from "../../src/cli/glossary.js";
import { glossary } from "../../src/kernel/glossary/index.js";
import type { OomReport } from "../../src/model/report.js";
import { analyseSource } from "../../src/node/analyse-source.js";
import { explanationGlossary } from "../../src/render/glossary.js";
import { root } from "../house/imports.js";
import { runCommand } from "./harness.js";

/** Every word that a report prints beside its numbers. */
function wordsOf({ memInfo, memcg, taskTable, trigger, constraint }: OomReport): string[] {
  const counters = [
    ...(memInfo?.counters ?? []),
    ...(memInfo?.totals ?? []),
    ...(memInfo?.nodes ?? []).flatMap((node) => node.counters),
    ...(memInfo?.zones ?? []).flatMap((zone) => zone.counters),
    ...(memcg?.stats ?? []).flatMap((stats) => stats.counters),
    ...(memcg?.limits ?? []),
  ];
  return [
    ...counters.map(({ name }) => name),
    ...(memInfo?.zones ?? []).map(({ zone }) => zone),
    ...(taskTable?.columns ?? []),
    ...(trigger?.gfpFlags ?? []),
    ...(constraint === null ? [] : [constraint]),
  ];
}

describe("the glossary", () => {
  it("explains every word of every sample", async () => {
    const words = new Set<string>();
    const logs = readdirSync(join(root, "samples"), { recursive: true, encoding: "utf8" });
    for (const name of logs.filter((file) => file.endsWith(".log"))) {
      const text = readFileSync(join(root, "samples", name));
      const source = { name, open: () => Readable.from([text]) };
      const options = { onNote: () => {}, onProblem: () => {} };
      for await (const { report } of analyseSource(source, options))
        for (const word of wordsOf(report)) words.add(word);
    }
    expect(words.size).toBeGreaterThan(100);
    const entries = glossary.flatMap((section) => section.entries);
    expect([...words].filter((word) => !entries.some((entry) => isAbout(entry, word)))).toEqual([]);
  });

  it.each([explanationGlossary, ...glossary])("$title: sentences, each term once", ({ entries }) => {
    expect(new Set(entries.map(({ term }) => term)).size).toBe(entries.length);
    for (const { meaning } of entries) expect(meaning).toMatch(/^[A-Z0-9].*\.$/);
  });

  it("is printed whole or by word", async () => {
    const { status, stdout } = await runCommand(Explain, ["--glossary"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\nTask table\n {2}pid +The thread whose/);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect((await runCommand(Explain, ["--glossary", "swapents"])).stdout).toBe(
      "Task table\n  swapents  Pages in swap. tmpfs in swap is in no row. [pages; since v3.6]\n",
    );
    expect((await runCommand(Explain, ["--glossary", "total_rss"])).stdout).toContain("and all below it");
  });

  it("does not know every word", async () => {
    const { status, stdout, stderr } = await runCommand(Explain, ["--glossary", "swapentz"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe("oomlog: swapentz is not in the glossary\n  Did you mean swapents?\n");
  });
});
