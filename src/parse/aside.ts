import type { LogLine } from "../model/log-line.js";
import { ReportDraft } from "./draft.js";
import { OpenReport } from "./open-report.js";

/** Functions that stand on the trace of every selection. */
const oomFunctions =
  /^(?:dump_header|oom_kill_process|out_of_memory|mem_cgroup_out_of_memory|mem_cgroup_oom|pagefault_out_of_memory)\b/;

/** Lines of an aside, and lines in a row that are not its own, after which it is given up. */
const mostLines = 1_024;
const mostQuiet = 64;

/**
 * Lines that look like parts of a report but stand outside one, read apart until it is clear what they are. Either the
 * trace of something (`speculation`: it is the head of a report whose trigger line is missing if the trace goes through
 * the OOM killer), or a block that is known to be none (`not-oom`: the trace and memory block of a failed allocation).
 */
export class Aside {
  readonly kind: "speculation" | "not-oom";
  readonly report: OpenReport;

  constructor(kind: "speculation" | "not-oom", stream: string | null) {
    this.kind = kind;
    this.report = new OpenReport(new ReportDraft("fragment", stream));
  }

  /**
   * Takes a line. `report`: it is a report's after all, and the aside holds its head. `mine`: taken. `over`: this line
   * is not the aside's and ends it. `other`: not the aside's.
   */
  feed(line: LogLine): "report" | "mine" | "over" | "other" {
    const { draft } = this.report;
    this.report.quietLines++;
    const fed = this.report.feed(line);
    // A failed allocation has no trigger: one that follows it begins a report, however soon.
    if (fed === "next-report" || (this.kind === "not-oom" && draft.trigger !== null)) return "over";
    if (fed === "not-own") {
      this.report.setAside(line);
      return this.report.quietLines > mostQuiet ? "over" : "other";
    }
    if (this.kind === "not-oom") {
      return draft.isBefore("slab") && this.report.size < mostLines ? "mine" : "over";
    }
    if (draft.phase === "head") return this.report.size < mostLines ? "mine" : "over";
    return draft.stack.some((frame) => oomFunctions.test(frame.function)) ? "report" : "over";
  }
}
