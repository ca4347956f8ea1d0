import type { AdjustmentOwner } from "../../model/analysis.js";
import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import type { OomReport } from "../../model/report.js";
import { identifyCgroup } from "./cgroups.js";

/** Who usually sets an `oom_score_adj`. Values are bounds, both included. */
interface AdjRow {
  readonly from: number;
  readonly to: number;
  readonly owner: string;
  /** Only where the victim's cgroup is of this kind; absent: anywhere. */
  readonly inKubernetes?: true;
  /** Names of tasks that it is usual for, as the kernel cuts them (15 bytes); absent: any. */
  readonly names?: RegExp;
  /** Cgroups that it is usual in; absent: any. */
  readonly cgroups?: RegExp;
}

/** The narrowest row that fits stands first. */
const adjRows: readonly AdjRow[] = [
  { from: -1000, to: -1000, owner: "a service that must never be killed (sshd, udevd, auditd); children inherit it" },
  {
    from: -999,
    to: -999,
    owner: "the agents of a Kubernetes node (kubelet, containerd, its shims)",
    names: /^(?:kubelet|kube-proxy|containerd(?:-shim.*)?|crio|conmon|dockerd|cri-dockerd)$/,
  },
  { from: -998, to: -998, owner: "the pause container of a pod", names: /^pause$/ },
  { from: -998, to: -998, owner: "a Guaranteed pod (before Kubernetes 1.18) or a pause container", inKubernetes: true },
  { from: -997, to: -997, owner: "a Guaranteed or node-critical pod", inKubernetes: true },
  {
    from: -900,
    to: -900,
    owner: "dbus, snapd or the PostgreSQL master of Debian",
    names: /^(?:dbus-.*|snapd|postgres|postmaster)$/,
  },
  { from: -500, to: -500, owner: "dockerd and its helpers", names: /^(?:dockerd?|docker-.*|containerd(?:-shim.*)?)$/ },
  { from: -250, to: -250, owner: "systemd-journald", names: /^systemd-journal/ },
  { from: 1000, to: 1000, owner: "a BestEffort pod", inKubernetes: true },
  { from: 2, to: 999, owner: "a Burstable pod", inKubernetes: true },
  {
    from: 100,
    to: 200,
    owner: "the systemd user manager (100) or a service that it started (200)",
    names: /^(?:systemd|\(sd-pam\)|dbus|gnome|xdg|gvfs|pipewire|at-spi)/,
  },
  {
    from: 100,
    to: 300,
    owner: "a content process of Firefox",
    names: /^(?:Web Content|Isolated|WebExtensions|file:|Privileged)/,
  },
  {
    from: 200,
    to: 300,
    owner: "a renderer or helper of Chrome, Chromium or Electron",
    names:
      /^(?:(?:chrome|chromium|electron|brave|msedge|vivaldi)(?:[-_].*)?|slack|code|Compositor(?:Tile.*)?|ThreadPoolForeg)$/i,
  },
  { from: 250, to: 250, owner: "a test of fstests", cgroups: /\/fstests-[^/]+\.scope$/ },
  { from: 800, to: 999, owner: "a cached Android application", names: /^(?:com|org|net|android)\./ },
  { from: 1000, to: 1000, owner: "a program that asks to be killed first" },
];

/** Who usually sets this value, in words; null where nothing is known (0 is the default and says nothing). */
export function ownerOfAdj(
  adj: number,
  task: { readonly name: string; readonly cgroup: CgroupIdentity | null },
): string | null {
  const inKubernetes = task.cgroup?.qosClass !== undefined;
  const row = adjRows.find(
    ({ from, to, inKubernetes: only, names, cgroups }) =>
      adj >= from &&
      adj <= to &&
      (only === undefined || inKubernetes) &&
      (names === undefined || names.test(task.name)) &&
      (cgroups === undefined || (task.cgroup !== null && cgroups.test(task.cgroup.path))),
  );
  return row?.owner ?? null;
}

/**
 * The memory request that a Burstable pod must have for its value, as a share of the node's memory: the kubelet sets
 * `1000 − 1000 × request ÷ capacity`, bounded to 2 … 999. Null at the bounds, which stand for a range.
 */
export function burstableRequestShare(adj: number): number | null {
  return adj > 2 && adj < 999 ? (1000 - adj) / 1000 : null;
}

/** Who usually sets the oom_score_adj of the process that died first; null where nothing is known of it. */
export function victimAdjustment({ kills, tasks, cgroup }: OomReport): AdjustmentOwner | null {
  const victim = kills.find(({ role }) => role === "victim" || role === "sacrificed-child") ?? kills[0];
  if (victim === undefined) return null;
  const row = tasks.find(({ pid, tgid }) => pid === victim.pid || tgid === victim.pid);
  const adj = row?.oomScoreAdj ?? victim.oomScoreAdj;
  const identity = cgroup.taskMemcg === null ? null : identifyCgroup(cgroup.taskMemcg);
  const usualFor = adj === undefined ? null : ownerOfAdj(adj, { name: victim.name, cgroup: identity });
  if (adj === undefined || usualFor === null) return null;
  const share = identity?.qosClass === "Burstable" ? burstableRequestShare(adj) : null;
  return {
    pid: victim.pid,
    oomScoreAdj: adj,
    usualFor,
    ...(share === null ? {} : { requestPercent: Math.round(share * 1000) / 10 }),
  };
}
