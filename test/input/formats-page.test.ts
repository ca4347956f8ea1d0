import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formats } from "../../src/input/formats.js";
import { root } from "../house/imports.js";

it("docs/how-to/formats.md has every format, in order", () => {
  const page = readFileSync(join(root, "docs/how-to/formats.md"), "utf8");
  const ids = [...page.matchAll(/^\| \w+ \| `([\w-]+)` \| .+ \|$/gm)].map(([, id]) => id);
  expect(ids).toEqual(formats.map(({ id }) => id));
});
