import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { cgroupPattern } from "../../src/model/cgroup-pattern.js";
import { renderTriageMarkdown, renderTriageText, toTriageJson } from "../../src/render/triage.js";
import { createTriager } from "../../src/triage/index.js";
import { namePattern } from "../../src/triage/name-pattern.js";
import { sample, samples } from "../parse/samples.js";
import { validator } from "../render/schemas.js";
import { analyseText } from "../replay/analyse-text.js";

const triageErrors = validator("triage");

function triageOf(analyses: readonly Analysis[]) {
  const triager = createTriager();
  for (const analysis of analyses) triager.push(analysis);
  return triager.result();
}

/** A kill of a real log at another time: another pid and id, and a victim of so many pages. */
function killAt(
  analysis: Analysis,
  seconds: number,
  { pid = 100, pages }: { pid?: number; pages?: number } = {},
): Analysis {
  const { report } = analysis;
  const [kill] = report.kills;
  if (kill === undefined) throw new Error("nobody died");
  const row = report.tasks.find((task) => task.pid === kill.pid);
  if (row === undefined) throw new Error("no row");
  const id = `${seconds}-${pid}`;
  const time = new Date(Date.UTC(2026, 9, 1) + seconds * 1000).toISOString();
  return {
    ...analysis,
    report: {
      ...report,
      id,
      time,
      host: "db1",
      uptimeSeconds: 1000 + seconds,
      kills: [{ ...kill, pid }],
      tasks: [{ ...row, pid, tgid: pid, rssPages: pages ?? row.rssPages }],
    },
  };
}

const [hog] = analyseText("hog", sample("6.1.0-50-s390x_s390x/g_idlehog").lines);
if (hog === undefined) throw new Error("no analysis");

