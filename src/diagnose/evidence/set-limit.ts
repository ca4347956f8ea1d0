import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import { shellWord } from "../text.js";

/** A memory cgroup as far as its limit can be set. */
export interface Limited {
  readonly path: string | null;
  readonly identity: CgroupIdentity | null;
  readonly isV1: boolean;
}

/** What sets the memory limit of a cgroup to an amount (`640M`), by what kind of thing it is. */
export function setMemoryLimit({ path, identity, isV1 }: Limited, setting: string): string {
  const { podUid, containerId, runtime, unit, kind } = identity ?? {};
  if (podUid !== undefined) return `resources.limits.memory: ${setting}i of the pod`;
  if (containerId !== undefined && (runtime === "docker" || runtime === "podman")) {
    return `\`${runtime} update --memory ${setting} ${containerId.slice(0, 13)}\``;
  }
  const proxmox = /^\/lxc(?:\.payload)?[./](\d{3,9})(?:\/|$)/.exec(path ?? "");
  if (proxmox !== null) return `\`pct set ${proxmox[1]} --memory ${megabytes(setting)}\``;
  if (kind === "slurm") return `\`sbatch --mem=${setting}\``;
  // A session's scope is gone by the next time.
  if (kind === "user-session" || kind === "desktop-application") {
    return `\`systemd-run --user --scope -p MemoryMax=${setting} COMMAND\``;
  }
  if (unit !== undefined && kind === "user-unit") {
    return `\`systemctl --user set-property ${shellWord(unit)} MemoryMax=${setting}\` as that user`;
  }
  if (unit !== undefined) return `\`systemctl set-property ${shellWord(unit)} MemoryMax=${setting}\``;
  return `${isV1 ? "memory.limit_in_bytes" : "memory.max"} of ${path ?? "the cgroup"} = ${setting}`;
}

/** The number of MiB in a setting, for tools that take no suffix. */
function megabytes(setting: string): string {
  const number = Number.parseInt(setting, 10);
  return String(setting.endsWith("K") ? Math.ceil(number / 1024) : number);
}
