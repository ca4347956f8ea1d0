import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonText } from "../../src/render/json/text.js";

test("no control or bidi character of a name is raw in JSON, and every reader gets it back", () => {
  const name = "a\u202eb\u2066c\u009bd\u007fe\u2028f\u200bg\ufeffh\u001bi";
  const text = jsonText({ name });
  expect(text).toBe('{"name":"a\\u202eb\\u2066c\\u009bd\\u007fe\\u2028f\\u200bg\\ufeffh\\u001bi"}');
  expect(JSON.parse(text)).toEqual({ name });
});

test("means the same as JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