describe("an incident", () => {
  it("of kills in a row is a storm", () => {
    const kills = [0, 300, 899, 3000, 3100, 9000].map((at, index) => killAt(hog, at, { pid: 100 + index }));
    const { incidents } = triageOf(kills);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({
      stormCount: 1,
      storm: { host: "db1", from: "2026-10-01T00:00:00Z", seconds: 899, reports: 3, kills: 3 },
      restartLoop: null,
      ratePerHour: 2,
    });
  });

  it("of seconds has no rate by the hour that nobody saw", () => {
    const triage = triageOf([0, 1, 2].map((at) => killAt(hog, at, { pid: 100 + at })));
    expect(triage.incidents[0]?.ratePerHour).toBe(3);
    expect(triageOf([killAt(hog, 0)]).incidents[0]?.ratePerHour).toBeNull();
    expect(renderTriageText(triage, { width: 80, paint: null, top: 1 })).not.toContain("an hour");
  });

  it("says what its cause means, and how long the parts of its timeline are", () => {
    const triage = triageOf([0, 48 * 3600].map((at) => killAt(hog, at, { pid: 100 + at })));
    expect(triage.incidents[0]?.causeMeaning).toBe("One process holds more than any other.");
    const text = renderTriageText(triage, { width: 120, paint: null, top: 1 });
    expect(text).toContain("Cause         single-anon-hog: One process holds more than any other\n");
    expect(text).toContain("2 d 0 h; timelines in 48 parts of 1 h 0 min\n");
    expect(text).toContain(`Timeline      █${"·".repeat(46)}█\n`);
  });

  it("takes no rule of the selection for a cause", () => {
    const [finding] = hog.findings;
    if (finding === undefined) throw new Error("no finding");
    const sacrificed = { ...finding, id: "child-sacrificed", layer: "selection" as const };
    const silent = [0, 5000].map((at) => ({ ...killAt(hog, at, { pid: 100 + at }), findings: [sacrificed] }));
    const triage = triageOf(silent);
    expect(triage.incidents[0]).toMatchObject({ cause: null, causeMeaning: null });
    expect(triage.incidents[0]?.causes).toEqual([{ name: "child-sacrificed", count: 2 }]);
    const text = renderTriageText(triage, { width: 120, paint: null, top: 1 });
    expect(text).toContain("idlehog killed 2 times on db1: the whole machine, no cause found in the reports\n");
    expect(text).toContain("Cause         none found in the reports; of the selection: child-sacrificed × 2\n");
    // One report that tells more names the cause of all.
    const [told] = triageOf([...silent, killAt(hog, 10_000, { pid: 7 })]).incidents;
    expect(told).toMatchObject({ count: 3, cause: "single-anon-hog" });
  });

  it("that comes again at regular times, each with a new pid, is a restart loop", () => {
    const times = [0, 3600, 7300, 10_700, 50_000, 53_700];
    const loop = times.map((at, index) => killAt(hog, at, { pid: 100 + index }));
    expect(triageOf(loop).incidents[0]?.restartLoop).toEqual({ host: "db1", everySeconds: 3700, kills: 6 });
    const samePid = times.map((at) => killAt(hog, at));
    expect(triageOf(samePid).incidents[0]?.restartLoop).toBeNull();
  });

  it("whose victim grows has the slope of the line through its sizes", () => {
    const mebibytes = (count: number): number => (count << 20) / 4096;
    const growing = [100, 210, 290, 400].map((size, hour) =>
      killAt(hog, hour * 3600, { pid: 100 + hour, pages: mebibytes(size) }),
    );
    // Least squares by hand: 98 MiB an hour.
    expect(triageOf(growing).incidents[0]?.growth).toEqual({
      host: "db1",
      name: "idlehog",
      fromBytes: 100 << 20,
      toBytes: 400 << 20,
      bytesPerHour: 98 << 20,
      kills: 4,
    });
    const flat = [100, 105, 98, 101].map((size, hour) =>
      killAt(hog, hour * 3600, { pid: 100 + hour, pages: mebibytes(size) }),
    );
    expect(triageOf(flat).incidents[0]?.growth).toBeNull();
  });

  it("is one of two where one victim dies of two limits, or in two places, and one where only ids differ", () => {
    const [pod] = analyseText("pod", sample("4.18.0-147.el8.x86_64_amd64/m2_k8s").lines);
    if (pod === undefined) throw new Error("no analysis");
    /** The kill of the pod at another time, in another cgroup. */
    const inCgroup = (seconds: number, path: string): Analysis => {
      const kill = killAt(pod, seconds, { pid: 200 + seconds });
      return { ...kill, report: { ...kill.report, cgroup: { oomMemcg: path, taskMemcg: path } } };
    };
    const named = (analysis: Analysis): Analysis => {
      const kills = analysis.report.kills.map((kill) => ({ ...kill, name: "java" }));
      return { ...analysis, report: { ...analysis.report, kills } };
    };
    const own = pod.report.cgroup.oomMemcg ?? "";
    const twin = own.replace("5d2e3e3f", "00000000").replace("8f1d3c5b", "00000000");
    expect(twin).not.toBe(own);
    const { incidents } = triageOf([
      named(killAt(hog, 0)),
      inCgroup(5000, own),
      inCgroup(10_000, twin),
      inCgroup(15_000, "/system.slice/tomcat.service"),
    ]);
    expect(incidents.find(({ count }) => count === 2)?.cgroupName).toBe("container of a Burstable pod");
    expect(incidents.map(({ count, limit, cgroupCount }) => [count, limit, cgroupCount]).sort()).toEqual([
      [1, "machine", 0],
      [1, "memcg", 1],
      [2, "memcg", 2],
    ]);
  });

  it("takes in the kills of its storm that the kernel printed no dump of", () => {
    const analyses = analyseText("storm", sample("2.6.32.67_amd64/g_many").lines);
    expect(analyses.filter(({ report }) => report.rateLimited === true)).toHaveLength(7);
    const { incidents } = triageOf(analyses);
    expect(incidents.map(({ count, kills, cause, limit }) => ({ count, kills, cause, limit }))).toEqual([
      { count: 17, kills: 17, cause: "many-tasks-sum", limit: "machine" },
    ]);
    expect(incidents[0]?.victims).toHaveLength(17);
  });

  it("is the same in any order of its reports, where they have wall times", () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 12 });
    const shuffled = times.chain((sorted) =>
      fc.tuple(fc.constant(sorted), fc.shuffledSubarray(sorted, { minLength: sorted.length })),
    );
    const seen = (order: readonly number[]) =>
      triageOf(order.map((at) => killAt(hog, at, { pid: 100 + at }))).incidents.map(
        ({ id, count, stormCount, storm, restartLoop, timeline }) => ({
          id,
          count,
          stormCount,
          storm,
          restartLoop,
          timeline,
        }),
      );
    fc.assert(
      fc.property(shuffled, ([order, other]) => {
        expect(seen(other)).toEqual(seen(order));
      }),
    );
  });

  it("is kept within bounds when names are chosen by an attacker", () => {
    const triager = createTriager();
    const [kill] = hog.report.kills;
    if (kill === undefined) throw new Error("nobody died");
    for (let at = 0; at < 12_000; at++) {
      const report = { ...hog.report, id: `${at}`, kills: [{ ...kill, name: `name${at}` }], tasks: [] };
      triager.push({ ...hog, report });
    }
    const { incidents, totals, notes } = triager.result();
    expect(totals.reports).toBe(12_000);
    expect(incidents.reduce((sum, { count }) => sum + count, 0)).toBe(12_000);
    expect(incidents.length).toBeLessThanOrEqual(10_001);
    expect(notes.map(({ code }) => code)).toEqual(["triage-groups-cut"]);
  });
});

