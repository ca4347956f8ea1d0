import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import { readText } from "./read-text.js";

function texts(written: string): string[] {
  return readText(written).lines.map(({ text }) => text);
}

const NUL = "\0";

describe("journal export", () => {
  const head = (i: number): string =>
    `__CURSOR=s=1;i=${i}\n__REALTIME_TIMESTAMP=1792231387866956\n_TRANSPORT=kernel\nSYSLOG_FACILITY=0\n`;
  const binary = (bytes: Uint8Array): string => {
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true);
    return `MESSAGE\n${decodeBytes(length)}${decodeBytes(bytes)}\n`;
  };

  it("goes by the length of a binary field, whatever its bytes", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc
        .array(fc.constantFrom("\n", "\r", "\n\n", "__CURSOR=x", "MESSAGE=y", "a", "\0", "é"), {
          minLength: 1,
          maxLength: 40,
        })
        .map((parts) => new TextEncoder().encode(parts.join(""))),
    );
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 4 }), (messages) => {
        const written = messages.map((message, i) => `${head(i)}${binary(message)}PRIORITY=4\n\n`).join("");
        const expected = messages.flatMap((message) => {
          const text = decodeBytes(message);
          const lines = text.split("\n");
          if (text.endsWith("\n")) lines.pop();
          return text.includes("\n") ? lines.map((line) => line.replace(/\r+$/, "")) : lines;
        });
        const { lines } = readText(written);
        expect(lines.map(({ text }) => text)).toEqual(expected);
        for (const { level, trust } of lines) expect([level, trust]).toEqual([4, "kernel"]);
      }),
    );
  });

  it("finds its way again where a carriage return was stripped", () => {
    const message = new TextEncoder().encode("ab\ncd\r\nef");
    const written = `${head(1)}${binary(message)}\n${head(2)}MESSAGE=next\n\n`.replace("cd\r", "cd");
    expect(texts(written).slice(-2)).toEqual(["ef", "next"]);
  });

  it("gives no entry twice and joins none", () => {
    expect(texts(`${head(1)}MESSAGE=a\n${head(2)}MESSAGE=b\n\n`)).toEqual(["a", "b"]);
  });
});

describe("/dev/kmsg", () => {
  it("undoes escapes, splits lines, drops dictionaries, joins fragments", () => {
    const written = [
      "6,1,1,-;a\\x0ab\\x5cn",
      " SUBSYSTEM=acpi",
      " DEVICE=+acpi:PNP0A03:00",
      "6,2,2,c;one ",
      "6,3,3,+;two ",
      "6,4,4,+;three",
      "6,5,5,-,caller=T1,more=x;\\xc3\\xa9\\xff",
      "6,6,6;no flags",
    ];
    expect(texts(written.join("\n"))).toEqual(["a", "b\\n", "one two three", "é\udcff", "no flags"]);
  });

  it("never takes a text for a prefix", () => {
    const names = ["Oct 17 10:03:07", "[    1.000000] ", "<4>", "kernel: ", "> ", "\\x1b[31m", "6,1,1,-;"];
    const written = names.map((name, i) => `6,${i},${i},-;${name} invoked oom-killer: gfp_mask=0x0`);
    expect(texts(written.join("\n"))).toEqual(
      names.map((name) => `${name.replace("\\x1b", "\u001b")} invoked oom-killer: gfp_mask=0x0`),
    );
  });
});

describe("CSV", () => {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it("reads any cell", () => {
    // A message is a line of a log: no blank one, and none that wears another layer.
    const message = fc
      .string({ unit: fc.constantFrom("a", "b", '"', ",", ";", "\n", "x ") })
      .map((text) => `m${text}m`);
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 5 }), (messages) => {
        const written = `host,message,extra\n${messages.map((text) => `h,${cell(text)},"a""b,\n"`).join("\n")}\n`;
        expect(readText(written).lines.map(({ text }) => text)).toEqual(
          messages.flatMap((text) => text.split("\n")).filter((line) => line.trim() !== ""),
        );
      }),
    );
  });

  it("knows a log's line from a table's head", () => {
    const lines = ["a,message", "Node 0 DMA: 1*4kB, line", "message"];
    expect(texts(lines.slice(1).join("\n"))).toEqual(lines.slice(1));
    expect(texts([lines[0], "x,y"].join("\n"))).toEqual(["y"]);
  });
});

describe("containers", () => {
  it("CRI joins the parts of each stream", () => {
    const at = "2026-10-17T10:03:07.886906000Z";
    const written = [`${at} stdout P one `, `${at} stderr F other`, `${at} stdout P two `, `${at} stdout F three`];
    expect(texts(written.join("\n"))).toEqual(["other", "one two three"]);
    expect(texts(`${at} stdout P cut`)).toEqual(["cut"]);
  });

  it("Docker joins parts of 16 KiB", () => {
    const put = (log: string): string => JSON.stringify({ log, stream: "stdout", time: "2026-10-17T10:03:07Z" });
    const part = "x".repeat(16_384);
    expect(texts([put(part), put(part), put("end\n"), put("next")].join("\n"))).toEqual([`${part}${part}end`, "next"]);
  });
});

describe("pstore", () => {
  it("goes from the highest part down, dump by dump", () => {
    const written = [
      "Panic#1 Part1",
      "<4>[    3.2] c",
      "Panic#1 Part3",
      "<4>[    3.0] a",
      "Panic#1 Part2",
      "<4>[    3.1] b",
    ];
    expect(texts([...written, "Oops#2 Part1", "<4>[    9.0] d"].join("\n"))).toEqual(["a", "b", "c", "d"]);
  });
});

it("a reader that leaves NULs between records of /dev/kmsg reads them", () => {
  expect(texts(`6,1,1,-;a${NUL}\n6,2,2,-;b${NUL}`).map((text) => text.replaceAll(NUL, ""))).toEqual(["a", "b"]);
});
