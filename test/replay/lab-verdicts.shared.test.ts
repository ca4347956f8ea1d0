import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "./analyse-text.js";
import { holdLabVerdicts } from "./hold-lab-verdicts.js";

const folder = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));
const NAME = /^(.+)_(?:amd64|i386|arm64|armhf|ppc64el|s390x|riscv64)_(.+)\.(?:dmesg|console)$/;
const logs = readdirSync(folder).filter((file) => NAME.test(file));

test("the lab is there", () => {
  expect(logs.length).toBeGreaterThan(500);
});

test.each(logs)("%s gets the verdicts of the table", (file) => {
  const [, kernel = "", scenario = ""] = NAME.exec(file) ?? [];
  const lines = decodeBytes(readFileSync(folder + file)).split("\n");
  holdLabVerdicts(kernel, scenario, analyseText(file, lines));
});
