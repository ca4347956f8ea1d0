import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { burstableRequestShare, identifyCgroup, ownerOfAdj } from "../../src/diagnose/index.js";
import { renderText } from "../../src/render/index.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

const id = "0123456789abcdef".repeat(4);
const uid = "3b6e0d3a-5f1c-4c8e-9d2a-0f1e2d3c4b5a";
const uidOfSystemd = uid.replaceAll("-", "_");

const paths: readonly (readonly [path: string, kind: string, name: string])[] = [
  ["/", "root", "the root cgroup"],
  ["/init.scope", "init", "init (pid 1)"],
  ["/system.slice/varnish.service", "system-unit", "the systemd unit varnish.service"],
  ["/system.slice/system-getty.slice", "slice", "the systemd slice system-getty.slice (all units in it)"],
  ["/system.slice/dev\\x2dsda.mount", "system-unit", "the systemd unit dev-sda.mount"],
  ["/user.slice/user-1000.slice/session-c1.scope", "user-session", "login session c1 of uid 1000"],
  ["/user.slice/user-1000.slice", "slice", "all processes of uid 1000"],
  [
    "/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-org.gimp.GIMP-4711.scope",
    "desktop-application",
    "the Flatpak application org.gimp.GIMP",
  ],
  [
    `/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox.${uid}.scope`,
    "desktop-application",
    "the snap firefox (firefox)",
  ],
  [
    `/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.gnome.Terminal.slice/vte-spawn-${uid}.scope`,
    "desktop-application",
    "a tab of a desktop terminal",
  ],
  [
    "/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-firefox-4711.scope",
    "desktop-application",
    "the desktop application firefox",
  ],
  [
    "/user.slice/user-1000.slice/user@1000.service/session.slice/pipewire.service",
    "user-unit",
    "the unit pipewire.service of uid 1000",
  ],
  [`/system.slice/docker-${id}.scope`, "container", "the Docker container 0123456789abc"],
  [`/docker/${id}`, "container", "the Docker container 0123456789abc"],
  [`/machine.slice/libpod-${id}.scope/container`, "container", "the podman container 0123456789abc"],
  [`/libpod_parent/libpod-${id}`, "container", "the podman container 0123456789abc"],
  [`/system.slice/crio-${id}.scope`, "container", "the CRI container 0123456789abc"],
  [
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uidOfSystemd}.slice/cri-containerd-${id}.scope`,
    "container",
    "container 0123456789abc of a Burstable pod",
  ],
  [`/kubepods/besteffort/pod${uid}/${id}`, "container", "container 0123456789abc of a BestEffort pod"],
  [`/kubepods/pod${uid}/${id}`, "container", "container 0123456789abc of a Guaranteed pod"],
  [
    `/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${uidOfSystemd}.slice/cri-containerd-${id}.scope`,
    "container",
    "container 0123456789abc of a Guaranteed pod",
  ],
  [
    `/kubepods.slice/kubepods-pod${uidOfSystemd}.slice`,
    "pod",
    "a Guaranteed pod (all its containers and memory-backed volumes)",
  ],
  ["/kubepods.slice", "kubernetes", "all pods of the Kubernetes node (its allocatable memory)"],
  ["/kubepods", "kubernetes", "all pods of the Kubernetes node (its allocatable memory)"],
  ["/kubepods.slice/kubepods-besteffort.slice", "kubernetes", "all BestEffort pods of the Kubernetes node"],
  ["/podruntime.slice", "system-unit", "the node agent slice of the container platform"],
  ["/lxc/web1", "lxc", "the LXC container web1"],
  ["/lxc.payload.web1/system.slice", "lxc", "the LXC container web1"],
  ["/lxc/108/ns/system.slice/mysql.service", "lxc", "the systemd unit mysql.service of the LXC container 108"],
  ["/lxc.payload.web1/system.slice/a.service", "lxc", "the systemd unit a.service of the LXC container web1"],
  ["/lxc/108/ns/.lxc", "lxc", "the LXC container 108"],
  ["/lxc/39004", "lxc", "the LXC container 39004"],
  ["/slurm/uid_1000/job_42/step_batch/task_0", "slurm", "Slurm job 42, step batch"],
  ["/system.slice/slurmstepd.scope/job_42/step_0/user/task_0", "slurm", "Slurm job 42, step 0"],
  [`/nomad.slice/share.slice/${uid}.web.scope`, "nomad", "the Nomad allocation 3b6e0d3a, task web"],
  [`/ecs/task-1/${id}`, "ecs", "the Amazon ECS task task-1"],
  [
    "/machine.slice/machine-qemu\\x2d3\\x2dweb\\x2d1.scope/libvirt/emulator",
    "virtual-machine",
    "the libvirt virtual machine web-1",
  ],
  ["/hadoop-yarn/container_1_2", "batch-job", "the YARN container container_1_2"],
  ["/uid_10101/pid_222", "android", "the Android process 222 of uid 10101"],
  ["/syz0", "unknown", "the cgroup /syz0"],
  [
    "/user.slice/user-1000.slice/user@1000.service/init.scope",
    "user-unit",
    "the user manager (systemd --user) of uid 1000",
  ],
  [`/docker/${id}/init.scope`, "container", "the cgroup init.scope of the Docker container 0123456789abc"],
  ["/lxc.payload.web1/init.scope", "lxc", "the LXC container web1"],
  ["/a/init.scope", "unknown", "the cgroup /a/init.scope"],
  [
    `/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-${uid}.scope`,
    "desktop-application",
    "the snap firefox (firefox)",
  ],
  ["/lxc.monitor.web1", "lxc", "the monitor of the LXC container web1"],
  [`/ecstasks.slice/ecstasks-task1.slice/docker-${id}.scope`, "ecs", "the Amazon ECS task task1"],
  ["/qemu.slice/101.scope", "virtual-machine", "the Proxmox virtual machine 101"],
  ["/system.slice/x.service/payload", "system-unit", "the cgroup payload of the systemd unit x.service"],
  ["/machine.slice/systemd-nspawn@foo.service/payload", "container", "the systemd-nspawn container foo"],
  [
    `/system.slice/containerd.service/kubepods-burstable-pod${uidOfSystemd}.slice:cri-containerd:${id}`,
    "container",
    "container 0123456789abc of a Burstable pod",
  ],
  [
    `/docker/${id}/system.slice/cron.service`,
    "container",
    "the cgroup system.slice/cron.service of the Docker container 0123456789abc",
  ],
  [`/docker/${"f".repeat(64)}/docker/${id}`, "container", "the Docker container 0123456789abc"],
];

test.each(paths)("%s is of kind %s", (path, kind, name) => {
  expect(identifyCgroup(path)).toMatchObject({ path, kind, name });
});

describe("a Kubernetes path", () => {
  const path = `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${uidOfSystemd}.slice/crio-${id}.scope`;

  it("tells container, pod and class", () => {
    expect(identifyCgroup(path)).toMatchObject({ containerId: id, podUid: uid, qosClass: "BestEffort" });
  });

  it("comes with the commands that resolve it", () => {
    expect(identifyCgroup(path).commands).toEqual([
      "crictl ps -a | grep 0123456789abc",
      `kubectl get pods -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,UID:.metadata.uid | grep ${uid}`,
    ]);
  });
});

test("a path can not smuggle a command into advice", () => {
  const commands = identifyCgroup("/system.slice/$(reboot);`id`'.service").commands;
  expect(commands).toEqual(["systemctl show '$(reboot);`id`'\\''.service' | grep ^Memory"]);
});

test("any text is a cgroup of some kind, in short time", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: "binary" }), (path) => {
      expect(identifyCgroup(path).path).toBe(path);
    }),
  );
  for (const part of ["a", "/a", "pod", "app-", "0", "job_"]) {
    expect(identifyCgroup(part.repeat(200_000)).kind).toBe("unknown");
  }
});

describe("an oom_score_adj", () => {
  const pod = identifyCgroup(`/kubepods/burstable/pod${uid}/${id}`);

  test.each([
    [-1000, "sshd", null, "a service that must never be killed (sshd, udevd, auditd); children inherit it"],
    [-999, "kubelet", null, "the agents of a Kubernetes node (kubelet, containerd, its shims)"],
    [-998, "pause", null, "the pause container of a pod"],
    [-997, "etcd", pod, "a Guaranteed or node-critical pod"],
    [974, "java", pod, "a Burstable pod"],
    [1000, "java", pod, "a BestEffort pod"],
    [300, "chrome", null, "a renderer or helper of Chrome, Chromium or Electron"],
    [167, "Isolated Web Co", null, "a content process of Firefox"],
    [0, "java", null, null],
    [974, "java", null, null],
    [-900, "dbus-daemon", null, "dbus, snapd or the PostgreSQL master of Debian"],
    [-250, "systemd-journal", null, "systemd-journald"],
    [250, "531", identifyCgroup("/system.slice/fstests-generic-531.scope"), "a test of fstests"],
    [200, "ThreadPoolForeg", null, "a renderer or helper of Chrome, Chromium or Electron"],
    [300, "chromium-browse", null, "a renderer or helper of Chrome, Chromium or Electron"],
  ])("of %i for %s is usual for %s", (adj, name, cgroup, owner) => {
    expect(ownerOfAdj(adj, { name, cgroup })).toBe(owner);
  });

  test.each([
    [250, "java"],
    [-500, "mysqld"],
    [-900, "redis-server"],
    [-999, "myapp"],
    [-250, "nginx"],
    [200, "barcode-srv"],
    [200, "codesys"],
    [200, "slackd"],
  ])("of %i says nothing of %s (it was given an owner by the number alone)", (adj, name) => {
    expect(ownerOfAdj(adj, { name, cgroup: identifyCgroup("/system.slice/x.service") })).toBeNull();
  });

  it("tells what a Burstable pod asked for, but not at the bounds of the range", () => {
    expect(burstableRequestShare(974)).toBeCloseTo(0.026);
    expect(burstableRequestShare(2)).toBeNull();
    expect(burstableRequestShare(999)).toBeNull();
  });
});

describe("the first lines of an explanation", () => {
  const head = (name: string): string => {
    const [analysis] = analyseText(name, sample(name).lines);
    if (analysis === undefined) throw new Error(`no report in ${name}`);
    const text = renderText(analysis, { width: 400, paint: null, verbose: false, trace: false });
    return text.slice(0, text.indexOf("\n  When"));
  };

  it("speak of a Burstable pod, and of the request that its oom_score_adj tells", () => {
    expect(head("4.18.0-147.el8.x86_64_amd64/m2_k8s")).toContain("of a Burstable pod: ");
    expect(head("4.18.0-147.el8.x86_64_amd64/m2_k8s")).toContain(
      "oom_score_adj 974 is usual for a Burstable pod, whose memory request is 2.6 % of the node's",
    );
  });

  it("say what used the memory, where it is more than the limit", () => {
    expect(head("4.4.155_amd64/g_tmpfs")).toContain("\nCause      tmpfs files or shared memory hold ");
    expect(head("3.2.71_amd64/m1_nested")).not.toContain("Cause      the cgroup");
  });
});
