import type { OomReport } from "../model/report.js";
import type { KernelDetection } from "../model/traits.js";

/** What the user says of the kernel, where the log is silent. */
export interface KernelOverrides {
  /** A release string or the id of an era. */
  readonly kernel?: string;
}

/** Which kernel printed a report: evidence of columns and phrases first, the release string second. */
export function detectKernel(_report: OomReport, _overrides: KernelOverrides = {}): KernelDetection {
  throw new Error("not written yet");
}
