import { writeFileSync } from "node:fs";
import { columnsPage } from "../src/render/columns/index.js";
import { telemetryPage } from "../src/render/telemetry-reference.js";

/** Writes docs/columns.md and docs/telemetry.md, which tests hold equal to the tables. */
writeFileSync(new URL("../../docs/columns.md", import.meta.url), columnsPage());
writeFileSync(new URL("../../docs/telemetry.md", import.meta.url), telemetryPage());
