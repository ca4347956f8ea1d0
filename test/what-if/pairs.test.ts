import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import type { Edit, WhatIfOutcome } from "../../src/model/what-if.js";
import { askWhatIf, editText } from "../../src/replay/what-if/index.js";
import { root } from "../house/imports.js";
import { analyseText } from "../replay/analyse-text.js";

const folder = join(root, "test/what-if/pairs");

/** A change of the scenario that the log is of, and who died when the same kernel ran the changed scenario. */
interface Pair {
  readonly edits: readonly Edit[];
  readonly happened: string;
  /** The kernel's own line of that run. */
  readonly killLine: string;
}

/** Logs and changes by `npm run lab:pairs`; see docs/lab.md. */
const cases = readdirSync(folder)
  .sort()
  .flatMap((kernel) =>
    readdirSync(join(folder, kernel))
      .filter((file) => file.endsWith(".log"))
      .sort()
      .flatMap((file) => {
        const lines = decodeBytes(readFileSync(join(folder, kernel, file))).split("\n");
        const [analysis] = analyseText(file, lines);
        if (analysis === undefined) throw new Error(`${file} holds no report`);
        const pairs: Pair[] = JSON.parse(
          readFileSync(join(folder, kernel, file.replace(/log$/, "pairs.json")), "utf8"),
        );
        return pairs.map((pair, index) => {
          const name = `${kernel}/${file.slice(0, -".log".length)}-${index}: ${pair.edits.map(editText).join(", ")}`;
          return { name, pair, analysis, after: askWhatIf(analysis, { edits: pair.edits }).after };
        });
      }),
  );

function isForetold({ chosen, decided }: WhatIfOutcome, happened: string): boolean {
  return decided && chosen?.name === happened;
}

describe("a change foretold from a log, and made on the real kernel", () => {
  it("has the same victim in 98 of 100 pairs; the others are open", () => {
    const right = cases.filter(({ pair, after }) => isForetold(after, pair.happened));
    const open = cases.filter(({ after }) => !after.decided);
    process.stdout.write(`pairs: ${cases.length}, foretold ${right.length}, open ${open.length}\n`);
    expect(cases.length - open.length).toBeGreaterThanOrEqual(60);
    expect(right.length / (cases.length - open.length)).toBeGreaterThanOrEqual(0.98);
  });

  it.each(cases)("$name", ({ pair, after }) => {
    expect(pair.killLine).toContain(`(${pair.happened})`);
    if (after.decided) expect(after.chosen?.name).toBe(pair.happened);
    else expect(after.possible.map(({ name }) => name)).toContain(pair.happened);
  });

  it("is open in five pairs, since a cgroup's report does not tell the swap of the machine: told it, all five are right", () => {
    const open = cases.filter(({ after }) => !after.decided);
    expect(open.map(({ name }) => name.replace(/:.*/, ""))).toEqual([
      "6.1-cloud-amd64/pair-1-1-0",
      "6.1-cloud-amd64/pair-1-1-1",
      "6.1-cloud-amd64/pair-1-1-3",
      "6.1-cloud-amd64/pair-1-1-5",
      "6.12-cloud-amd64/pair-3-1-3",
    ]);
    for (const { name, pair, analysis, after } of open) {
      expect(after.missing).toEqual(["the machine's total swap and its swappiness"]);
      // The lab's machine has none.
      const told = [{ kind: "swap", size: { bytes: 0, relative: false } }, ...pair.edits] as const;
      expect(isForetold(askWhatIf(analysis, { edits: told }).after, pair.happened), name).toBe(true);
    }
  });
});
