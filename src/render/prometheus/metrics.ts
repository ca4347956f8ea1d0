import type { Analysis } from "../../model/analysis.js";
import { headlineOf } from "../../model/headline.js";
import { visible } from "../visible.js";

/** A family of metrics of a textfile, as data: its name, its type, what it counts, and the labels of a series. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly labels: readonly string[];
}

/** The families, in the order in which they are written. */
export const metrics = {
  reports: {
    name: "oomlog_reports_total",
    type: "counter",
    help: "OOM reports in the logs, by the verdict of the re-run.",
    labels: ["host", "verdict"],
  },
  kills: {
    name: "oomlog_oom_kills_total",
    type: "counter",
    help: "Processes that the kernel's OOM killer killed.",
    labels: ["host", "constraint", "cause"],
  },
  collateral: {
    name: "oomlog_collateral_kills_total",
    type: "counter",
    help: "Those of them that died though others held the memory.",
    labels: ["host"],
  },
  victims: {
    name: "oomlog_victim_kills_total",
    type: "counter",
    help: "Processes killed, by the name of the task; the most frequent names, and all others as one.",
    labels: ["name"],
  },
  panics: {
    name: "oomlog_panics_total",
    type: "counter",
    help: "OOM reports that ended in a panic.",
    labels: ["host"],
  },
  lastKill: {
    name: "oomlog_last_kill_timestamp_seconds",
    type: "gauge",
    help: "Wall time of the last kill, in seconds since 1970.",
    labels: ["host"],
  },
} as const satisfies Readonly<Record<string, Metric>>;

export interface MetricsOptions {
  /** Hosts and victims that are told apart; the names come from logs, and each is a series for good. */
  readonly mostHosts?: number;
  readonly mostNames?: number;
}

/** Sums over analyses for Prometheus. Memory is bounded by the number of names that are told apart. */
export interface Metrics {
  push(analysis: Analysis): void;
  /** The text exposition format, version 0.0.4. */
  text(): string;
}

/** What stands for all names beyond the bound, and for what a log does not tell. */
const OTHER = "other";
const UNKNOWN = "unknown";

/** Names of victims that are counted before the most frequent are chosen. */
const MOST_COUNTED = 10_000;

/** Starts to count. */
export function createMetrics({ mostHosts = 1000, mostNames = 50 }: MetricsOptions = {}): Metrics {
  const hosts = new Set<string>();
  const series = new Map<Metric, Map<string, number>>(Object.values(metrics).map((metric) => [metric, new Map()]));
  const names = new Map<string, number>();

  const hostOf = (name: string | null): string => {
    const host = name ?? "";
    if (hosts.has(host)) return host;
    if (hosts.size >= mostHosts) return OTHER;
    hosts.add(host);
    return host;
  };
  const change = (metric: Metric, labels: readonly string[], of: (value: number) => number): void => {
    const values = series.get(metric);
    const key = JSON.stringify(labels);
    values?.set(key, of(values.get(key) ?? 0));
  };
  const add = (metric: Metric, labels: readonly string[], count: number): void =>
    change(metric, labels, (value) => value + count);

  return {
    push(analysis) {
      const { report, verdict } = analysis;
      const { kills, cause, collateral } = headlineOf(analysis);
      const host = hostOf(report.host);
      add(metrics.reports, [host, verdict.kind], 1);
      if (report.panic !== undefined) add(metrics.panics, [host], 1);
      if (kills.length === 0) return;
      add(metrics.kills, [host, report.constraint ?? UNKNOWN, cause ?? UNKNOWN], kills.length);
      if (collateral) add(metrics.collateral, [host], kills.length);
      if (report.time !== null) {
        const seconds = Date.parse(report.time) / 1000;
        change(metrics.lastKill, [host], (last) => Math.max(last, seconds));
      }
      for (const { name } of kills) {
        const known = names.has(name) || names.size < MOST_COUNTED;
        const counted = known ? name : "";
        names.set(counted, (names.get(counted) ?? 0) + 1);
      }
    },
    text() {
      const victims = topOf(names, mostNames);
      return Object.values(metrics)
        .map((metric) => family(metric, metric === metrics.victims ? victims : (series.get(metric) ?? new Map())))
        .join("");
    },
  };
}

function topOf(names: ReadonlyMap<string, number>, most: number): Map<string, number> {
  // The empty name stands for names beyond the bound, and for a task without one.
  const ranked = [...names].filter(([name]) => name !== "").sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const top = new Map(ranked.slice(0, most).map(([name, count]) => [JSON.stringify([name]), count]));
  const rest = (names.get("") ?? 0) + ranked.slice(most).reduce((sum, [, count]) => sum + count, 0);
  const other = JSON.stringify([OTHER]);
  if (rest > 0) top.set(other, (top.get(other) ?? 0) + rest);
  return top;
}

/** A family without series is left out: nothing is known of it. */
function family({ name, type, help, labels }: Metric, values: ReadonlyMap<string, number>): string {
  if (values.size === 0) return "";
  const lines = [...values].map(([key, value]) => {
    const given: readonly string[] = JSON.parse(key);
    const pairs = labels
      .map((label, at) => ({ label, value: given[at] ?? "" }))
      // An empty label is the same as none.
      .filter(({ value: text }) => text !== "")
      .map(({ label, value: text }) => `${label}="${labelText(text)}"`);
    return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.sort().join("")}`;
}

/**
 * A label's value: what could steer a terminal, or is not UTF-8, as an escape (as everywhere), then the format's own
 * escapes.
 */
function labelText(value: string): string {
  return visible(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
