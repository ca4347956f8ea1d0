import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import { shellWord } from "../text.js";

type Recognised = Omit<CgroupIdentity, "path">;

/** One way to read a path. Tried in order, the innermost thing of a path first. */
interface CgroupRow {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, path: string) => Recognised;
}

const id64 = "([0-9a-f]{64})";
const short = (id: string): string => id.slice(0, 13);

const runtimeNames = { docker: "Docker", podman: "podman", cri: "CRI" } as const;

function container(
  runtime: keyof typeof runtimeNames,
  id: string,
  inside: string | undefined,
  command: string,
): Recognised {
  const name = `the ${runtimeNames[runtime]} container ${short(id)}`;
  return { kind: "container", commands: [command], containerId: id, runtime, ...within(name, inside) };
}

/** What runs below a container's or unit's own cgroup, in one that it made: limits there are its own affair. */
function within(name: string, inside: string | undefined): Pick<Recognised, "name" | "inside"> {
  return inside === undefined || inside === "" ? { name } : { name: `the cgroup ${inside} of ${name}`, inside };
}

const qosClasses = { besteffort: "BestEffort", burstable: "Burstable" } as const;

function qosOf(path: string): NonNullable<CgroupIdentity["qosClass"]> {
  for (const [text, name] of Object.entries(qosClasses)) if (path.includes(text)) return name;
  // The Guaranteed class has no level of its own.
  return "Guaranteed";
}

function podCommand(uid: string): string {
  return `kubectl get pods -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,UID:.metadata.uid | grep ${uid}`;
}

/** The pod that a path runs through; systemd writes `_` for `-` in its UID. */
function podUidOf(path: string): string | null {
  const match =
    /(?:^|[/-])pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?(?:[/:]|$)/.exec(
      path,
    );
  return match?.[1]?.replaceAll("_", "-") ?? null;
}

