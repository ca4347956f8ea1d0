import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import type { Context } from "../context.js";
import { shellWord } from "../text.js";
import { has } from "./facilities.js";
import { hierarchyOf } from "./hierarchy.js";

/** A memory cgroup as far as its limit can be set. */
export interface Limited {
  readonly path: string | null;
  readonly identity: CgroupIdentity | null;
  /**
   * Whether the v1 limit on memory and swap together is to be raised: alone where it was the one that was hit, or first,
   * since the kernel refuses a memory limit above it.
   */
  readonly memsw?: "alone" | "first";
  /** What that limit becomes (`80M`); absent: the same as memory's. */
  readonly memswSetting?: string;
  /** Docker's and podman's limit on memory and swap together, which must not lie below memory's; absent: it need not change. */
  readonly memorySwap?: string;
}

/** What sets the memory limit of a cgroup to an amount (`640M`), by what kind of thing it is. */
export function setMemoryLimit(limited: Limited, setting: string, context: Context): string {
  const { path, identity, memsw, memswSetting = setting, memorySwap } = limited;
  const { podUid, containerId, runtime, kind, inside, machine } = identity ?? {};
  if (podUid !== undefined && inside === undefined) {
    const whose = kind === "pod" ? "the pod's containers, together" : "the container";
    return `resources.limits.memory: ${setting}i of ${whose}`;
  }
  if (kind === "ecs") return `memory ${megabytes(setting)} in the task definition`;
  if (machine !== undefined) return `\`virsh memtune ${shellWord(machine)} --hard-limit ${setting}\``;
  if (containerId !== undefined && inside === undefined && (runtime === "docker" || runtime === "podman")) {
    const memory = memsw === "alone" ? "" : ` --memory ${setting}`;
    const together = memsw === undefined ? memorySwap : memswSetting;
    const both = together === undefined ? "" : ` --memory-swap ${together}`;
    return `\`${runtime} update${memory}${both} ${containerId.slice(0, 13)}\``;
  }
  // Proxmox bounds memory and swap together by the sum of its two settings.
  const proxmox = /^\/lxc(?:\.payload)?[./](\d{3,9})(?:\/ns)?$/.exec(path ?? "");
  if (proxmox !== null) return `\`pct set ${proxmox[1]} --memory ${megabytes(setting)}\``;
  const both = `memory.memsw.limit_in_bytes of ${path ?? "the cgroup"} = ${memswSetting}`;
  if (memsw === "alone") return both;
  const memory = byManager(limited, setting, context) ?? `${fileOf(context)} of ${path ?? "the cgroup"} = ${setting}`;
  return memsw === "first" ? `first ${both}, then ${memory}` : memory;
}

function fileOf(context: Context): string {
  const hierarchy = hierarchyOf(context);
  if (hierarchy === null) return "the memory limit";
  return hierarchy === "v1" ? "memory.limit_in_bytes" : "memory.max";
}

/** The command of what manages the cgroup, which would undo what is written to its files; null where none is known. */
function byManager({ path, identity }: Limited, setting: string, context: Context): string | null {
  const { unit, kind } = identity ?? {};
  if (kind === "slurm") return `\`sbatch --mem=${setting}\``;
  const property = systemdProperty(setting, context);
  if (property === null) return null;
  // A session's scope is gone by the next time.
  if (kind === "user-session" || kind === "desktop-application") return limitedRun(path, property, context);
  if (unit === undefined) return null;
  const set = `systemctl set-property ${shellWord(unit)} ${property}`;
  if (kind === "user-unit") return `\`systemctl --user set-property ${shellWord(unit)} ${property}\` as that user`;
  if (kind !== "lxc") return `\`${set}\``;
  const inside = /^\/lxc(?:\.payload)?[./](\d{3,9})\//.exec(path ?? "");
  return inside === null ? `\`${set}\` inside that container` : `\`pct exec ${inside[1]} -- ${set}\``;
}

/** A new start under a limit. On v1 a user's own manager may not bound memory: the system's has to. */
function limitedRun(path: string | null, property: string, context: Context): string {
  const scope = hierarchyOf(context) === "v1" ? `--uid=${/user-(\d+)/.exec(path ?? "")?.[1] ?? "UID"}` : "--user";
  return `\`systemd-run ${scope} --scope -p ${property} COMMAND\``;
}

/** systemd's setting of a limit; null where its versions of that time have none, or another init is in use. */
export function systemdProperty(setting: string, context: Context): string | null {
  if (hierarchyOf(context) === "v1") return has("systemdMemoryLimit", context) ? `MemoryLimit=${setting}` : null;
  return has("systemdMemoryMax", context) ? `MemoryMax=${setting}` : null;
}

/** The number of MiB in a setting, for tools that take no suffix. */
function megabytes(setting: string): string {
  const number = Number.parseInt(setting, 10);
  return String(setting.endsWith("K") ? Math.ceil(number / 1024) : number);
}
