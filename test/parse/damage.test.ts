import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../src/model/log-line.js";
import type { OomReport } from "../../src/model/report.js";
import { opening } from "./opening.js";
import { parse, parseLines, sample, samples, toLogLine } from "./samples.js";

/** One kind of damage to the lines of a log. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant("drop"), at: fc.nat(), count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant("double"), at: fc.nat(), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant("swap"), at: fc.nat(), count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant("cut"), at: fc.nat(), count: fc.nat(120) }),
  fc.record({ kind: fc.constant("replace"), at: fc.nat(), count: fc.nat(120) }),
);
type Damage = { readonly kind: string; readonly at: number; readonly count: number };

function apply(lines: readonly string[], { kind, at, count }: Damage): readonly string[] {
  const index = lines.length === 0 ? 0 : at % lines.length;
  const result = [...lines];
  const line = result[index] ?? "";
  if (kind === "drop") result.splice(index, count);
  else if (kind === "double") result.splice(index, 0, ...result.slice(index, index + count));
  else if (kind === "swap") result.splice(index, 0, ...result.splice((index + count) % result.length, 1));
  else if (kind === "cut") result[index] = line.slice(0, count);
  else result[index] = `${line.slice(0, count)}${String.fromCharCode(at % 0x250)}${line.slice(count + 1)}`;
  return result;
}

/** About 50 cuts a sample, at places that differ by its length. */
function stride(lines: readonly string[]): number {
  return Math.ceil(lines.length / 50) | 1;
}

describe("damage to a log", () => {
  it("makes no report that the text does not open, loses no line in silence, and never throws", () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(damage, { minLength: 1, maxLength: 6 }), (one, damages) => {
        const lines = damages.reduce(apply, one.lines);
        const { reports, notes } = parse(lines);
        const openings = lines.filter((line) => opening.test(line)).length;
        expect(reports.length).toBeLessThanOrEqual(openings);
        const unknown = reports.filter((report) => report.unknownLines.length > 0).length;
        expect(notes.filter(({ code }) => code === "unknown-line")).toHaveLength(unknown);
        for (const report of reports) {
          if (report.trigger !== null) expect(lines[report.trigger.line - 1]).toMatch(/oom-killer/);
          for (const kill of report.kills) expect(lines[kill.line - 1]).toMatch(/Killed process|kill/i);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("at the very start, inside the first prefix, takes no line from the report", () => {
    const { lines } = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
    const [whole] = parse(lines).reports;
    for (let cut = 1; cut <= 3; cut++) {
      const [report] = parse([lines[0]?.slice(cut) ?? "", ...lines.slice(1)]).reports;
      expect({ cut, line: report?.line, endLine: report?.endLine }).toEqual({ cut, line: 1, endLine: whole?.endLine });
      expect(report?.stack).toEqual(whole?.stack);
      expect(report?.memcg).toEqual(whole?.memcg);
      const { reports } = parse([lines[1]?.slice(cut) ?? "", ...lines.slice(2)]);
      expect(reports[0]?.line).toBe(1);
      expect(reports[0]?.kernel.release).toBe(whole?.kernel.release);
    }
  });

  it("stays in the report that it hits", () => {
    const { lines } = sample("6.12.107+deb13-arm64-16k_arm64/g_swap");
    const whole = parse(lines).reports;
    const [, second] = whole;
    if (second === undefined) throw new Error("the sample has three reports");
    fc.assert(
      fc.property(fc.integer({ min: second.line + 1, max: second.endLine - 1 }), fc.nat(80), (line, column) => {
        const damaged = lines.with(line - 1, (lines[line - 1] ?? "").slice(0, column));
        const { reports } = parse(damaged);
        expect(reports).toHaveLength(3);
        expect([reports[0], reports[2]]).toEqual([whole[0], whole[2]]);
      }),
    );
  });

  it.each(samples)("cut after a line, $name gives what was there so far", ({ lines }) => {
    const whole = parse(lines).reports;
    for (let length = 1; length < lines.length; length += stride(lines)) {
      const { reports } = parse(lines.slice(0, length));
      const over = whole.filter((report) => report.endLine <= length);
      expect(reports.slice(0, over.length).map(({ id }) => id)).toEqual(over.map(({ id }) => id));
      expect(reports.length - over.length).toBeLessThanOrEqual(1);
      const open = reports.at(over.length);
      expect(open?.tasks.length ?? 0).toBeLessThanOrEqual(whole[over.length]?.tasks.length ?? 0);
    }
  });

  it.each(samples)("cut at its head, $name gives fragments and then the rest", ({ lines }) => {
    const whole = parse(lines).reports;
    for (let start = 1; start < lines.length; start += stride(lines)) {
      const { reports } = parse(lines.map((line, index) => (index < start ? "" : line)));
      const later = whole.filter((report) => report.line > start);
      expect(reports.slice(reports.length - later.length).map(({ id }) => id)).toEqual(later.map(({ id }) => id));
      const kills = (some: readonly OomReport[]) => some.flatMap((report) => report.kills.map(({ line }) => line));
      expect(kills(reports)).toEqual(kills(whole).filter((line) => line > start));
    }
  });
});

describe("reports printed into each other", () => {
  const first = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested").lines.slice(0, 110);
  const second = sample("6.1.0-50-s390x_s390x/g_idlehog").lines;

  function from(lines: readonly string[], caller: string): readonly LogLine[] {
    return lines.map((line, index) => ({ ...toLogLine(line, index), uptimeUsec: 5_000_000, caller }));
  }

  it("are told apart by their callers", () => {
    const apart = (lines: readonly LogLine[]) => parseLines(lines).reports.map(({ id }) => id);
    const one = from(first, "T101");
    const other = from(second, "T102");
    const expected = [...apart(one), ...apart(other)].sort();
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: first.length + second.length }), (turns) => {
        const queues = [[...one], [...other]];
        const mixed: LogLine[] = [];
        for (const turn of turns) mixed.push(...(queues[turn ? 0 : 1]?.splice(0, 1) ?? []));
        for (const queue of queues) mixed.push(...queue);
        const { reports } = parseLines(mixed.map((line, index) => ({ ...line, line: index + 1 })));
        expect(reports.map(({ id }) => id).sort()).toEqual(expected);
        expect(reports.every((report) => report.complete && report.unknownLines.length === 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
