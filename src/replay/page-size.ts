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

/** Flavours that are built for another page size are named after it: `6.12.107+deb13-arm64-16k`, `5.14.0-503.el9+64k`. */
const namedSize = /[-+._](16|64)k(?![a-z0-9])/i;

/**
 * The page size to compute with: the log's own, else the one that the release is named after, else the only one of the
 * architecture, else 4 KiB as an assumption.
 */
export function pageSizeOf(kernel: KernelIdentity): PageSize {
  if (kernel.pageSizeBytes !== null) return { bytes: kernel.pageSizeBytes, assumed: false };
  const named = namedSize.exec(kernel.release ?? "")?.[1];
  if (named !== undefined) return { bytes: Number(named) * 1024, assumed: false };
  return { bytes: 4096, assumed: kernel.arch === null || !SINGLE_PAGE_SIZE.has(kernel.arch) };
}
