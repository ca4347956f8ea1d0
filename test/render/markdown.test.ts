import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { codeSpan, escapeText } from "../../src/render/markdown/escape.js";

describe("codeSpan", () => {
  test.each([
    ["mysqld", "`mysqld`"],
    ["a b", "`a b`"],
    ["", '""'],
    ["`", "`` ` ``"],
    ["a``b", "```a``b```"],
    [" lead", "`  lead `"],
    ["a|b", "`a|b`"],
    ["@team #1 <img onerror=x>", "`@team #1 <img onerror=x>`"],
    ["\x1b[0m\u202e", "`\\x1b[0m\\u202e`"],
  ])("%j is %s", (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown);
  });

  it("is closed by its own fence alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", " ", "a", "|", "\\", "*"), maxLength: 12 }), (text) => {
        fc.pre(text !== "");
        const [fence = ""] = /^`+/.exec(codeSpan(text)) ?? [];
        const inner = codeSpan(text).slice(fence.length, -fence.length);
        expect(inner.match(/`+/g) ?? []).not.toContain(fence);
        expect(inner).not.toMatch(/^`|`$/);
      }),
    );
  });
});

describe("escapeText", () => {
  test.each([
    ["plain words, 12 %.", "plain words, 12 %."],
    ["rss + swap − 3", "rss + swap − 3"],
    ["*bold* _em_ `code` [x](y)", "\\*bold\\* \\_em\\_ \\`code\\` \\[x\\](y)"],
    ["oom_score_adj of __oom_kill_", "oom_score_adj of \\_\\_oom_kill\\_"],
    ["<script>&amp;", "&lt;script\\>&amp;amp;"],
    ["a|b", "a\\|b"],
    ["picks @team (pid 1) #12", "picks @<!-- -->team (pid 1) #<!-- -->12"],
    ["http://x.example www.x.example", "http:<!-- -->//x.example w<!-- -->ww.x.example"],
    ["back\\slash", "back\\\\\\\\slash"],
  ])("%s is %s", (text, markdown) => {
    expect(escapeText(text)).toBe(markdown);
  });
});
