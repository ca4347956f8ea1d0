import { describe, expect, it } from "vitest";
import { Progress } from "../../src/cli/progress.js";
import type { Source } from "../../src/node/source.js";

/** A source of chunks of 64 MiB, each of which takes half a second. */
function source(chunks: number, clock: { now: number }, bytes?: number): Source {
  return {
    name: "x",
    ...(bytes === undefined ? {} : { bytes }),
    async *open() {
      const chunk = new Uint8Array(64 << 20);
      for (let number = 0; number < chunks; number++) {
        clock.now += 500;
        yield chunk;
      }
    },
  };
}

async function shown(chunks: number, { bytes, columns }: { bytes?: number; columns?: number } = {}): Promise<string[]> {
  const written: string[] = [];
  const clock = { now: 0 };
  const progress = new Progress({ columns, write: (text) => written.push(text) }, () => clock.now);
  let count = 0;
  for await (const _ of progress.counting(source(chunks, clock, bytes)).open()) if (++count === 1) progress.report();
  progress.hide();
  return written;
}

describe("progress", () => {
  it("is silent for a second", async () => {
    expect(await shown(1)).toEqual([]);
  });

  it("says how much, how fast, how many and how long, and goes away", async () => {
    expect(await shown(4, { bytes: 512 << 20 })).toEqual([
      "\r\x1b[K128 MiB read, 128 MiB/s, 1 report; this file 25%, 3 s left",
      "\r\x1b[K192 MiB read, 128 MiB/s, 1 report; this file 37%, 3 s left",
      "\r\x1b[K256 MiB read, 128 MiB/s, 1 report; this file 50%, 2 s left",
      "\r\x1b[K",
    ]);
  });

  it("foretells nothing of a stream, and never wraps", async () => {
    expect(await shown(2, { columns: 20 })).toEqual(["\r\x1b[K128 MiB read, 128 M", "\r\x1b[K"]);
  });

  it("is nothing where nobody looks", async () => {
    const clock = { now: 0 };
    const plain = source(1, clock);
    expect(new Progress(null).counting(plain)).toBe(plain);
  });
});
