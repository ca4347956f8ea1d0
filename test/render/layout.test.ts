import { describe, expect, it } from "vitest";
import type { Document, Table } from "../../src/render/document.js";
import { printDocument } from "../../src/render/text/print.js";
import { log, strong } from "../../src/render/words.js";

const print = (document: Partial<Document>, width = 40): string =>
  printDocument({ answer: [], sections: [], ...document }, { width, paint: null });

const inSection = (table: Table, width?: number): string =>
  print({ sections: [{ title: "T", blocks: [table] }] }, width);

describe("a paragraph", () => {
  it("is wrapped at blanks, never inside a name or between a number and its unit", () => {
    const words = ["this is 1,024\u00a0pages of ", log("a name with blanks"), ", and more of it."];
    expect(print({ sections: [{ title: "", blocks: [{ kind: "paragraph", words }] }] })).toBe(
      ["  this is 1,024 pages of", '  "a name with blanks", and more of it.', ""].join("\n"),
    );
  });

  it("leaves whole what can not be broken", () => {
    const path = `/${"x".repeat(60)}`;
    expect(
      print({ sections: [{ title: "", blocks: [{ kind: "paragraph", words: ["in ", log(path), " it is"] }] }] }),
    ).toBe(["  in", `  ${path}`, "  it is", ""].join("\n"));
  });
});

describe("facts", () => {
  it("align, and a long label stands alone", () => {
    const answer = [
      { label: "Killed", words: ["a ", strong("process"), " whose story takes two lines"] },
      { label: "A label that is too long", words: ["text"] },
    ];
    expect(print({ answer })).toBe(
      [
        "Killed                  a process whose",
        "                        story takes two",
        "                        lines",
        "A label that is too long",
        "                        text",
        "",
      ].join("\n"),
    );
  });
});

describe("a table", () => {
  const table: Table = {
    kind: "table",
    columns: [
      { title: "points", align: "right" },
      { title: "", align: "left", drop: 2 },
      { title: "memory", align: "right", drop: 1 },
      { title: "name", align: "left" },
    ],
    rows: [
      {
        cells: [
          ["1,000"],
          {
            bar: [
              { share: 0.75, fill: "full" },
              { share: 0.25, fill: "light" },
            ],
          },
          ["4 MiB"],
          [log("日本語")],
        ],
        marked: true,
      },
      { cells: [["5"], { bar: [{ share: 0.005, fill: "full" }] }, ["20 KiB"], [log("b")]] },
    ],
  };

  it("gives the bar what is left, in whole columns", () => {
    expect(inSection(table, 60)).toBe(
      [
        "T",
        "  points                                      memory  name",
        "   1,000  ██████████████████████████░░░░░░░░   4 MiB  日本語",
        "       5                                      20 KiB  b",
        "",
      ].join("\n"),
    );
  });

  it("drops first what may go first", () => {
    const { columns, rows } = table;
    const wide = { ...table, rows: [...rows, { cells: [["1"], { bar: [] }, ["3 KiB"], [log("123456789012345")]] }] };
    expect(inSection(wide, 40)).toBe(
      [
        "T",
        "  points  memory  name",
        "   1,000   4 MiB  日本語",
        "       5  20 KiB  b",
        "       1   3 KiB  123456789012345",
        "",
      ].join("\n"),
    );
    expect(
      inSection({ ...wide, columns: columns.map((column) => ({ ...column, title: column.title.padStart(12) })) }, 40),
    ).toBe(
      [
        "T",
        "        points          name",
        "         1,000  日本語",
        "             5  b",
        "             1  123456789012345",
        "",
      ].join("\n"),
    );
  });

  it("wraps the last column when nothing more can go", () => {
    const columns: Table["columns"] = [
      { title: "line", align: "right" },
      { title: "text", align: "left" },
    ];
    const text = "many words that do not fit into forty columns";
    expect(inSection({ kind: "table", columns, rows: [{ cells: [["1"], [text]] }] })).toBe(
      ["T", "  line  text", "     1  many words that do not fit into", "        forty columns", ""].join("\n"),
    );
  });
});
