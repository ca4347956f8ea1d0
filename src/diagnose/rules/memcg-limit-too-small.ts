import { Lacking } from "../facts.js";
import { percent } from "../quantity.js";
import { rule } from "../rule.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["memcg-limit-too-small"];

/** What container runtimes call the process that sets a container up. */
const runtimeInit = /^(?:runc:\[[12]:|exe$|crun$|runc$)/;

/** A limit below any working set. */
export const memcgLimitTooSmall = rule({
  id: "memcg-limit-too-small",
  layer: "limit",
  group: "memcg-cause",
  basis: "inference",
  needs: ["memcg"],
  meaning:
    "The limit is below what a container needs to start: the runtime itself takes several MiB, and the kernel charges its own structures to the cgroup.",
  evaluate({ memcg }, context) {
    const { report, text } = context;
    if (memcg.hit.unlimited) return null;
    const limitMib = (memcg.limit.value * context.pageSizeBytes) / 1024 / 1024;
    const names = [
      ...(report.trigger?.name == null ? [] : [{ name: report.trigger.name, line: report.trigger.line }]),
      ...report.kills.map(({ name, line }) => ({ name, line })),
    ];
    const init = names.find(({ name }) => runtimeInit.test(name));
    const tasks = context.fact("tasks");
    const rssPart = tasks instanceof Lacking ? null : percent("rss part of the limit", tasks.rss, memcg.limit);
    const startFailed = init !== undefined && (rssPart === null || rssPart.value < bounds.rss.value);
    if (limitMib > bounds.limit.value && !startFailed) return null;
    return {
      title: startFailed
        ? `The container could not start under its limit of ${text.size(memcg.limit)}`
        : `The limit of ${text.size(memcg.limit)} is below what any container needs`,
      confidence: startFailed || limitMib < 1 ? "high" : "medium",
      evidence: [
        memcg.limit,
        ...(init === undefined ? [] : [{ name: "process of the runtime", value: init.name, lines: [init.line] }]),
        ...(rssPart === null ? [] : [rssPart]),
      ],
      advice: ["Give it 32 MiB at the least, and half a MiB per process on machines with many processors."],
      pages: memcg.usage.value,
    };
  },
});
