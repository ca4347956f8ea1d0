/** What kind of thing a cgroup is. */
export type CgroupKind =
  | "system-unit"
  | "user-session"
  | "user-unit"
  | "desktop-application"
  | "slice"
  | "container"
  | "pod"
  | "kubernetes"
  | "lxc"
  | "slurm"
  | "nomad"
  | "ecs"
  | "virtual-machine"
  | "batch-job"
  | "android"
  | "init"
  | "root"
  | "unknown";

/** What a cgroup path is, in words and in parts. */
export interface CgroupIdentity {
  readonly path: string;
  readonly kind: CgroupKind;
  /** For sentences: `the systemd unit varnish.service`, `a BestEffort pod`. */
  readonly name: string;
  /** Commands that resolve it further or show its limit, for this path. */
  readonly commands: readonly string[];
  /** Container id, full as in the path. */
  readonly containerId?: string;
  /** What runs the container, where the path tells. */
  readonly runtime?: "docker" | "podman" | "cri";
  /** Pod UID as `kubectl` prints it. */
  readonly podUid?: string;
  readonly qosClass?: "Guaranteed" | "Burstable" | "BestEffort";
  /** Path below the container's or unit's own cgroup, where it runs on: a limit there is not that of the whole. */
  readonly inside?: string;
  /** Name of the virtual machine, as libvirt knows it. */
  readonly machine?: string;
  /** systemd unit that holds the limit, where the path ends at one. */
  readonly unit?: string;
}
