import type { Analysis } from "../../model/analysis.js";
import type { OomReport } from "../../model/report.js";

/** An analysis with the reports of the same limit that come after it. */
export interface Followed {
  readonly analysis: Analysis;
  readonly following: readonly OomReport[];
}

/** Reports of other limits that may come in between; beyond that an analysis is not kept waiting. */
const PATIENCE = 32;

/**
 * Keeps analyses until the reports that follow them are known. Reports follow each other when they are of the same source,
 * host, boot and limit. Memory is bounded by the number wanted.
 */
export class Followers {
  readonly #wanted: number;
  #waiting: Analysis[] = [];

  /** @param wanted How many reports after each are wanted; 0 keeps nothing. */
  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  /** Takes the next analysis in input order and gives those that need not wait any more. */
  push(analysis: Analysis): readonly Followed[] {
    this.#waiting.push(analysis);
    const ready: Followed[] = [];
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const followed = this.#follow(first);
      const isOver = this.#waiting.length > this.#wanted + PATIENCE || this.#wanted === 0;
      if (followed.following.length < this.#wanted && !isOver) break;
      ready.push(followed);
      this.#waiting.shift();
    }
    return ready;
  }

  /** No more analyses. */
  end(): readonly Followed[] {
    const left: Followed[] = [];
    for (const analysis of this.#waiting) left.push(this.#follow(analysis));
    this.#waiting = [];
    return left;
  }

  #follow(analysis: Analysis): Followed {
    const following: OomReport[] = [];
    let uptime = analysis.report.uptimeSeconds ?? 0;
    const later = this.#waiting.slice(this.#waiting.indexOf(analysis) + 1);
    for (const { report } of later) {
      if (following.length >= this.#wanted || (report.uptimeSeconds ?? uptime) < uptime) break;
      uptime = report.uptimeSeconds ?? uptime;
      if (isSameLimit(report, analysis.report)) following.push(report);
    }
    return { analysis, following };
  }
}

function isSameLimit(a: OomReport, b: OomReport): boolean {
  return (
    a.source === b.source &&
    a.host === b.host &&
    a.constraint === b.constraint &&
    a.cgroup.oomMemcg === b.cgroup.oomMemcg &&
    (a.sysrq === null) === (b.sysrq === null)
  );
}
