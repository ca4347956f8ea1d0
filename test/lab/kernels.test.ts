import { describe, expect, it } from "vitest";
import { architectures } from "../../lab/architectures.js";
import { withoutAddresses } from "../../lab/host/apt.js";
import { parseModulesDep } from "../../lab/host/modules.js";
import { compareWithMirror, findKernels, kernels, releaseOfPackage } from "../../lab/kernels.js";

function kernel(id: string) {
  const [found] = findKernels(id);
  if (found === undefined) throw new Error(id);
  return found;
}

describe("the kernels", () => {
  it.each([
    ["6.1-cloud-amd64", "linux-image-6.1.0-50-cloud-amd64", "6.1.0-50-cloud-amd64"],
    ["6.12-cloud-amd64", "linux-image-6.12.107+deb13-cloud-amd64", "6.12.107+deb13-cloud-amd64"],
    ["6.12-cloud-amd64", "linux-image-6.12.90+deb12.1-cloud-amd64", "6.12.90+deb12.1-cloud-amd64"],
    ["6.5-686-pae", "linux-image-6.5.0-0.deb12.4-686-pae", "6.5.0-0.deb12.4-686-pae"],
    ["6.1-cloud-amd64", "linux-image-6.12.107+deb13-cloud-amd64", null],
    ["6.1-cloud-amd64", "linux-image-6.1.0-50-cloud-amd64-dbg", null],
    ["6.1-cloud-amd64", "linux-image-6.1.0-50-amd64", null],
    ["6.1-amd64", "linux-image-6.1.0-50-amd64", "6.1.0-50-amd64"],
    ["6.1-amd64", "linux-image-6.1.0-50-rt-amd64", null],
    ["6.1-686", "linux-image-6.1.0-50-686", "6.1.0-50-686"],
    ["6.1-686", "linux-image-6.1.0-50-686-pae", null],
    ["6.12-amd64", "linux-image-6.12.95+deb12-amd64-unsigned", null],
    ["6.12-arm64-16k", "linux-image-6.12.107+deb13-arm64-16k", "6.12.107+deb13-arm64-16k"],
    ["6.12-powerpc64le", "linux-image-6.12.95+deb12-powerpc64le-64k", null],
    ["6.12-powerpc64le-64k", "linux-image-6.12.95+deb12-powerpc64le-64k", "6.12.95+deb12-powerpc64le-64k"],
  ])("%s: %s is %s", (id, name, release) => {
    expect(releaseOfPackage(kernel(id), name)).toBe(release);
  });

  it("are held against the packages of the mirror", () => {
    const names = [
      "linux-image-s390x",
      "linux-image-6.1.0-50-s390x",
      "linux-image-6.1.0-50-s390x-dbg",
      "linux-image-6.12.95+deb12-s390x-unsigned",
      "linux-image-7.4.1+deb14-s390x",
    ];
    const { offered, rows } = compareWithMirror("s390x", names);
    expect(offered).toEqual(["6.1-s390x", "7.4-s390x"]);
    expect(rows).toEqual(["6.1-s390x", "6.12-s390x", "7.2-s390x", "7.3-s390x"]);
  });

  it("are found by id, version, flavour and architecture", () => {
    expect(findKernels("6.1-s390x").map(({ id }) => id)).toEqual(["6.1-s390x"]);
    expect(findKernels("5.10").length).toBeGreaterThan(2);
    expect(findKernels("arm64-16k").every(({ pageSizeBytes }) => pageSizeBytes === 16384)).toBe(true);
    expect(findKernels("s390x").every(({ arch }) => arch === "s390x")).toBe(true);
    expect(findKernels("2.6")).toEqual([]);
  });

  it("have ids of their own and an architecture with a row", () => {
    expect(new Set(kernels.map(({ id }) => id)).size).toBe(kernels.length);
    for (const { arch } of kernels) expect(architectures.has(arch)).toBe(true);
  });
});

describe("modules.dep", () => {
  it("is read as needs by path", () => {
    const text = "kernel/a.ko.xz: kernel/b.ko.xz kernel/c.ko.xz\nkernel/b.ko.xz:\n";
    expect([...parseModulesDep(text)]).toEqual([
      ["kernel/a.ko.xz", ["kernel/b.ko.xz", "kernel/c.ko.xz"]],
      ["kernel/b.ko.xz", []],
    ]);
  });
});

describe("a message of apt", () => {
  it("is told without the mirror's address", () => {
    const failed =
      "E: Failed to fetch http://mirror.example:8080/debian/pool/main/l/linux/linux-image_1_s390x.deb  404  Not Found [IP: 192.0.2.1 8080]";
    expect(withoutAddresses(failed)).toBe("E: Failed to fetch linux-image_1_s390x.deb  404  Not Found");
    expect(withoutAddresses("W: https://user:secret@mirror.example/ is slow")).toBe("W: … is slow");
  });
});
