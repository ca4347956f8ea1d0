import { spawnSync } from "node:child_process";
import { type FacilityId, facilities, hasFacility } from "../../src/diagnose/advice/facilities.js";
import { createContext } from "../../src/diagnose/context.js";
import { detectKernel } from "../../src/kernel/detect.js";
import type { Analysis } from "../../src/model/analysis.js";

const known = Object.entries(facilities) as [FacilityId, (typeof facilities)[FacilityId]][];

/** Files of /proc and /sys, settings and cgroup files, and systemd's settings, as advice writes them. */
const tokens =
  /(?:\/proc|\/sys)\/[\w*./{}-]+|\b(?:vm|kernel|net)\.[\w.]+|\b(?:memory|pids)\.[a-z_.]+|(?<![\w:-])[A-Z][A-Za-z]+(?==)/g;

/** Those that all kernels have which oomlog reads (since v2.6.18). */
const everywhere = [
  /^\/proc\/(?:meminfo|vmstat|buddyinfo|cmdline|iomem|swaps|mounts)$/,
  /^\/proc\/(?:PID|\d+|\*|1)\/(?:status|fd|task|wchan|numa_maps|maps)?$/,
  /^\/proc\/sys\/(?:fs\/[\w-]+|vm\/dirty_\*|vm\/)$/,
  /^\/proc\/(?:\*\/)?$/,
  /^\/sys\/kernel\/(?:debug\/dri\/\*(?:\/\w+)?|slab)$/,
  /^vm\.(?:swappiness|min_free_kbytes|nr_hugepages|overcommit_\w+|max_map_count)\.?$/,
  /^net\.(?:ipv4\.tcp_\w+|core\.\w+|netfilter\.\w+)\.?$/,
  /^kernel\.(?:panic|sysrq)$/,
  /^memory\.(?:stat)?$/,
];

/** Columns of `ps -o` in every version. */
const psColumns = ["pid", "ppid", "user", "rss", "args", "nlwp", "comm"];

/** Holds advice against the machine that its log is of. */
export class AdviceChecker {
  readonly #commands = new Set<string>();

  /** What is wrong with the advice of a log, a sentence each. */
  faultsIn(analyses: readonly Analysis[]): string[] {
    const faults = analyses.flatMap((analysis) => {
      const { report, findings, cgroups } = analysis;
      const commands = [cgroups?.oomMemcg, cgroups?.taskMemcg].flatMap((one) => one?.commands ?? []);
      for (const command of commands) this.#commands.add(command);
      const context = createContext({
        ...analysis,
        pageSizeBytes: 4096,
        traits: null,
        kernel: detectKernel(report).versions,
        earlier: [],
      });
      return findings.flatMap(({ id, advice }) =>
        advice.flatMap((text) => {
          for (const [, command = ""] of text.matchAll(/`([^`]+)`/g)) this.#commands.add(command);
          const lacking = known
            .filter(([, facility]) => facility.named.test(text) && !hasFacility(facility, context))
            .map(([facility]) => `${facility} is not on ${report.kernel.release}`);
          return [...lacking, ...unknownIn(text)].map((fault) => `${id}: ${fault}: ${text}`);
        }),
      );
    });
    return [...new Set(faults)];
  }

  /** What a shell says of the commands of all logs so far: nothing where each can be pasted. */
  shellErrors(): string {
    const script = [...this.#commands].map((command) => `${command}\n`).join("");
    const { status, stderr } = spawnSync("sh", ["-n"], { input: script, encoding: "utf8" });
    return status === 0 && stderr === "" && script !== "" ? "" : `${status}: ${stderr}`;
  }
}

function unknownIn(text: string): string[] {
  const names = [...text.matchAll(tokens)].map(([token]) => token.replace(/\.$/, ""));
  const strange = names.filter(
    (token) =>
      !everywhere.some((pattern) => pattern.test(token)) &&
      !known.some(([, { named }]) => named.test(token) || named.test(`${token}=`)),
  );
  const columns = [...text.matchAll(/\bps -eo ([\w,]+)/g)].flatMap(([, list = ""]) => list.split(","));
  return [
    ...strange.map((token) => `${token} is in no table of what kernels have`),
    // ps refuses the whole command for one column that it does not know.
    ...columns.filter((column) => !psColumns.includes(column)).map((column) => `ps has no column ${column}`),
  ];
}
