import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter } from "../../src/input/split-lines.js";
import { LineSplitter as NodeSplitter } from "../../src/node/lines.js";
import { h, serialize } from "../../src/render/html/index.js";
import { root } from "../house/imports.js";

const page = readFileSync(join(root, "dist/page/page.html"), "utf8");

describe("the page", () => {
  const unpacked = (id: string): string =>
    inflateSync(Buffer.from(new RegExp(`id="${id}">([^<]*)<`).exec(page)?.[1] ?? "", "base64")).toString("utf8");

  it("is a file of at most 400 kB without its data", () => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(400_000);
  });

  it("shows reports with at most 200 kB of what it unpacks; the engine, unpacked when it is first used, has more than 400 kB", () => {
    const { length: appBytes } = Buffer.from(unpacked("app-code"));
    expect(appBytes).toBeGreaterThan(50_000);
    expect(appBytes).toBeLessThanOrEqual(200_000);
    // docs/architecture.md says so.
    const { length: engineBytes } = Buffer.from(unpacked("engine-code"));
    expect(engineBytes).toBeGreaterThan(400_000);
    expect(engineBytes).toBeLessThanOrEqual(560_000);
  });

  it("allows its own style sheet and its two scripts, by their digests, and nothing else", () => {
    const digest = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const part = (pattern: RegExp): string => pattern.exec(page)?.[1] ?? "";
    const policy = part(/http-equiv="Content-Security-Policy" content="([^"]*)"/).replaceAll("&#39;", "'");
    const app = unpacked("app-code");
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${digest(part(/id="boot">([\s\S]*?)<\/script>/))} ${digest(app)}`,
      `style-src ${digest(part(/<style>([\s\S]*?)<\/style>/))}`,
      "worker-src blob:",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types oomlog",
    ]);
  });

  it("names no address, and has no inline handlers or styles", () => {
    const markup = page.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, "");
    expect(markup).not.toMatch(/\s(?:on[a-z]+|style|src)=|https?:/);
  });
});

describe("content as HTML", () => {
  it("holds no text that could become markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const html = serialize([h("p", { title: text }, text)]);
        const inner = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(html);
        expect(inner).not.toBeNull();
        expect(html).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u);
      }),
    );
  });
});

describe("the lines of the page", () => {
  it("are those of the command line, at any chunking", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 40 }),
            fc.constantFrom("\n", "\r\n", "\n\n", "é\n").map((text) => Buffer.from(text)),
          ),
          { maxLength: 20 },
        ),
        async (chunks) => {
          const ours: unknown[] = [];
          const splitter = new LineSplitter({
            line: (text, line, byteOffset) => ours.push({ text, line, byteOffset }),
            overlong() {},
          });
          const node = new NodeSplitter();
          const theirs: unknown[] = [];
          for (const chunk of chunks) {
            splitter.push(chunk);
            theirs.push(...(await node.push(chunk)));
          }
          splitter.end();
          theirs.push(...(await node.end()));
          expect(ours).toEqual(theirs);
        },
      ),
    );
  });

  it("skip one that no kernel prints, and count it", () => {
    const told: unknown[] = [];
    const splitter = new LineSplitter({
      line: (text, line, byteOffset) => told.push({ text, line, byteOffset }),
      overlong: (line, bytes) => told.push({ line, bytes }),
    });
    for (let at = 0; at < 20; at++) splitter.push(new Uint8Array(100_000).fill(0x78));
    splitter.push(Buffer.from("\nafter"));
    splitter.end();
    expect(told).toEqual([
      { line: 1, bytes: 2_000_000 },
      { text: "after", line: 2, byteOffset: 2_000_001 },
    ]);
  });
});
