import type { Trust } from "../model/log-line.js";
import type { Header } from "./header.js";

/** Whether the source vouches that the kernel wrote a line with this header. */
export function trustOf(header: Header): Trust {
  if (header.proof !== null) return header.proof;
  // Facility 0 cannot be set from user space through the kernel's log, but any program may claim it to a daemon.
  if (header.facility !== null && header.facility > 0) return "userspace";
  if (header.ident !== null && (header.ident !== "kernel" || header.pid !== null)) return "userspace";
  return "claimed";
}
