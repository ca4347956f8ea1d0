import { writeFileSync } from "node:fs";
import { columnsPage } from "../src/render/columns/index.js";

/** Writes docs/columns.md, which a test holds equal to the tables. */
writeFileSync(new URL("../../docs/columns.md", import.meta.url), columnsPage());
