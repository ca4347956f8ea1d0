import { describe, expect, it } from "vitest";
import { paint, wantsColor, widthOf } from "../../src/cli/terminal.js";

describe("widthOf", () => {
  it("takes the terminal's columns, else COLUMNS, else 80", () => {
    expect(widthOf({ columns: 132 }, { COLUMNS: "40" })).toBe(132);
    expect(widthOf({}, { COLUMNS: "40" })).toBe(40);
    for (const COLUMNS of ["", "0", "-3", "wide", "1e3.5"]) expect(widthOf({ columns: 0 }, { COLUMNS })).toBe(80);
    expect(widthOf({}, {})).toBe(80);
  });
});

describe("wantsColor", () => {
  const terminal = { isTTY: true };

  it("obeys --color before anything else", () => {
    expect(wantsColor("always", {}, { NO_COLOR: "1", TERM: "dumb" })).toBe(true);
    expect(wantsColor("never", terminal, { FORCE_COLOR: "1" })).toBe(false);
  });

  it("obeys NO_COLOR before FORCE_COLOR, and both before the terminal", () => {
    expect(wantsColor("auto", terminal, { NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
    expect(wantsColor("auto", {}, { FORCE_COLOR: "1", TERM: "dumb" })).toBe(true);
    expect(wantsColor("auto", terminal, { FORCE_COLOR: "0" })).toBe(false);
  });

  it("takes an empty variable for none", () => {
    expect(wantsColor("auto", terminal, { NO_COLOR: "", FORCE_COLOR: "" })).toBe(true);
  });

  it("colours a terminal that can, and nothing else", () => {
    expect(wantsColor("auto", terminal, { TERM: "xterm" })).toBe(true);
    expect(wantsColor("auto", terminal, { TERM: "dumb" })).toBe(false);
    expect(wantsColor("auto", {}, { TERM: "xterm" })).toBe(false);
  });
});

describe("paint", () => {
  it("wraps a text in the codes of a name that Node knows", () => {
    expect(paint("bold", "x")).toBe("\x1b[1mx\x1b[22m");
    expect(paint("red", "x")).toBe("\x1b[31mx\x1b[39m");
    expect(paint("no such name", "x")).toBe("x");
  });
});
