import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { createTriager } from "../../src/triage/index.js";
import { analyseLog, type FleetKill, fleetLog } from "./fleet.js";

const runs = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));
const files = readdirSync(runs).filter((file) => file.endsWith(".dmesg"));

/** The logs of scenarios from every kernel that ran them, from their first report on. */
function logsOf(scenarios: RegExp): string[][] {
  return files
    .filter((file) => scenarios.test(file))
    .map((file) => {
      const lines = readFileSync(`${runs}${file}`).toString("latin1").split("\n");
      const first = lines.findIndex((line) => line.includes("invoked oom-killer"));
      return first === -1 ? [] : lines.slice(first).filter((line) => line !== "");
    })
    .filter((lines) => lines.length > 0);
}

/**
 * Problems that look different from kernel to kernel and from kill to kill: what is printed, how it is diagnosed, who dies
 * beside the victim.
 */
const problems = [
  { scenarios: /_m[12]_k8s\.dmesg$/, victims: ["java"] },
  { scenarios: /_g_tmpfs\.dmesg$/, victims: ["app1", "app2"] },
  { scenarios: /_g_idlehog\.dmesg$/, victims: ["idlehog"] },
  { scenarios: /_m[12]_nested\.dmesg$/, victims: ["inB", "trigger"] },
  { scenarios: /_n_bind\.dmesg$/, victims: ["trigger"] },
];

it("groups the logs of every kernel on 20 hosts into the five problems that they are of", () => {
  const kills = problems.flatMap(({ scenarios }, index) => {
    const logs = logsOf(scenarios);
    return Array.from({ length: 20 }, (_, host) =>
      Array.from(
        { length: 5 },
        (_, kill): FleetKill => ({
          records: logs[(host + kill) % logs.length] ?? [],
          host: `host${host}`,
          at: kill * 20_000 + index * 3600 + host * 11,
          pidOffset: 1000 * (index + 1) + 20 * kill,
        }),
      ),
    ).flat();
  });
  expect(kills).toHaveLength(500);
  const triager = createTriager();
  for (const analysis of analyseLog(fleetLog(kills))) triager.push(analysis);
  const { incidents, totals } = triager.result();
  expect(incidents.map(({ victims }) => victims.map(({ name }) => name).sort())).toEqual(
    expect.arrayContaining(problems.map(({ victims }) => victims)),
  );
  expect(incidents.map(({ title }) => title)).toHaveLength(problems.length);
  expect(totals.hosts).toBe(20);
  expect(totals.kills).toBeGreaterThanOrEqual(500);
});
