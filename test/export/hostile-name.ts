import fc from "fast-check";

/** Names as an attacker chooses them, with bytes that are not UTF-8 as the program keeps them. */
export const hostileName = fc
  .array(
    fc.oneof(
      fc.constantFrom(...['"', '""', "\n", "\r", "\r\n", ",", ";", "\t", " ", "|", "\0", "\x1b[31m", "\u202e"]),
      fc.constantFrom(...["=", "+", "-", "@", "'", "''", "=cmd|' /C calc'!A0", "@SUM(1)", "-1", "+1", "=1+1"]),
      fc.constantFrom(...["\\", "\\\\", "\\x41", "\\xff", "\\u2028", "\u2028", "\u2029", "\ufeff", "é", "🙂", "名"]),
      fc.constantFrom(...["\udc80", "\udcc3", "\udcff"]),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));
