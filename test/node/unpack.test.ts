import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultLimits, type UnpackLimits } from "../../src/node/containers/limits.js";
import { unpack } from "../../src/node/unpack.js";
import { root } from "../house/imports.js";

const folder = join(root, "test/node/packed");
const log = readFileSync(join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log"));
const bundle = "sosreport-web-07-2026-10-17";

interface Outcome {
  /** Texts by name. */
  readonly texts: Record<string, Buffer>;
  readonly problems: string[];
  readonly skipped: string[];
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

async function unpackBytes(bytes: Uint8Array, size = 1 << 16, limits: UnpackLimits = defaultLimits): Promise<Outcome> {
  const outcome: Outcome = { texts: {}, problems: [], skipped: [] };
  const source = {
    name: "x",
    async *open() {
      yield* cut(bytes, size);
    },
  };
  const texts = unpack(source, {
    limits,
    onProblem: ({ name, reason }) => outcome.problems.push(`${name}: ${reason}`),
    onSkipped: ({ name, reason }) => outcome.skipped.push(`${name}: ${reason}`),
  });
  for await (const text of texts) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of text.open()) chunks.push(Uint8Array.from(chunk));
    outcome.texts[text.name] = Buffer.concat(chunks);
  }
  return outcome;
}

const packed = readdirSync(folder).filter((name) => name !== "make.sh");
const streams = packed.filter((name) => !name.includes("tar"));

describe("a packed log", () => {
  it("has its fixtures", () => {
    expect(streams).toHaveLength(15);
  });

  it.each(streams)("%s is unpacked, however it is cut", async (name) => {
    const bytes = readFileSync(join(folder, name));
    for (const size of [1, 7, 1000, 1 << 16]) {
      expect(await unpackBytes(bytes, size)).toEqual({ texts: { x: log }, problems: [], skipped: [] });
    }
  });

  it.each(streams)("%s, when it is cut short, gives what came before and says so", async (name) => {
    const bytes = readFileSync(join(folder, name));
    let longest = 0;
    for (let length = 16; length < bytes.length; length += 13) {
      const { texts, problems } = await unpackBytes(bytes.subarray(0, length), 100);
      const text = texts["x"] ?? Buffer.alloc(0);
      expect(log.subarray(0, text.length).equals(text)).toBe(true);
      // Between two members it is whole: nothing tells that there was more.
      if (problems.length > 0)
        expect(problems).toEqual(["x: the packed data ends too early; what came before was read"]);
      else expect([2000, log.length]).toContain(text.length);
      longest = Math.max(longest, text.length);
    }
    if (/gzip|members|streams|frames|blocks/.test(name)) expect(longest).toBeGreaterThan(1900);
  });

  it.each(streams)("%s, whatever byte is wrong, never fails", async (name) => {
    const bytes = readFileSync(join(folder, name));
    let silent = 0;
    for (let at = 16; at < bytes.length; at += 11) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      const { texts, problems } = await unpackBytes(damaged);
      if (problems.length === 0 && texts["x"]?.equals(log) === false) silent++;
    }
    // Frames of zstd without Node's own zstd have no checksum that is looked at; LZ4's legacy frames have none at all.
    if (!/zst$|legacy|frames/.test(name)) expect(silent).toBe(0);
  });

  it.each(["gzip.gz", "bzip2.bz2", "xz.xz"])("%s may be followed by padding or nothing more", async (name) => {
    const bytes = Buffer.concat([readFileSync(join(folder, name)), Buffer.alloc(512)]);
    expect((await unpackBytes(bytes)).texts).toEqual({ x: log });
  });
});

