import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import { shellWord } from "../text.js";

/** A memory cgroup as far as its limit can be set. */
export interface Limited {
  readonly path: string | null;
  readonly identity: CgroupIdentity | null;
  readonly isV1: boolean;
  /**
   * Whether the v1 limit on memory and swap together is to be raised: alone where it was the one that was hit, or first,
   * since the kernel refuses a memory limit above it.
   */
  readonly memsw?: "alone" | "first";
}

/** What sets the memory limit of a cgroup to an amount (`640M`), by what kind of thing it is. */
export function setMemoryLimit(limited: Limited, setting: string): string {
  const { path, identity, isV1, memsw } = limited;
  const { podUid, containerId, runtime } = identity ?? {};
  if (podUid !== undefined) return `resources.limits.memory: ${setting}i of the pod`;
  if (containerId !== undefined && (runtime === "docker" || runtime === "podman")) {
    const memory = memsw === "alone" ? "" : ` --memory ${setting}`;
    const both = memsw === undefined ? "" : ` --memory-swap ${setting}`;
    return `\`${runtime} update${memory}${both} ${containerId.slice(0, 13)}\``;
  }
  // Proxmox bounds memory and swap together by the sum of its two settings.
  const proxmox = /^\/lxc(?:\.payload)?[./](\d{3,9})(?:\/ns)?$/.exec(path ?? "");
  if (proxmox !== null) return `\`pct set ${proxmox[1]} --memory ${megabytes(setting)}\``;
  const both = `memory.memsw.limit_in_bytes of ${path ?? "the cgroup"} = ${setting}`;
  if (memsw === "alone") return both;
  const memory =
    byManager(limited, setting) ??
    `${isV1 ? "memory.limit_in_bytes" : "memory.max"} of ${path ?? "the cgroup"} = ${setting}`;
  return memsw === "first" ? `first ${both}, then ${memory}` : memory;
}

/** The command of what manages the cgroup, which would undo what is written to its files; null where none is known. */
function byManager({ path, identity, isV1 }: Limited, setting: string): string | null {
  const { unit, kind } = identity ?? {};
  // systemd bounds v1 by MemoryLimit=, which all of its versions know that manage v1.
  const property = `${isV1 ? "MemoryLimit" : "MemoryMax"}=${setting}`;
  if (kind === "slurm") return `\`sbatch --mem=${setting}\``;
  // A session's scope is gone by the next time.
  if (kind === "user-session" || kind === "desktop-application") {
    return `\`systemd-run --user --scope -p ${property} COMMAND\``;
  }
  if (unit === undefined) return null;
  const set = `systemctl set-property ${shellWord(unit)} ${property}`;
  if (kind === "user-unit") return `\`systemctl --user set-property ${shellWord(unit)} ${property}\` as that user`;
  if (kind !== "lxc") return `\`${set}\``;
  const proxmox = /^\/lxc(?:\.payload)?[./](\d{3,9})\//.exec(path ?? "");
  return proxmox === null ? `\`${set}\` inside that container` : `\`pct exec ${proxmox[1]} -- ${set}\``;
}

/** The number of MiB in a setting, for tools that take no suffix. */
function megabytes(setting: string): string {
  const number = Number.parseInt(setting, 10);
  return String(setting.endsWith("K") ? Math.ceil(number / 1024) : number);
}
