import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import type { SequenceStep } from "../../src/model/what-if.js";
import { askWhatIf, Followers, holdAgainst } from "../../src/replay/what-if/index.js";
import { analyseText } from "../replay/analyse-text.js";

const folder = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));
const logs = readdirSync(folder).filter((file) => file.endsWith(".dmesg"));

/** The second kill that a report foretells, held against the report that follows. */
interface Pair {
  readonly file: string;
  readonly line: number;
  readonly step: SequenceStep;
}

function pairsOf(file: string): Pair[] {
  const analyses = analyseText(file, decodeBytes(readFileSync(folder + file)).split("\n"));
  const followers = new Followers(1);
  const followed = [...analyses.flatMap((analysis) => followers.push(analysis)), ...followers.end()];
  return followed.flatMap(({ analysis, following }) => {
    const [next] = following;
    if (next === undefined || next.kills.length === 0) return [];
    const { sequence = [] } = askWhatIf(analysis, { edits: [], sequence: { kills: 2, needBytes: null } });
    const [, step] = holdAgainst(sequence, analysis.report, following);
    return step?.happened === undefined ? [] : [{ file, line: next.line, step }];
  });
}

/** The trigger goes on growing after the first kill until it has more points than those that wait. May only shrink. */
const growing: readonly string[] = [
  "4.19.78_amd64_g_swap.dmesg",
  "5.10.0-32-686-pae_i386_g_swap.dmesg",
  "6.1.0-50-cloud-amd64_amd64_m1_shm.dmesg",
  "6.1.0-50-powerpc64le_ppc64el_g_swap.dmesg",
  "6.12.107+deb13-arm64-16k_arm64_g_swap.dmesg",
];

const pairs = logs.flatMap(pairsOf);
const agrees = ({ step }: Pair): boolean => step.happened?.agrees === true;
const isOpen = ({ step }: Pair): boolean => !step.decided;
/** Fork bombs make new processes from kill to kill. */
const isForkBomb = ({ file }: Pair): boolean => file.includes("forkbomb");

describe("the next victim, from the log of the one before", () => {
  it("is the kernel's in every log without a fork bomb, but for those in which a task is known to grow", () => {
    const steady = pairs.filter((pair) => !isForkBomb(pair));
    const right = steady.filter(agrees);
    const others = steady.filter((pair) => !agrees(pair));
    process.stdout.write(
      `kills in a row: ${right.length} of ${steady.length} foretold, ${others.filter(isOpen).length} open\n`,
    );
    expect(steady.length).toBeGreaterThanOrEqual(190);
    for (const { file } of others.filter((pair) => !isOpen(pair))) expect(growing).toContain(file);
  });

  it("is otherwise another because the tables show that tasks grew, began or ended in between", () => {
    const unexplained = pairs.filter(
      (pair) => !agrees(pair) && !isOpen(pair) && pair.step.happened?.because === undefined,
    );
    expect(unexplained.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });

  it("is among the possible ones where the log leaves it open", () => {
    for (const { file, line, step } of pairs.filter(isOpen)) {
      expect(
        step.possible.map(({ pid }) => pid),
        `${file}:${line}`,
      ).toContain(step.happened?.pid);
    }
  });
});