describe("an archive", () => {
  it.each([
    ["tar-ustar.tar", true],
    ["tar.tar.xz", true],
    ["tar.tgz", true],
  ])("%s gives its regular files, packed or not", async (name, _) => {
    const outcome = await unpackBytes(readFileSync(join(folder, name)), 1000);
    expect(outcome).toEqual({
      texts: {
        [`x!${bundle}/empty`]: Buffer.alloc(0),
        [`x!${bundle}/sos_commands/kernel/dmesg`]: log,
        [`x!${bundle}/var/log/${"long".repeat(20)}/kern.log`]: log,
        [`x!${bundle}/var/log/messages-20261017`]: log,
      },
      problems: [],
      skipped: [`x!${bundle}/vmcore: is packed (ELF)`],
    });
  });

  it("of the oldest kind is known by its checksum", async () => {
    const { texts } = await unpackBytes(readFileSync(join(folder, "tar-v7.tar")));
    expect(texts).toEqual({ [`x!${bundle}/sos_commands/kernel/dmesg`]: log });
  });

  it("may hold archives", async () => {
    const { texts, problems } = await unpackBytes(readFileSync(join(folder, "nested.tar")));
    expect(problems).toEqual([]);
    expect(Object.keys(texts)).toEqual([
      `x!tar.tar.xz!${bundle}/empty`,
      `x!tar.tar.xz!${bundle}/sos_commands/kernel/dmesg`,
      `x!tar.tar.xz!${bundle}/var/log/${"long".repeat(20)}/kern.log`,
      `x!tar.tar.xz!${bundle}/var/log/messages-20261017`,
      "x!zstd.zst",
    ]);
  });

  it("when it is cut short, gives what came before and says so once", async () => {
    const bytes = readFileSync(join(folder, "tar.tgz"));
    const { texts, problems } = await unpackBytes(bytes.subarray(0, bytes.length - 100));
    expect(texts[`x!${bundle}/sos_commands/kernel/dmesg`]).toEqual(log);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/the packed data ends too early/);
  });

  it("goes on after a damaged member and after a damaged header", async () => {
    const bytes = readFileSync(join(folder, "tar-ustar.tar"));
    const packedAt = bytes.indexOf(Buffer.from([0x1f, 0x8b, 0x08]));
    const headerAt = bytes.indexOf(`${bundle}/sos_commands/kernel/dmesg`);
    for (const at of [packedAt + 200, headerAt + 30]) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xee, at, at + 10);
      const { texts, problems } = await unpackBytes(damaged);
      expect(texts[`x!${bundle}/var/log/${"long".repeat(20)}/kern.log`]).toEqual(log);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/corrupt/);
    }
  });

  it("is never a path: names lead nowhere", async () => {
    const bytes = readFileSync(join(folder, "tar-v7.tar"));
    const evil = Buffer.from(bytes);
    const headerAt = evil.indexOf(`${bundle}/sos_commands/kernel/dmesg`);
    const header = evil.subarray(headerAt, headerAt + 512);
    header.fill(0, 0, 100);
    header.write("../../etc/passwd\x1b[2J");
    header.fill(0x20, 148, 156);
    header.write(
      header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, "0"),
      148,
    );
    header[154] = 0;
    expect((await unpackBytes(evil)).texts).toEqual({ "x!../../etc/passwd\x1b[2J": log });
  });
});

describe("a bomb", () => {
  it("is stopped by its ratio, and what came before counts", async () => {
    const limits = { ...defaultLimits, ratio: 100, ratioFromBytes: 1 << 20 };
    const { texts, problems } = await unpackBytes(gzipSync(Buffer.alloc(1 << 26, "a\n")), 1 << 10, limits);
    expect(texts["x"]?.length).toBeGreaterThan(1 << 19);
    expect(texts["x"]?.length).toBeLessThan(1 << 26);
    expect(problems).toEqual(["x: unpacks to more than 100 times its size, as no log does; the rest was not read"]);
  });

  it("is stopped by its size", async () => {
    const { problems } = await unpackBytes(gzipSync(Buffer.alloc(5000, "a\n")), 1 << 10, {
      ...defaultLimits,
      bytes: 1000,
    });
    expect(problems).toEqual(["x: unpacks to more than 1000 bytes; the rest was not read"]);
  });

  it("is stopped by its depth", async () => {
    let bytes: Uint8Array = log;
    for (let depth = 0; depth < 5; depth++) bytes = gzipSync(bytes);
    expect((await unpackBytes(bytes)).texts).toEqual({ x: log });
    expect((await unpackBytes(gzipSync(bytes))).problems).toEqual(["x: is packed more than 5 times"]);
  });
});

describe("bytes that only look packed", () => {
  it("never fail", async () => {
    const magics = packed.map((name) => readFileSync(join(folder, name)).subarray(0, 16));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 2000 }), async (magic, rest) => {
        const { problems } = await unpackBytes(Buffer.concat([magic, rest]), 300);
        expect(problems.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
  });
});
