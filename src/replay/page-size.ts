import type { KernelIdentity } from "../model/report.js";

/** A page size, and whether the log shows it. */
export interface PageSize {
  readonly bytes: number;
  /** True when nothing in the log tells it and the architecture has more than one. */
  readonly assumed: boolean;
}

/** Architectures whose kernels know one page size only. */
const SINGLE_PAGE_SIZE: ReadonlySet<string> = new Set([
  "x86_64",
  "i386",
  "i586",
  "i686",
  "s390x",
  "armv7l",
  "armv6l",
  "riscv64",
]);

/** The page size to compute with: the log's own, else the only one of the architecture, else 4 KiB as an assumption. */
export function pageSizeOf(kernel: KernelIdentity): PageSize {
  if (kernel.pageSizeBytes !== null) return { bytes: kernel.pageSizeBytes, assumed: false };
  return { bytes: 4096, assumed: kernel.arch === null || !SINGLE_PAGE_SIZE.has(kernel.arch) };
}
