import { describe, expect, it } from "vitest";
import { createTemporarySpool } from "../../src/node/temporary-spool.js";

describe("a temporary spool", () => {
  it("gives back its parts, the last one first, with what their records share", () => {
    const spool = createTemporarySpool();
    const place = { line: 7 };
    expect(spool.pop()).toBeNull();
    expect(
      spool.push([
        { text: "a\udcff", place },
        { text: "b", place },
      ]),
    ).toBe(true);
    expect(spool.push([{ text: "c", place: { line: 8 } }])).toBe(true);
    expect(spool.pop()).toEqual([{ text: "c", place: { line: 8 } }]);
    const [a, b] = (spool.pop() ?? []) as { text: string; place: object }[];
    expect(a).toEqual({ text: "a\udcff", place });
    expect(a?.place).toBe(b?.place);
    expect(spool.pop()).toBeNull();
    spool.close();
  });

  it("takes no more than its limit, and keeps what it has", () => {
    const spool = createTemporarySpool(200);
    expect(spool.push(["first"])).toBe(true);
    expect(spool.push(["x".repeat(500)])).toBe(false);
    expect(spool.pop()).toEqual(["first"]);
    spool.close();
  });
});
