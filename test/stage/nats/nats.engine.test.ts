import { join } from "node:path";
import { expect, it } from "vitest";
import { createStage } from "../../../src/stage.js";
import { root } from "../../house/imports.js";
import { sample } from "../../parse/samples.js";
import { withPids } from "../../triage/fleet.js";
import { natsServer } from "./nats-server.js";
import { type Fleet, hostName, recordsOfHost, reportsOf } from "./records.js";
import { runFleet } from "./run-fleet.js";

/** `OOMLOG_FLEET=300x1000000` is the size that docs/how-to/stage.md tells of. */
const [hosts = 60, records = 18_000] = (process.env["OOMLOG_FLEET"] ?? "60x18000").split("x").map(Number);

const lines = sample("4.18.0-147.el8.x86_64_amd64/m2_k8s").lines.map((line) =>
  line.replace(/^(?:<\d>)?\[ *[\d.]+\] /, ""),
);
const fleet: Fleet = { hosts, records, report: (pidOffset) => lines.map((line) => withPids(line, pidOffset)) };

/** Ids of the reports of a host; those of all are the same. */
function idsOfHost(): string[] {
  const ids: string[] = [];
  const stage = createStage({
    onOutput: (output) => output.type === "analysis" && ids.push(output.analysis.report.id),
  });
  for (const json of recordsOfHost(fleet, 0)) stage.push(json);
  stage.end();
  return ids;
}

it("loses no report and doubles none, although a worker and the server are killed", {
  timeout: 2_400_000,
}, async () => {
  const ids = idsOfHost();
  expect(new Set(ids).size).toBe(records / hosts / 100);
  const { keys, messages } = await runFleet({
    fleet,
    reports: reportsOf(fleet),
    natsServer,
    workerSource: join(root, "test/stage/nats/worker.ts"),
    workers: 3,
    partitions: 12,
    say: (line) => process.stdout.write(`${line}\n`),
  });
  const expected = Array.from({ length: hosts }, (_, host) => ids.map((id) => `${hostName(host)}.${id}`)).flat();
  expect(keys.length).toBe(messages);
  expect([...keys].sort()).toEqual(expected.sort());
});
