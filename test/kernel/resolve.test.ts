import { describe, expect, it } from "vitest";
import { eraFor } from "../../src/kernel/eras/resolve.js";

const idsOf = (release: string) => eraFor(release)?.candidates.map(({ id }) => id);

describe("a release string", () => {
  it.each([
    ["2.6.18-194.el5", "el5-2.6.18-194"],
    ["2.6.18-128.1.10.el5PAE", "el5-2.6.18-8"],
    ["2.6.32-131.0.15.el6.x86_64", "el6-2.6.32-71"],
    ["2.6.32-642.el6.x86_64", "el6-2.6.32-220"],
    ["2.6.32-431.el6.centos.plus.x86_64", "el6-2.6.32-220"],
    ["3.10.0-514.6.1.el7.x86_64", "el7-3.10.0-123"],
    ["3.10.0-1062.12.1.el7.x86_64", "el7-3.10.0-1062"],
    ["3.10.0-1160.el7.x86_64", "el7-3.10.0-1160"],
    ["4.18.0-80.11.2.el8_0.x86_64", "el8-4.18.0-80"],
    ["4.18.0-147.el8.x86_64", "el8-4.18.0-147"],
    ["4.18.0-193.28.1.el8_2.x86_64", "el8-4.18.0-193"],
    ["4.18.0-240.10.1.el8_3.x86_64", "el8-4.18.0-240"],
    ["4.18.0-305.el8.aarch64", "el8-4.18.0-305"],
    ["4.18.0-372.9.1.el8.x86_64", "el8-4.18.0-348"],
    ["4.18.0-553.8.1.el8_10.x86_64", "el8-4.18.0-425"],
    ["5.14.0-70.13.1.el9_0.x86_64", "el9-5.14.0-70"],
    ["5.14.0-362.8.1.el9_3.x86_64", "el9-5.14.0-284"],
    ["5.14.0-611.11.1.el9_7.x86_64", "el9-5.14.0-503"],
    ["6.12.0-211.el10.ppc64le", "el10-6.12.0-55"],
    ["2.6.32.67", "v2.6.32"],
    ["3.2.71", "v3.2.71"],
    ["3.2.102", "v3.2.71"],
    ["3.10.105", "v3.10.105"],
    ["4.4.155", "v4.4"],
    ["4.9.24-coreos", "v4.9"],
    ["4.19.0-16-amd64", "v4.19"],
    ["5.0.0", "v5.0"],
    ["5.10.0-32-cloud-amd64", "v5.10"],
    ["5.4.286", "v5.4.286"],
    ["6.1.1-arch1-1", "v6.1"],
    ["6.10.0-rc1", "v6.9"],
    ["6.12.107+deb13-arm64-16k", "v6.11"],
    ["7.3.4+deb13-cloud-amd64", "v7.1"],
    ["5.18.7-200.fc36.x86_64", "v5.18"],
  ])("%s leads to %s", (release, id) => {
    expect(idsOf(release)).toEqual([id]);
  });

  it("leaves a stable release open that may have a backport", () => {
    expect(eraFor("5.4.0-29-generic")).toMatchObject({ certainty: "stable" });
    expect(idsOf("5.4.0-29-generic")).toEqual(["v5.4", "v5.4.286"]);
    expect(idsOf("3.2.0-4-amd64")).toEqual(["v3.2", "v3.2.71"]);
    expect(idsOf("3.13.0-43-generic")).toEqual(["v3.13", "v3.13.10"]);
    expect(idsOf("3.10.28")).toEqual(["v3.10", "v3.10.105"]);
    expect(idsOf("5.4.0")).toEqual(["v5.4"]);
    expect(idsOf("5.4.0-rc4")).toEqual(["v5.4"]);
  });

  it("does not take a rebuild of another base for the distribution's", () => {
    expect(idsOf("5.4.17-2136.302.7.2.1.el8uek.x86_64")).toEqual(["v5.4", "v5.4.286"]);
    expect(idsOf("4.14.35-1818.3.3.el7uek.x86_64")).toEqual(["v4.14"]);
    expect(idsOf("5.15.12-1.el7.elrepo.x86_64")).toEqual(["v5.14"]);
  });

  it("says what it assumes", () => {
    expect(eraFor("8.1.0-rc2")).toMatchObject({ era: { id: "v7.1" }, certainty: "future" });
    expect(eraFor("8.1.0-rc2")?.assumed).toEqual([
      "8.1.0-rc2 is newer than v7.3, the newest kernel read: its rules are assumed.",
    ]);
    expect(eraFor("3.18.66-keenetic")).toMatchObject({ era: { id: "v3.18" }, certainty: "unknown-vendor" });
    expect(eraFor("5.4.119-19-0009.tl3.x86_64")).toMatchObject({ certainty: "unknown-vendor" });
    expect(eraFor("4.12.14-122.37-default")?.assumed).toEqual([
      "The source of 4.12.14-122.37-default was not read: it is taken to follow its number.",
    ]);
    expect(eraFor("6.1.0-50-amd64")?.assumed).toEqual([]);
  });

  it("of a kernel before the oldest gets the oldest rules", () => {
    expect(idsOf("2.6.9-89.EL")).toEqual(["v2.6.18"]);
  });

  it("that names no version leads nowhere", () => {
    for (const text of ["", "bogus", "linux", "#1"]) expect(eraFor(text)).toBeNull();
  });

  it.each([
    ["v2.6.33", "v2.6.33"],
    ["v2.6.34", "v2.6.34"],
    ["v3.8", "v3.8"],
    ["v3.11", "v3.10"],
    ["v4.3", "v4.3"],
    ["v4.20", "v4.19"],
    ["v5.6", "v5.5"],
    ["v5.12", "v5.10"],
    ["v6.6", "v6.4"],
    ["v7.2", "v7.1"],
    ["v5.4.286", "v5.4.286"],
    ["el6-2.6.32-754", "el6-2.6.32-220"],
    ["el9-5.14.0-570", "el9-5.14.0-503"],
    ["el5-2.6.18-274", "el5-2.6.18-194"],
  ])("may be a kernel's name: %s is of %s", (name, id) => {
    expect(eraFor(name)?.era.id).toBe(id);
  });
});
