import { createReadStream, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

  it("knows a byte order mark for what it is, in the first line of the log, cut anywhere", async () => {
    const [opening = "", ...rest] = sample("4.18.0-147.el8.x86_64_amd64/m2_k8s").lines;
    const text = ["Oct 17 10:03:07 web-07 kernel: ".concat(opening.replace(/^<4>/, "")), ...rest].join("\n");
    const first = async (chunks: Chunks) => {
      for await (const { report } of analyseStream(chunks)) return [report.id, report.host, report.line, report.kills];
      return null;
    };
    const whole = await first([text]);
    expect(whole?.slice(1, 3)).toEqual(["web-07", 1]);
    const marked = Buffer.from(`\ufeff${text}`, "utf8");
    const little = Buffer.from(`\ufeff${text}`, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const bytes of [marked, little, big]) {
      for (const cut of [1, 2, 3, 4, 1001]) {
        expect(await first([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
      }
    }
    expect(await first([`\ufeff${text}`])).toEqual(whole);
    expect(await first([])).toBeNull();
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

const faces = ["src/index.ts", "src/node/index.ts"];

/** What the faces of the library name. */
const exportedNames = (): string[] =>
  faces.flatMap((face) =>
    [...readFileSync(join(root, face), "utf8").matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list = ""]) =>
      list.split(",").flatMap((one) => one.trim().replace(/^type /, "") || []),
    ),
  );

const reference = (): string =>
  ["index.md", "node.md"].map((page) => readFileSync(join(root, "docs/api", page), "utf8")).join("");

describe("docs/api", () => {
  it("name every export", () => {
    const names = exportedNames();
    expect(names.length).toBeGreaterThan(30);
    for (const exported of names) expect(reference()).toMatch(new RegExp(`^### ${exported}(?:\\\\<|\\(|$)`, "m"));
  });

  it("have every field of every interface that is exported: npm run api writes them anew", () => {
    const modules = faces.flatMap((face) => {
      const text = readFileSync(join(root, face), "utf8");
      return [...text.matchAll(/ from "(\.[^"]+)\.js"/g)].map(([, path = ""]) =>
        join(root, dirname(face), `${path}.ts`),
      );
    });
    const exported = new Set(exportedNames());
    const declared = modules.flatMap((module) => {
      const text = readFileSync(module, "utf8");
      const isWhole = /src\/model\//.test(module);
      return [...text.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)].flatMap(([, name = "", body = ""]) =>
        isWhole || exported.has(name)
          ? [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(([, field]) => `${name}.${field}`)
          : [],
      );
    });
    expect(declared.length).toBeGreaterThan(200);
    const sections = reference().matchAll(/^### (\w+)[^\n]*\n(.*?)(?=^### |(?![\s\S]))/gms);
    const documented = new Set(
      [...sections].flatMap(([, name, body = ""]) =>
        [...body.matchAll(/^#{4,5} (\w+)/gm)].map(([, field]) => `${name}.${field}`),
      ),
    );
    expect(declared.filter((field) => !documented.has(field))).toEqual([]);
  });
});