const cgroupRows: readonly CgroupRow[] = [
  { pattern: /^\/?$/, read: () => ({ kind: "root", name: "the root cgroup", commands: [] }) },
  {
    pattern: /^\/init\.scope$/,
    read: () => ({ kind: "init", name: "init (pid 1)", commands: ["systemctl status init.scope"] }),
  },
  {
    pattern: /\/user@(\d+)\.service\/init\.scope$/,
    read: (match) => ({
      kind: "user-unit",
      name: `the user manager (systemd --user) of uid ${match[1]}`,
      commands: [`systemctl status user@${match[1]}.service`],
    }),
  },
  {
    // Kubernetes, either cgroup driver: the container of a pod. containerd joins them by colons where its driver and the
    // kubelet's differ.
    pattern: new RegExp(
      `pod[0-9a-f_-]{32,36}(?:\\.slice)?(?:/|:cri-containerd:)(?:(cri-containerd|crio|docker)-)?${id64}(?:\\.scope)?(?:/(.+))?$`,
    ),
    read: (match, path) => {
      const uid = podUidOf(path) ?? "";
      const qosClass = qosOf(path);
      const containerId = match[2] ?? "";
      // Each as its list shows it.
      const list =
        match[1] === "docker"
          ? `docker ps -a | grep ${containerId.slice(0, 12)}`
          : `crictl ps -a | grep ${short(containerId)}`;
      return {
        kind: "container",
        ...within(`container ${short(containerId)} of a ${qosClass} pod`, match[3]),
        commands: [list, podCommand(uid)],
        containerId,
        podUid: uid,
        qosClass,
      };
    },
  },
  {
    pattern: /(?:^|[/-])pod[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f_-]{18,22}(?:\.slice)?$|(?:^|\/)pod[0-9a-f]{32}$/,
    read: (_match, path) => {
      const podUid = podUidOf(path) ?? "";
      const qosClass = qosOf(path);
      return {
        kind: "pod",
        name: `a ${qosClass} pod (all its containers and memory-backed volumes)`,
        commands: [podCommand(podUid)],
        podUid,
        qosClass,
      };
    },
  },
  {
    pattern: /(?:^|\/)(?:kubelet-)?kubepods(?:\.slice)?(?:\/(?:kubepods-)?(besteffort|burstable)(?:\.slice)?)?$/,
    read: (match) => ({
      kind: "kubernetes",
      name:
        match[1] === undefined
          ? "all pods of the Kubernetes node (its allocatable memory)"
          : `all ${qosOf(match[1])} pods of the Kubernetes node`,
      commands: ["kubectl describe node $(hostname) | grep -A8 Allocatable"],
    }),
  },
  {
    pattern: /^\/(?:podruntime|runtime)\.slice(?:\/([^/]+))?$/,
    read: (match) => ({
      kind: "system-unit",
      name: `the node agent ${match[1] ?? "slice"} of the container platform`,
      commands: match[1] === undefined ? [] : [`systemctl status ${shellWord(match[1])}`],
    }),
  },
  {
    pattern: /^\/ecs\/([^/]+)(?:\/|$)|^\/ecstasks\.slice\/ecstasks-([^/]+)\.slice/,
    read: (match) => ({
      kind: "ecs",
      name: `the Amazon ECS task ${match[1] ?? match[2]}`,
      commands: [`aws ecs describe-tasks --tasks ${shellWord(match[1] ?? match[2] ?? "")}`],
    }),
  },
  {
    // The innermost: Docker runs in containers of its own too.
    pattern: new RegExp(`^(?:.*/)?(?:docker-${id64}\\.scope|docker/${id64})(?:/(.+))?$`),
    read: (match) => {
      const id = match[1] ?? match[2] ?? "";
      const command = `docker inspect -f '{{.Name}} {{.HostConfig.Memory}}' ${short(id)}`;
      return container("docker", id, match[3], command);
    },
  },
  {
    // crun puts the processes into a cgroup `container` below that of the limit.
    pattern: new RegExp(`(?:^|/)libpod-${id64}(?:\\.scope)?(?:/container)?(?:/(.+))?$`),
    read: (match) => {
      const id = match[1] ?? "";
      return container("podman", id, match[2], `podman inspect -f '{{.Name}} {{.HostConfig.Memory}}' ${short(id)}`);
    },
  },
  {
    pattern: new RegExp(`(?:^|/)libpod-conmon-${id64}(?:\\.scope)?(?:/|$)`),
    read: (match) => ({
      kind: "container",
      name: `the monitor of the podman container ${short(match[1] ?? "")}`,
      commands: [`podman ps -a | grep ${(match[1] ?? "").slice(0, 12)}`],
      containerId: match[1] ?? "",
    }),
  },
  {
    pattern: new RegExp(`(?:^|/)(?:cri-containerd|crio|containerd)-${id64}(?:\\.scope)?(?:/(.+))?$`),
    read: (match) => container("cri", match[1] ?? "", match[2], `crictl ps -a | grep ${short(match[1] ?? "")}`),
  },
  {
    pattern: /^\/lxc\.monitor[./]([^/]+)(?:\/|$)/,
    read: (match) => ({
      kind: "lxc",
      name: `the monitor of the LXC container ${match[1]}`,
      commands: [`lxc-info -n ${shellWord(match[1] ?? "")}`],
    }),
  },
  {
    pattern: /^\/lxc(?:\.payload)?[./]([^/]+)\/(?:[^/]+\/)*([^/]+\.service)$/,
    read: (match) => {
      const [, name = "", unit = ""] = match;
      const inside = /^\d{3,9}$/.test(name) ? `pct exec ${name} --` : `lxc-attach -n ${shellWord(name)} --`;
      return {
        kind: "lxc",
        name: `the systemd unit ${unescapeUnit(unit)} of the LXC container ${name}`,
        commands: [`${inside} systemctl status ${shellWord(unit)}`],
        unit,
      };
    },
  },
  {
    // `ns` is how Proxmox names the inside of a container.
    pattern: /^\/lxc(?:\.payload)?[./](\d{3,9})(?:\/ns)?(?:\/|$)/,
    read: (match) => ({
      kind: "lxc",
      name: `the LXC container ${match[1]}`,
      commands: [`pct config ${match[1]} | grep -E 'hostname|memory|swap'`],
    }),
  },
  {
    pattern: /^\/lxc(?:\.payload)?[./]([^/]+)(?:\/|$)/,
    read: (match) => ({
      kind: "lxc",
      name: `the LXC container ${match[1]}`,
      commands: [`lxc-info -n ${shellWord(match[1] ?? "")}`],
    }),
  },
  {
    pattern: /(?:^|\/)(?:uid_(\d+)\/)?job_(\d+)(?:\/step_([\w.]+))?(?:\/|$)/,
    read: (match) => ({
      kind: "slurm",
      name: `Slurm job ${match[2]}${match[3] === undefined ? "" : `, step ${match[3]}`}`,
      commands: [`sacct -j ${match[2]} --format=JobID,JobName,ReqMem,MaxRSS,State`],
    }),
  },
  {
    pattern: /^\/nomad(?:\.slice\/(?:share|reserve)\.slice)?\/([0-9a-f-]{36})(?:\.([^/]+?)(?:\.scope)?)?(?:\/|$)/,
    read: (match) => ({
      kind: "nomad",
      name: `the Nomad allocation ${match[1]?.slice(0, 8)}${match[2] === undefined ? "" : `, task ${match[2]}`}`,
      commands: [`nomad alloc status ${match[1]?.slice(0, 8)}`],
    }),
  },
  {
    pattern: /^\/machine\.slice\/machine-qemu\\x2d(\d+)\\x2d([^/]+?)\.scope(?:\/|$)/,
    read: (match) => {
      const name = unescapeUnit(match[2] ?? "");
      return {
        kind: "virtual-machine",
        name: `the libvirt virtual machine ${name}`,
        machine: name,
        commands: [`virsh dommemstat ${shellWord(name)}`, `virsh memtune ${shellWord(name)}`],
      };
    },
  },
  {
    pattern: /^\/machine\/(?:qemu-\d+-)?([^/]+?)(?:\.libvirt-qemu)?(?:\/|$)/,
    read: (match) => ({
      kind: "virtual-machine",
      name: `the libvirt virtual machine ${match[1]}`,
      machine: match[1] ?? "",
      commands: [`virsh dommemstat ${shellWord(match[1] ?? "")}`],
    }),
  },
  {
    pattern: /^\/qemu\.slice\/(\d{3,9})\.scope$/,
    read: (match) => ({
      kind: "virtual-machine",
      name: `the Proxmox virtual machine ${match[1]}`,
      commands: [`qm config ${match[1]} | grep -E 'name|memory|balloon'`],
      unit: `${match[1]}.scope`,
    }),
  },
  {
    pattern: /\/systemd-nspawn@([^/]+)\.service(?:\/payload)?(?:\/(.+))?$/,
    read: (match) => {
      const name = unescapeUnit(match[1] ?? "");
      return {
        kind: "container",
        commands: [`machinectl status ${shellWord(name)}`],
        ...within(`the systemd-nspawn container ${name}`, match[2]),
        ...(match[2] === undefined ? { unit: `systemd-nspawn@${match[1]}.service` } : {}),
      };
    },
  },
  {
    pattern: /^\/garden\/([^/]+)/,
    read: (match) => ({ kind: "batch-job", name: `the Cloud Foundry container ${match[1]}`, commands: [] }),
  },
  {
    pattern: /^\/hadoop-yarn\/(container_[^/]+)/,
    read: (match) => ({
      kind: "batch-job",
      name: `the YARN container ${match[1]}`,
      commands: [`yarn container -status ${shellWord(match[1] ?? "")}`],
    }),
  },
  {
    pattern: /^\/htcondor\/([^/]+)/,
    read: (match) => ({ kind: "batch-job", name: `the HTCondor slot ${match[1]}`, commands: [] }),
  },
  {
    pattern: /^\/(?:apps\/)?uid_(\d+)\/pid_(\d+)$/,
    read: (match) => ({
      kind: "android",
      name: `the Android process ${match[2]} of uid ${match[1]}`,
      commands: [`dumpsys meminfo ${match[2]}`],
    }),
  },
  {
    pattern: /\/app-flatpak-([^/]+?)-\d+\.scope$/,
    read: (match) => ({
      kind: "desktop-application",
      name: `the Flatpak application ${unescapeUnit(match[1] ?? "")}`,
      commands: [`flatpak info ${shellWord(unescapeUnit(match[1] ?? ""))}`],
    }),
  },
  {
    pattern: /\/snap\.([\w-]+)\.([\w-]+?)(?:[.-](?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+))?\.scope$/,
    read: (match) => ({
      kind: "desktop-application",
      name: `the snap ${match[1]} (${match[2]})`,
      commands: [`snap info ${match[1]}`],
    }),
  },
  {
    pattern: /\/vte-spawn-[0-9a-f-]{36}\.scope$/,
    read: () => ({ kind: "desktop-application", name: "a tab of a desktop terminal", commands: [] }),
  },
  {
    pattern: /\/app(?:-[a-z]+)?-([^/]+?)(?:@[0-9a-f]+)?(?:-\d+)?\.(?:scope|service)$/,
    read: (match) => ({
      kind: "desktop-application",
      name: `the desktop application ${unescapeUnit(match[1] ?? "")}`,
      commands: [],
    }),
  },
  {
    pattern: /^\/user\.slice\/user-(\d+)\.slice\/session-(\w+)\.scope/,
    read: (match) => ({
      kind: "user-session",
      name: `login session ${match[2]} of uid ${match[1]}`,
      commands: [`loginctl session-status ${match[2]}`],
      unit: `session-${match[2]}.scope`,
    }),
  },
  {
    pattern: /\/user@(\d+)\.service\/(?:[^/]+\/)*([^/]+\.(?:service|scope))$/,
    read: (match) => ({
      kind: "user-unit",
      name: `the unit ${unescapeUnit(match[2] ?? "")} of uid ${match[1]}`,
      commands: [
        `sudo -u '#${match[1]}' XDG_RUNTIME_DIR=/run/user/${match[1]} systemctl --user status ${shellWord(match[2] ?? "")}`,
      ],
      unit: match[2] ?? "",
    }),
  },
  {
    pattern: /\/user-(\d+)\.slice(?:\/user@\d+\.service)?$/,
    read: (match) => ({
      kind: "slice",
      name: `all processes of uid ${match[1]}`,
      commands: [`systemctl show user-${match[1]}.slice | grep ^Memory`],
      unit: `user-${match[1]}.slice`,
    }),
  },
  {
    pattern: /(?:^|\/)(?!init\.scope$)([^/]+\.(?:service|scope|socket|mount))$/,
    read: (match) => ({
      kind: "system-unit",
      name: `the systemd unit ${unescapeUnit(match[1] ?? "")}`,
      commands: [`systemctl show ${shellWord(match[1] ?? "")} | grep ^Memory`],
      unit: match[1] ?? "",
    }),
  },
  {
    // Delegate=yes: what a service makes below itself.
    pattern: /^\/(?:[^/]+\.slice\/)+([^/]+\.(?:service|scope))\/(.+)$/,
    read: (match) => ({
      kind: "system-unit",
      commands: [`systemctl status ${shellWord(match[1] ?? "")}`],
      ...within(`the systemd unit ${unescapeUnit(match[1] ?? "")}`, match[2]),
    }),
  },
  {
    pattern: /(?:^|\/)([^/]+\.slice)$/,
    read: (match) => ({
      kind: "slice",
      name: `the systemd slice ${unescapeUnit(match[1] ?? "")} (all units in it)`,
      commands: [`systemctl show ${shellWord(match[1] ?? "")} | grep ^Memory`],
      unit: match[1] ?? "",
    }),
  },
];

/** systemd escapes what may not stand in a unit's name: `\x2d` is `-`. */
function unescapeUnit(unit: string): string {
  return unit.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Longest path that is looked at; the kernel has no longer ones. */
const longestPath = 4096;

/** What a cgroup path is. A path that no row knows keeps its own name. */
export function identifyCgroup(path: string): CgroupIdentity {
  for (const { pattern, read } of cgroupRows) {
    const match = path.length > longestPath ? null : pattern.exec(path);
    if (match !== null) return { path, ...read(match, path) };
  }
  return { path, kind: "unknown", name: `the cgroup ${path}`, commands: [] };
}
