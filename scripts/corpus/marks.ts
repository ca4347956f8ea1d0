import type { Tally } from "./tally.js";

/**
 * What a folder must reach, known mismatches excused, each with the sentence that says it did
 * not. Empty when all is reached.
 */
export function marks(tally: Tally, isLab: boolean): string[] {
  const missed: string[] = [];
  const demand = (met: boolean, text: string): void => {
    if (!met) missed.push(`below the mark: ${text}`);
  };
  demand(tally.crashes === 0, `${tally.crashes} crashes`);
  // More are read where a torn row was put together again, which a scan line by line does not see.
  demand(
    tally.rowsRead >= tally.rowsExpected - tally.excusedRows,
    `${tally.rowsRead} of ${tally.rowsExpected} task rows read`,
  );
  demand(
    tally.unknownLines < tally.linesInReports / 1000 || tally.unknownLines === 0,
    `${tally.unknownLines} unknown of ${tally.linesInReports} lines in reports`,
  );
  // A ring buffer is whole, other than a serial console: each of its lines is one that is known by name.
  demand(!isLab || tally.unknownInDmesg === 0, `${tally.unknownInDmesg} unknown lines in .dmesg files`);
  const decidable = tally.decidable - tally.excusedVerdicts;
  // Of a lab it is known what decided each victim; of public logs it is not.
  const share = isLab ? 1 : 0.98;
  const settled = tally.agrees + tally.explained;
  demand(settled >= decidable * share, `${settled} of ${decidable} decidable reports settled`);
  if (tally.reportsExpected !== null) {
    const expected = tally.reportsExpected - tally.excusedReports;
    demand(tally.reportsFound === expected, `${tally.reportsFound} of ${expected} reports found`);
    demand(tally.reportsInvented === 0, `${tally.reportsInvented} reports invented`);
    const kills = (tally.killsExpected ?? 0) - tally.excusedKills;
    demand(tally.killsRight === kills, `${tally.killsRight} of ${kills} kills right`);
  }
  return missed;
}
