import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import { SCHEMA_VERSION, toJson, toListJson } from "../../src/render/index.js";
import { analyseText } from "../replay/analyse-text.js";
import { holdBefore } from "../what-if/hold-before.js";
import { validator } from "./schemas.js";

const folder = fileURLToPath(new URL("../../../shared/corpus/logs/", import.meta.url));

const explainErrors = validator("explain");
const listErrors = validator("list");

test.each(readdirSync(folder).sort())(
  "the JSON of %s is of the published schemas, and a what-if begins with its replay",
  (file) => {
    const analyses = analyseText(file, decodeBytes(readFileSync(`${folder}${file}`)).split("\n"));
    const explained = analyses.map((analysis) => toJson(analysis, { verbose: true }));
    expect(explainErrors({ schemaVersion: SCHEMA_VERSION, analyses: explained, notes: [] })).toEqual([]);
    expect(listErrors({ schemaVersion: SCHEMA_VERSION, reports: analyses.map(toListJson), notes: [] })).toEqual([]);
    for (const analysis of analyses) holdBefore(analysis);
  },
);