describe("the triage of all samples", () => {
  const triage = triageOf(samples.flatMap(({ name, lines }) => analyseText(name, lines)));

  it("is JSON of the published schema", () => {
    const json = JSON.parse(JSON.stringify(toTriageJson(triage)));
    expect(triageErrors(json)).toEqual([]);
    expect(json.totals.reports).toBe(triage.totals.reports);
  });

  it("counts every report in one incident", () => {
    const { incidents, totals } = triage;
    expect(incidents.reduce((sum, { count }) => sum + count, 0)).toBe(totals.reports);
    expect(new Set(incidents.flatMap(({ reportIds }) => reportIds)).size).toBe(totals.reports);
    expect(incidents.reduce((sum, { kills }) => sum + kills, 0)).toBe(totals.kills);
    expect(new Set(incidents.map(({ id }) => id)).size).toBe(incidents.length);
  });

  it.each([40, 80, 200])("is text of %i columns, without control characters", (width) => {
    const text = renderTriageText(triage, { width, paint: null, top: 1000 });
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(text.split("\n").filter((line) => /^\d+\. /.test(line))).toHaveLength(triage.incidents.length);
  });

  it("is Markdown, with the rest counted", () => {
    const markdown = renderTriageMarkdown(triage, { top: 3 });
    expect(markdown).toMatch(/^## OOM incidents\n/);
    expect(markdown.match(/^### /gm)).toHaveLength(3);
    expect(markdown).toContain(`${triage.incidents.length - 3} more incidents`);
  });
});

describe("the name of a victim without its number", () => {
  it.each([
    ["worker-21", "worker-<n>"],
    ["bomb-279", "bomb-<n>"],
    ["kworker/0:1", "kworker/<n>:<n>"],
    ["postgres: 7", "postgres: <n>"],
    ["python3", "python3"],
    ["python3.11", "python3.11"],
    ["php-fpm7.4", "php-fpm7.4"],
    ["gcc-4.8", "gcc-4.8"],
    ["conn-8f1d", "conn-8f1d"],
    ["java", "java"],
  ])("of %s is %s", (name, pattern) => {
    expect(namePattern(name)).toBe(pattern);
  });

  it("makes workers that die one after the other one incident, which still names each", () => {
    const named = [1, 2, 3].map((at) => {
      const analysis = killAt(hog, at * 3600, { pid: 100 + at });
      const [kill] = analysis.report.kills;
      if (kill === undefined) throw new Error("nobody died");
      return { ...analysis, report: { ...analysis.report, kills: [{ ...kill, name: `job-${at}` }] } };
    });
    const { incidents } = triageOf(named);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.title).toMatch(/^job-<n> killed 3 times/);
    expect(incidents[0]?.victims.map(({ name }) => name)).toEqual(["job-1", "job-2", "job-3"]);
  });
});

describe("a cgroup without ids", () => {
  const hex = "8f1d3c5b7a9e0f2d4c6b8a0e1f3d5c7b9a1e3f5d7c9b0a2e4f6d8c0b1a3e5f7d";
  const uid = "5d2e3e3f-8c1a-4b5e-9f3a-0d6b1c2a7e88";
  it.each([
    [`/kubepods/burstable/pod${uid}/${hex}`, "/kubepods/burstable/pod<uid>/<id>"],
    [
      `/kubepods.slice/kubepods-pod${uid.replaceAll("-", "_")}.slice/cri-containerd-${hex}.scope`,
      "/kubepods.slice/kubepods-pod<uid>.slice/cri-containerd-<id>.scope",
    ],
    [`/system.slice/docker-${hex}.scope`, "/system.slice/docker-<id>.scope"],
    ["/docker/8f1d3c5b7a9e", "/docker/<id>"],
    ["/user.slice/user-1000.slice/session-42.scope", "/user.slice/user-1000.slice/session-<n>.scope"],
    ["/user.slice/user-1000.slice/session-c2.scope", "/user.slice/user-1000.slice/session-c<n>.scope"],
    ["/slurm/uid_1000/job_4711/step_0", "/slurm/uid_1000/job_<n>/step_<n>"],
    ["/system.slice/run-u123.service", "/system.slice/run-u<n>.service"],
    ["/machine.slice/machine-qemu\\x2d3\\x2dweb.scope", "/machine.slice/machine-qemu\\x2d<n>\\x2dweb.scope"],
    ["/system.slice/varnish.service", "/system.slice/varnish.service"],
    ["/lxc/108/ns", "/lxc/108/ns"],
    ["/defaced", "/defaced"],
  ])("of %s is %s", (path, pattern) => {
    expect(cgroupPattern(path)).toBe(pattern);
  });
});
