import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseStream, type Chunks } from "../../src/index.js";
import { root } from "../house/imports.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

const name = "6.12.107+deb13-cloud-amd64_amd64/g_comm_nl";
const file = join(root, `samples/${name}.log`);
const bytes = readFileSync(file);
const expected = analyseText(name, sample(name).lines).map(({ report }) => report.id);

async function idsOf(chunks: Chunks): Promise<string[]> {
  const ids: string[] = [];
  for await (const { report } of analyseStream(chunks)) ids.push(report.id);
  return ids;
}

describe("analyseStream", () => {
  it("takes streams of Node, streams of the web, lists and text", async () => {
    expect(expected.length).toBeGreaterThan(0);
    expect(await idsOf(createReadStream(file))).toEqual(expected);
    expect(await idsOf(Readable.toWeb(createReadStream(file)) as unknown as Chunks)).toEqual(expected);
    expect(await idsOf([bytes])).toEqual(expected);
    expect(await idsOf([bytes.toString("utf8")])).toEqual(expected);
  });

  it("gives the same wherever the chunks are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        expect(await idsOf(at.slice(1).map((end, index) => bytes.subarray(at[index], end)))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it("closes its source when it is left early", async () => {
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield bytes;
      } finally {
        closed = true;
      }
    }
    for await (const _ of analyseStream(endless())) break;
    expect(closed).toBe(true);
  });
});

/** What a bundler makes of an import for browsers. */
async function bundled(code: string) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: join(root, "src"), loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format: "esm",
    metafile: true,
    logLevel: "silent",
  });
  return { inputs: Object.keys(metafile.inputs), bytes: outputFiles[0]?.contents.length ?? 0 };
}

describe("the core", () => {
  it("is bundled for browsers without a module of Node", async () => {
    // A platform of browsers knows no node: module; the bundler would fail.
    const { inputs } = await bundled(`export * from "./index.js";`);
    const packages = new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
    expect([...packages]).toEqual(["@noble/hashes"]);
    await expect(bundled(`export * from "./node/index.js";`)).rejects.toThrow(/Could not resolve/);
  });

  it("leaves out what is not used", async () => {
    const whole = await bundled(`export * from "./index.js";`);
    const reader = await bundled(`import { createLineReader } from "./index.js"; console.log(createLineReader);`);
    expect(reader.inputs.length).toBeGreaterThan(10);
    expect(reader.bytes).toBeLessThan(whole.bytes / 4);
  });
});

describe("docs/library.md and docs/api", () => {
  it("name every export", () => {
    const faces = ["src/index.ts", "src/node/index.ts"].map((face) => readFileSync(join(root, face), "utf8"));
    const names = faces.flatMap((face) =>
      [...face.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list = ""]) =>
        list.split(",").flatMap((one) => one.trim().replace(/^type /, "") || []),
      ),
    );
    expect(names.length).toBeGreaterThan(30);
    const reference = ["index.md", "node.md"]
      .map((page) => readFileSync(join(root, "docs/api", page), "utf8"))
      .join("");
    for (const exported of names) expect(reference).toMatch(new RegExp(`^### ${exported}(?:\\\\<|\\(|$)`, "m"));
  });

  it("has examples whose imports there are", async () => {
    const guide = readFileSync(join(root, "docs/library.md"), "utf8");
    const imports = [...guide.matchAll(/import \{ ([^}]+) \} from "oomlog(\/node)?"/g)];
    expect(imports.length).toBeGreaterThan(3);
    for (const [, list = "", node] of imports) {
      const module: object =
        node === undefined ? await import("../../src/index.js") : await import("../../src/node/index.js");
      for (const imported of list.split(", ")) expect(Object.keys(module)).toContain(imported);
    }
  });
});
