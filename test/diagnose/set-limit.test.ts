import { describe, expect, it, test } from "vitest";
import { setMemoryLimit } from "../../src/diagnose/evidence/set-limit.js";
import { identifyCgroup } from "../../src/diagnose/identity/cgroups.js";

function limitOf(path: string, more: { isV1?: boolean; memsw?: "alone" | "first" } = {}): string {
  return setMemoryLimit({ path, identity: identifyCgroup(path), isV1: false, ...more }, "80M");
}

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
