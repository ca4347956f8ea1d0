import { describe, expect, it, test } from "vitest";
import { type Limited, setMemoryLimit } from "../../src/diagnose/advice/set-limit.js";
import type { Context } from "../../src/diagnose/context.js";
import { identifyCgroup } from "../../src/diagnose/identity/cgroups.js";

/** What of a report decides how its limit is set. */
function contextOf(path: string, { isV1, kernel }: { isV1: boolean; kernel: readonly number[] }): Context {
  const limit = { name: isV1 ? "memory+swap" : "swap", usageKb: 4, limitKb: 8, unlimited: false };
  const report = { memcg: { limits: [limit] }, cgroup: { oomMemcg: path, taskMemcg: path }, tasks: [] };
  return { report, kernel: { oldest: kernel, newest: kernel } } as unknown as Context;
}

function limitOf(
  path: string,
  { isV1 = false, kernel = [6, 1], ...more }: { isV1?: boolean; kernel?: number[] } & Pick<Limited, "memsw"> = {},
): string {
  return setMemoryLimit({ path, identity: identifyCgroup(path), ...more }, "80M", contextOf(path, { isV1, kernel }));
}

test("a session of v1 is bounded by the system's manager (the user's own may not)", () => {
  const path = "/user.slice/user-1000.slice/session-3.scope";
  expect(limitOf(path)).toBe("`systemd-run --user --scope -p MemoryMax=80M COMMAND`");
  expect(limitOf(path, { isV1: true })).toBe("`systemd-run --uid=1000 --scope -p MemoryLimit=80M COMMAND`");
});

test("the limit of a pod is that of its containers", () => {
  const pod = "/kubepods/burstable/pod5d2e3e3f-8c1a-4b5e-9f3a-0d6b1c2a7e88";
  expect(limitOf(pod)).toBe("resources.limits.memory: 80Mi of the pod's containers, together");
  expect(limitOf(`${pod}/${"ab".repeat(32)}`)).toBe("resources.limits.memory: 80Mi of the container");
});

test("the limit of a unit inside a container is its own (it shrank the whole container)", () => {
  expect(limitOf("/lxc/108/ns/system.slice/mysql.service")).toBe(
    "`pct exec 108 -- systemctl set-property mysql.service MemoryMax=80M`",
  );
  expect(limitOf("/lxc.payload.web1/system.slice/mysql.service")).toBe(
    "`systemctl set-property mysql.service MemoryMax=80M` inside that container",
  );
  expect(limitOf("/lxc/108/ns/system.slice")).toBe("memory.max of /lxc/108/ns/system.slice = 80M");
  for (const path of ["/lxc/108", "/lxc/108/ns"]) expect(limitOf(path)).toBe("`pct set 108 --memory 80`");
});

test("systemd's setting on v1 is one that its versions of that time know (el7 has no MemoryMax=)", () => {
  const path = "/system.slice/mysql.service";
  expect(limitOf(path, { isV1: true })).toBe("`systemctl set-property mysql.service MemoryLimit=80M`");
});

describe("the v1 limit on memory and swap together", () => {
  const docker = `/docker/${"ab".repeat(32)}`;

  it("is raised alone where it was the one that was hit", () => {
    expect(limitOf("/A", { isV1: true, memsw: "alone" })).toBe("memory.memsw.limit_in_bytes of /A = 80M");
    expect(limitOf(docker, { isV1: true, memsw: "alone" })).toBe("`docker update --memory-swap 80M ababababababa`");
  });

  it("is raised before a memory limit above it, which the kernel refuses", () => {
    expect(limitOf("/A", { isV1: true, memsw: "first" })).toBe(
      "first memory.memsw.limit_in_bytes of /A = 80M, then memory.limit_in_bytes of /A = 80M",
    );
    expect(limitOf(docker, { isV1: true, memsw: "first" })).toBe(
      "`docker update --memory 80M --memory-swap 80M ababababababa`",
    );
  });
});
