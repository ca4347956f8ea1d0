import type { LogLine } from "../model/log-line.js";
import type { OpenReport } from "./open-report.js";

/**
 * When a report closes although no other opened: so many lines, or so many seconds of the log's own clock, after its
 * last own line. After the ending only the reaper is waited for, which comes within seconds.
 */
const patience = {
  ended: { lines: 1_000, usec: 10_000_000 },
  open: { lines: 20_000, usec: 120_000_000 },
} as const;

/** Whether a report has waited too long for its next own line, by lines or by the log's own clock. */
export function isOver(report: OpenReport, line: LogLine): boolean {
  const limit = report.draft.ended ? patience.ended : patience.open;
  if (report.quietLines > limit.lines) return true;
  const last = report.lastOwn;
  // Records with their level and records without are read by different readers, at different times.
  if (last === null || (last.level === null) !== (line.level === null)) return false;
  if (last.uptimeUsec !== null && line.uptimeUsec !== null) {
    const passed = line.uptimeUsec - last.uptimeUsec;
    // A clock that falls back is another boot, or another copy of the log.
    return (passed < 0 && last.boot !== line.boot) || Math.abs(passed) > limit.usec;
  }
  if (last.boot !== undefined && line.boot !== undefined && line.boot !== last.boot) return true;
  return last.wallUsec !== null && line.wallUsec !== null && line.wallUsec - last.wallUsec > limit.usec;
}
