import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { analyseText } from "./analyse-text.js";

// A run of the lab on 6.19.14: scenario random-14-3.
test("usage a stock below the limit can not be checked: other CPUs may have returned theirs", () => {
  const name = "6.19.14-memcg-stock.log";
  const lines = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "latin1").split("\n");
  const [first] = analyseText(name, lines);
  const check = first?.verdict.checks.find(({ id }) => id === "memcg-usage-at-limit");
  expect(check).toMatchObject({ actual: "usage 74728 kB, 488 kB below", ok: null });
});
