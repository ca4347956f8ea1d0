import type { Incident, Named } from "../../model/incident.js";
import { integer, microseconds, real, type Table, text, time } from "./column.js";

export const incidents: Table<Incident> = {
  name: "incidents",
  meaning: "One row for each incident: reports that are one problem, on one host or many (`oomlog triage`).",
  columns: [
    text("id", "Digest of what it was grouped by: the same in every run.", ({ id }) => id),
    text("title", "One sentence.", ({ title }) => title),
    text(
      "cause",
      "The top finding of most of its reports that is more than a rule of the selection.",
      ({ cause }) => cause,
    ),
    text("cause_meaning", "What that means, in a sentence.", ({ causeMeaning }) => causeMeaning),
    text("causes", "The top findings, as `id × count`, one a line.", ({ causes }) => listed(causes)),
    text(
      "limit",
      "Which limit was hit: machine, memcg, cpuset, mempolicy, sysrq, unknown, several.",
      ({ limit }) => limit,
    ),
    text("cgroup", "The cgroup without ids.", ({ cgroup }) => cgroup),
    text("cgroup_name", "What it is in words.", ({ cgroupName }) => cgroupName),
    integer("cgroup_count", "Cgroups by their ids.", ({ cgroupCount }) => cgroupCount),
    text("hosts", "Hosts, most reports first, one a line.", ({ hosts }) => hosts.join("\n")),
    integer("host_count", "Hosts.", ({ hostCount }) => hostCount),
    text("victim", "The name killed most often.", ({ victims }) => victims[0]?.name),
    text("victims", "Who died, as `name × count`, one a line.", ({ victims }) => listed(victims)),
    text("collateral", "Who of them died though others held the memory.", ({ collateral }) => listed(collateral)),
    integer(
      "blast_radius_collateral",
      "Processes that died though others held the memory.",
      ({ blastRadius }) => blastRadius.collateral,
    ),
    integer("blast_radius_panics", "Reports that ended in a panic.", ({ blastRadius }) => blastRadius.panics),
    integer("count", "Reports.", ({ count }) => count),
    integer("kills", "Processes killed.", ({ kills }) => kills),
    time("first", "Wall time of the first report.", ({ first }) => microseconds(first)),
    time("last", "Wall time of the last report.", ({ last }) => microseconds(last)),
    real(
      "rate_per_hour",
      "Reports an hour between them; within less than an hour their number.",
      ({ ratePerHour }) => ratePerHour,
    ),
    integer(
      "storm_count",
      "Storms: three or more reports on a host, each within ten minutes of the last.",
      ({ stormCount }) => stormCount,
    ),
    integer("storm_reports", "Reports of the largest.", ({ storm }) => storm?.reports),
    real("storm_seconds", "How long it lasted.", ({ storm }) => storm?.seconds),
    text("storm_host", "Where.", ({ storm }) => storm?.host),
    integer("restart_loop_count", "Places with a job that is killed at regular times.", (row) => row.restartLoopCount),
    real(
      "restart_loop_every_seconds",
      "The time from kill to kill of a job that is restarted.",
      ({ restartLoop }) => restartLoop?.everySeconds,
    ),
    text("restart_loop_host", "Where.", ({ restartLoop }) => restartLoop?.host),
    integer("growth_count", "Victims that grow, each on its host.", (row) => row.growthCount),
    text("growth_name", "A victim that is larger at each kill.", ({ growth }) => growth?.name),
    integer("growth_from_bytes", "Its size at the first kill.", ({ growth }) => growth?.fromBytes),
    integer("growth_to_bytes", "Its size at the last kill.", ({ growth }) => growth?.toBytes),
    integer("growth_bytes_per_hour", "The slope of a line through all.", ({ growth }) => growth?.bytesPerHour),
    text("growth_host", "Where.", ({ growth }) => growth?.host),
    integer("verdicts_agrees", "Reports whose re-run agrees.", ({ verdicts }) => verdicts.agrees),
    integer("verdicts_explained", "Reports that a rule explains.", ({ verdicts }) => verdicts.explained),
    integer("verdicts_undecidable", "Reports that lack what decides.", ({ verdicts }) => verdicts.undecidable),
    integer("verdicts_differs", "Reports whose re-run differs.", ({ verdicts }) => verdicts.differs),
    integer("verdicts_none", "Reports without a victim.", ({ verdicts }) => verdicts.none),
    text("example_source", "A report to read first: its source.", ({ example }) => example?.source),
    integer("example_line", "Its line.", ({ example }) => example?.line),
  ],
};

function listed(names: readonly Named[]): string {
  return names.map(({ name, count }) => `${name} × ${count}`).join("\n");
}
