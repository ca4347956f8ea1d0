import type { Analysis } from "../../model/analysis.js";

/** The limit that a what-if may move: the cgroup's, or the machine's memory. */
export interface MovableLimit {
  readonly kind: "memory-max" | "total-ram";
  readonly title: string;
  /** As logged; null where the log does not tell it, so that there is nothing to move from. */
  readonly bytes: number | null;
}

export function movableLimitOf({ report, accounting }: Analysis): MovableLimit {
  const isMemcg = report.constraint === "CONSTRAINT_MEMCG";
  const pages = isMemcg ? accounting?.memcg?.limit?.pages : accounting?.balance?.total.pages;
  return {
    ...(isMemcg
      ? { kind: "memory-max", title: "Limit of the cgroup" }
      : { kind: "total-ram", title: "Memory of the machine" }),
    bytes: pages === undefined || accounting === undefined ? null : Math.round(pages * accounting.pageSizeBytes),
  };
}
