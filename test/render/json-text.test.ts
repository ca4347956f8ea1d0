import fc from "fast-check";
import { expect, test } from "vitest";
import { plain } from "../../src/render/json/plain.js";
import { jsonText, modelText } from "../../src/render/json/text.js";

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

test("says in one pass what it says in two", () => {
  const value = fc.anything({
    withBigInt: true,
    values: [fc.string({ unit: "binary" }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.bigInt()],
  });
  const texts = fc.constantFrom("\udc80\\", '"', "\n\u0007", "\u009b\u202e", "\ud83d\ude00", "\ud83d", "a/b");
  fc.assert(
    fc.property(fc.array(fc.oneof(value, texts, fc.dictionary(texts, texts))), (values) => {
      expect(modelText(values)).toBe(jsonText(plain(values)));
    }),
  );
});
