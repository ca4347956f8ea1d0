import { describe, expect, it } from "vitest";
import { ending, neverKilled, runOn, task } from "./run.js";

/** A small task in swapoff beside a large one; 1,000,000 pages in all. */
const origin = task(20, { rssPages: 500, flags: { origin: true } });
const big = task(30, { rssPages: 90_000 });
const parts = { tasks: [task(10), origin, big], invocation: { current: 10 } };

describe("a task in swapoff", () => {
  it("ends the scan of v2.6.18, with the points of the best so far as its score", () => {
    const result = runOn("v2.6.18", { tasks: [task(10, { rssPages: 700 }), origin, big], invocation: { current: 10 } });
    expect(ending(result)).toEqual({ outcome: "killed", chosen: 20, victim: 20, signalled: [20] });
    expect(result.score).toBe(700);
  });

  it.each(["v2.6.20", "v2.6.31", "v2.6.32", "v2.6.35"])("has the highest points on %s, printed as -1", (kernel) => {
    const result = runOn(kernel, parts);
    expect(result.chosen?.pid).toBe(20);
    expect(result.score).toBe(-1);
    expect(result.ranking[0]?.points).toBe(2n ** 64n - 1n);
  });

  it.each(["v2.6.36", "v2.6.37", "v2.6.39", "el6-2.6.32-642"])("has 1000 points of 1000 on %s", (kernel) => {
    const result = runOn(kernel, parts);
    expect(result.chosen?.pid).toBe(20);
    expect(result.score).toBe(1000);
  });

  it.each(["v3.0", "v3.4.108", "v3.6"])("shows as adj 1000 on %s, so that its flag says nothing more", (kernel) => {
    expect(runOn(kernel, parts).chosen?.pid).toBe(30);
    const raised = { ...parts, tasks: [task(10), { ...origin, oomScoreAdj: 1000, oomAdj: 15 }, big] };
    expect(runOn(kernel, raised).chosen?.pid).toBe(20);
  });

  it.each(["v3.8", "v3.9", "v4.1", "v4.6", "v4.7", "v4.9", "v5.1", "v5.9", "v7.3", "el7-3.10.0-1160"])(
    "is chosen outright by %s",
    (kernel) => {
      expect(ending(runOn(kernel, parts))).toEqual({ outcome: "killed", chosen: 20, victim: 20, signalled: [20] });
    },
  );

  // (2^64 - 1) * 1000 mod 2^64 = 2^64 - 1000; divided by 1,000,000 = 18446744073709 = 4294 * 2^32 + 4154504685.
  it("prints a score of no meaning up to v5.0", () => {
    for (const kernel of ["v3.8", "v3.16", "v4.1"]) expect(runOn(kernel, parts).score).toBe(-140462611);
    for (const kernel of ["v4.2", "v4.6", "v4.8", "v4.9", "v5.0"]) expect(runOn(kernel, parts).score).toBe(4154504685);
    expect(runOn("v5.1", parts).score).toBeNull();
  });

  it("gives way to a later one, since v3.8", () => {
    const two = { ...parts, tasks: [task(10), origin, big, task(40, { flags: { origin: true } })] };
    for (const kernel of ["v3.9", "v4.6", "v4.8", "v4.14", "v5.3", "v6.8"])
      expect(runOn(kernel, two).chosen?.pid).toBe(40);
    for (const kernel of ["v2.6.20", "v2.6.36"]) expect(runOn(kernel, two).chosen?.pid).toBe(20);
  });

  it("is chosen at -1000 too, since v3.8", () => {
    const spared = { ...parts, tasks: [task(10), { ...origin, ...neverKilled }, big] };
    for (const kernel of ["v3.9", "v4.9", "v5.9"]) expect(runOn(kernel, spared).chosen?.pid).toBe(20);
    for (const kernel of ["v2.6.20", "v2.6.31", "v2.6.36", "v2.6.39"])
      expect(runOn(kernel, spared).chosen?.pid).toBe(30);
  });

  it("does not keep a dying victim from stopping the scan", () => {
    const dying = { ...parts, tasks: [task(10), origin, big, task(50, { flags: { victim: true } })] };
    for (const kernel of ["v3.9", "v4.6", "v4.9", "v7.3"]) expect(runOn(kernel, dying).outcome).toBe("no_kill");
    expect(runOn("v2.6.18", dying).chosen?.pid).toBe(20);
  });

  it("leads the ranking as it leads the scan", () => {
    for (const kernel of ["v3.9", "v4.9", "v5.9"]) expect(runOn(kernel, parts).ranking[0]?.pid).toBe(20);
  });
});
