import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "../replay/analyse-text.js";

const folder = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));

function run(name: string): Analysis {
  const [first] = analyseText(name, decodeBytes(readFileSync(`${folder}${name}.dmesg`)).split("\n"));
  if (first === undefined) throw new Error(`${name} has no report`);
  return first;
}

it("sets the usage of memory and swap against their limit (it set that of memory)", () => {
  const { accounting, findings } = run("5.0.0_amd64_m1_memsw");
  expect(accounting?.memcg).toMatchObject({ limitName: "memory+swap", limitUsage: { pages: 16_384 } });
  const own = findings.find(({ id }) => id === "memcg-limit-own");
  expect(own?.evidence.find(({ name }) => name.startsWith("memory+swap usage"))).toMatchObject({ value: 16_384 });
  expect(own?.advice[0]).toContain(
    "(memory.memsw.limit_in_bytes of /A = 80M), and watch memory.memsw.max_usage_in_bytes",
  );
});

it("says how much was left where the request still fitted (it called the limit reached with 3328 kB left)", () => {
  const titleOf = (name: string): string | undefined =>
    run(name).findings.find(({ id }) => id === "memcg-v1-memsw")?.title;
  expect(titleOf("6.1.0-50-powerpc64le_ppc64el_m1_memsw")).toBeUndefined();
  expect(titleOf("5.4.286_amd64_m1_memsw")).toBe("Memory and swap together are 68 KiB below their limit of 64.0 MiB");
  expect(titleOf("5.0.0_amd64_m1_memsw")).toBe("Memory and swap together reached their limit of 64.0 MiB");
});
