import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { runChild } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";

const log = readFileSync(join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log"), "utf8");
const records = log
  .trimEnd()
  .split("\n")
  .map((message, index) => JSON.stringify({ host: "web-07", message, offset: index + 1 }))
  .concat("no record")
  .join("\n");

interface Example {
  readonly page: string;
  /** What begins the example, of those of its page. */
  readonly has: string;
  readonly input?: string;
  /** What it prints; of long output, the parts that matter. */
  readonly prints: string | readonly string[];
}

/** Every example of the library in the documentation, with what it prints for a log of one kill. */
const examples: readonly Example[] = [
  {
    page: "docs/library.md",
    has: "verdict.kind, findings[0]?.title",
    prints: ["null java agrees Container 8f1d3c5b7a9e0 of a Burstable pod reached its memory limit of 64.0 MiB; "],
  },
  { page: "docs/library.md", has: "findSources([", prints: "/log/kern.log 1 java\n" },
  {
    page: "docs/library.md",
    has: "createAnalyser({",
    prints:
      "The re-run of the kernel's rule picks java (pid 29) for every totalpages from 16384 up, as the log says.\n",
  },
  { page: "docs/library.md", has: "createTriager()", prints: ["java killed 1 time: "] },
  {
    page: "docs/library.md",
    has: "renderMarkdown(analysis",
    prints: ["Killed     java (pid 29, uid 0)", "OOM report at", '{"report":{"id":"5f9fd24e8a546a76",'],
  },
  { page: "docs/library.md", has: "openTable.csv(columns)", prints: ["report_id,source,report_line", "java"] },
  { page: "docs/library.md", has: "console.log(protect?.highest", prints: "147\n" },
  {
    page: "docs/library.md",
    has: "createStage({",
    input: records,
    prints: ["web-07 5f9fd24e8a546a76 {", "all is done up to 38\n", "record 39 is not JSON\n"],
  },
  { page: "docs/how-to/what-if.md", has: "parseSet(", prints: "true envoy 147\n" },
];

/** The blocks of TypeScript of a page. */
const blocksOf = (page: string): string[] =>
  [...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

const pages = ["README.md", "docs/library.md", "docs/how-to/what-if.md", "docs/how-to/stage.md", "docs/json.md"];

function codeOf({ page, has }: Example): string {
  const [code = "", ...more] = blocksOf(page).filter((block) => block.includes(has));
  if (code === "" || more.length > 0) throw new Error(`${page} has no block of its own with ${has}`);
  return code;
}

describe("the examples of the library in the documentation", () => {
  it("are all run here", () => {
    expect(pages.flatMap(blocksOf).sort()).toEqual(examples.map(codeOf).sort());
  });

  it("are correct TypeScript by the strictest rules", () => {
    const folder = temporaryFolder();
    examples.forEach((example, index) => {
      writeFileSync(join(folder, `${index}.ts`), codeOf(example));
    });
    const typesOf = (face: string): string => join(root, `dist/src/${face}.d.ts`);
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
    const paths = { oomlog: [typesOf("index")], "oomlog/node": [typesOf("node/index")] };
    const typeRoots = [join(root, "node_modules/@types")];
    const options = { ...compilerOptions, rootDir: "/", noEmit: true, module: "esnext", moduleResolution: "bundler" };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...options, paths, typeRoots }, include: ["*.ts"] }),
    );
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" }).stdout).toBe("");
  });

  it.each(examples)("print what they are there for: $page, $has", async (example) => {
    const folder = temporaryFolder({ "log/kern.log": log, "kern.log": log });
    const outfile = join(folder, "example.mjs");
    await build({
      stdin: { contents: codeOf(example).replace("/var/log", join(folder, "log")), resolveDir: root, loader: "ts" },
      alias: { oomlog: join(root, "src/index.ts"), "oomlog/node": join(root, "src/node/index.ts") },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      loader: { ".wasm": "binary" },
      logLevel: "error",
    });
    const { status, stdout, stderr } = await runChild(process.execPath, [outfile], {
      input: example.input ?? log,
      cwd: folder,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const printed = stdout.replaceAll(folder, "");
    if (typeof example.prints === "string") expect(printed).toBe(example.prints);
    else for (const part of example.prints) expect(printed).toContain(part);
  });
});
