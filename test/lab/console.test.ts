import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConsoleReader, unescapeText } from "../../lab/host/console.js";

// As printed by a guest: a kernel line, a frame that follows half a kernel line, a frame with one letter changed.
const text = [
  "[    8.742750] lowmem_reserve[]: 0 0 0 0 0\r",
  "[    8.517979] reboot~oomlab 155 864a3768 bye\r",
  "~oomlab 154 cce1bc5d eNd",
  "",
].join("\n");

describe("the console reader", () => {
  it("tells frames from other lines, and whole from damaged ones", () => {
    const items = new ConsoleReader().push(Buffer.from(text));
    expect(items).toEqual([
      { kind: "line", text: "[    8.742750] lowmem_reserve[]: 0 0 0 0 0" },
      { kind: "line", text: "[    8.517979] reboot" },
      { kind: "frame", sequence: 155, text: "bye" },
      { kind: "damaged", text: "~oomlab 154 cce1bc5d eNd" },
    ]);
  });

  it("gives the same in any chunking", () => {
    const whole = new ConsoleReader().push(Buffer.from(text));
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const reader = new ConsoleReader();
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const items = places.slice(1).flatMap((end, index) => reader.push(Buffer.from(text.slice(places[index], end))));
        expect([...items, ...reader.end()]).toEqual(whole);
      }),
    );
  });

  it("hands on what is left without a newline", () => {
    const reader = new ConsoleReader();
    expect(reader.push(Buffer.from("Kernel pan"))).toEqual([]);
    expect(reader.end()).toEqual([{ kind: "line", text: "Kernel pan" }]);
    expect(reader.end()).toEqual([]);
  });

  it("keeps every byte of a line", () => {
    const bytes = Buffer.from([0xff, 0x00, 0xe2, 0x82, 0x0a]);
    expect(new ConsoleReader().push(bytes)).toEqual([{ kind: "line", text: "\u00ff\u0000\u00e2\u0082" }]);
  });
});

describe("the text of frames", () => {
  it("is blanks for pluses and bytes for hexadecimal digits", () => {
    expect(unescapeText("MemTotal:+++249120+kB%0Aa%2Bb%25%FF")).toBe("MemTotal:   249120 kB\na+b%\u00ff");
  });
});
