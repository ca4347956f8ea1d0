/** Characters that steer a terminal or hide text: C1 controls, DEL, line separators, zero width and bidi controls. */
const STEERING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A value as JSON whose text can be looked at on a terminal: what {@link JSON.stringify} leaves raw of steering characters
 * is written as `\uHHHH`, which means the same to every reader.
 */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
