import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { build, transform } from "esbuild";
import { pageDocument, policyOf } from "../src/page/document.js";

/** Bundles the page into one HTML file without content, dist/page/page.html, which the command line fills. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const browser = `${root}src/page/browser/`;

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${browser}${entry}`],
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["chrome111", "firefox113", "safari16.4"],
    charset: "utf8",
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}

const app = await bundle("main.ts");
const engine = await bundle("engine.ts");
const style = (
  await transform(readFileSync(`${browser}page.css`, "utf8"), { loader: "css", minify: true })
).code.trim();
const boot = (await transform(readFileSync(`${browser}boot.js`, "utf8"), { minify: true })).code.trim();

const packed = (text: string): string => deflateSync(text, { level: 9 }).toString("base64");
const digest = (text: string): string => createHash("sha256").update(text).digest("base64");
const page = pageDocument({
  title: "oomlog",
  policy: policyOf({ style: digest(style), boot: digest(boot), app: digest(app) }),
  style,
  app: packed(app),
  engine: packed(engine),
  boot,
});
mkdirSync(`${root}dist/page`, { recursive: true });
writeFileSync(`${root}dist/page/page.html`, page);
