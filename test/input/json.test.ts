import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJsonStream, type FoundObject } from "../../src/input/envelopes/json-stream.js";
import { readText } from "./read-text.js";

/** Objects that a stream finds in a text, and whether all of the text was JSON. */
function objectsIn(text: string): { fields: unknown[]; lines: number[]; valid: boolean } {
  const found: FoundObject[] = [];
  const stream = createJsonStream(
    (key) => key === "message",
    (object) => {
      found.push(object);
      return true;
    },
  );
  const valid = text.split("\n").every((line, i) => stream.push(line, { line: i + 1, byteOffset: null }));
  return {
    fields: found.map(({ fields }) => fields),
    lines: found.map(({ place }) => place.line),
    valid: valid && stream.idle,
  };
}

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: "json" },
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(true, false, null),
    fc.array(fc.integer(), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, depthIdentifier: "json" }),
  ),
})).value;
const record = fc.dictionary(fc.string(), value, { minKeys: 1, maxKeys: 5 });

/** What JSON can hold of it: no -0, no key that sets the prototype. */
function plain(object: unknown): unknown {
  return JSON.parse(JSON.stringify(object), (key, inner) => (key === "__proto__" ? undefined : inner));
}

describe("a JSON document, read line by line", () => {
  it("gives each object of a list as the platform's parser does, at any indent", () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 1, "\t", 4),
        (records, indent) => {
          const list = plain(records);
          expect(objectsIn(JSON.stringify(list, null, indent))).toMatchObject({ fields: list, valid: true });
        },
      ),
    );
  });

  it("gives documents one after the other", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (records) => {
        const list = plain(records) as unknown[];
        const text = list.map((object) => JSON.stringify(object, null, 2)).join("\n");
        expect(objectsIn(text)).toMatchObject({ fields: list, valid: true });
      }),
    );
  });

  it("names the line of the message, however deep", () => {
    const document = {
      entries: [
        { id: 1, payload: { message: "a" } },
        { message: "b", id: 2 },
      ],
    };
    expect(objectsIn(JSON.stringify(document, null, 1)).lines).toEqual([6, 10, 14]);
  });

  it("takes no more than the platform's parser does", () => {
    for (const text of [
      '{"a":1,}',
      "[1,]",
      '{"a" 1}',
      '{"a":01}',
      '{"a":"\\x"}',
      "{a:1}",
      "[}",
      '{"a":1}}',
      '"',
      "nul",
    ])
      expect(objectsIn(text).valid, text).toBe(false);
  });

  it("is not led astray by depth", () => {
    expect(objectsIn("[".repeat(100_000)).valid).toBe(false);
  });
});

describe("JSON that is cut or broken", () => {
  const line = (text: string): string =>
    JSON.stringify({ log: `${text}\n`, stream: "stdout", time: "2026-10-17T10:03:07Z" });

  it("keeps the message of a cut line, and reads on", () => {
    const cut = line("[    3.100000] second").slice(0, 30);
    const { lines, notes } = readText([line("[    3.000000] first"), cut, line("[    3.200000] third")].join("\n"));
    expect(lines.map(({ text, uptimeUsec }) => [text, uptimeUsec])).toEqual([
      ["first", 3_000_000],
      ["second".slice(0, 30 - 24), 3_100_000],
      ["third", 3_200_000],
    ]);
    expect(notes).toMatchObject([{ code: "malformed-json", line: 2 }]);
  });

  it("takes a line that only looks like JSON as a log's", () => {
    const { lines } = readText('{ not json\n[    3.000000] a\n{"a": }\n[    3.100000] b');
    expect(lines.map(({ text }) => text)).toEqual(["{ not json", "a", '{"a": }', "b"]);
  });

  it("reads what is there of a document without end", () => {
    const text =
      '{ "dmesg": [ {\n "pri": 4,\n "time": 3.1,\n "msg": "one"\n },{\n "pri": 4,\n "time": 3.2,\n "msg": "two"';
    expect(readText(text).lines.map((entry) => entry.text)).toEqual(["one", "two"]);
  });

  it("reads objects that end with a NUL", () => {
    const text = ["a", "b"]
      .map((message) => JSON.stringify({ version: "1.1", host: "h", short_message: message }))
      .join("\0");
    expect(readText(`${text}\0`).lines.map((entry) => entry.text)).toEqual(["a", "b"]);
  });
});

describe("envelopes in envelopes", () => {
  it("a pod that logs the journal as JSON", () => {
    const entry = {
      __REALTIME_TIMESTAMP: "1792231387866956",
      _TRANSPORT: "kernel",
      SYSLOG_FACILITY: "0",
      MESSAGE: " <TASK>",
    };
    const text = JSON.stringify({ log: `${JSON.stringify(entry)}\n`, stream: "stdout", time: "2026-10-17T10:03:09Z" });
    expect(readText(text).lines).toMatchObject([{ text: " <TASK>", trust: "kernel", wallUsec: 1_792_231_387_866_956 }]);
  });

  it("a container's log of syslog lines, quoted in a mail", () => {
    const text = "> 2026-10-17T10:03:07.886Z stdout F Oct 17 10:03:07 web-07 kernel: [    3.877175] text";
    expect(readText(text).lines).toMatchObject([
      { text: "text", host: "web-07", uptimeUsec: 3_877_175, wallUsec: Date.UTC(2026, 9, 17, 10, 3, 7, 886) * 1000 },
    ]);
  });

  it("a report in one message of many lines", () => {
    const _raw = "Oct 17 10:03:07 web-07 kernel: [    3.1] one\nOct 17 10:03:07 web-07 kernel: [    3.2] two";
    expect(readText(JSON.stringify({ result: { _raw, _time: "2026-10-17T10:03:07Z" } })).lines).toMatchObject([
      { text: "one", line: 1 },
      { text: "two", line: 1 },
    ]);
  });
});

describe("fields that the user names", () => {
  it("outrank the known ones", () => {
    const text = JSON.stringify({
      message: "wrong",
      data: { line: "[    3.1] right" },
      node: "n",
      where: "w",
      at: 1_792_231_387,
    });
    const { lines } = readText(text, { fields: { message: "data.line", host: "where", time: "at" } });
    expect(lines).toMatchObject([{ text: "right", host: "w", wallUsec: 1_792_231_387_000_000 }]);
  });
});
