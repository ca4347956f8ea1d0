import { type Dress, eachLine, type KernelRecord, stamped } from "./dress.js";

const PROVED = { uptimeUsec: 1_444_066, level: 4, trust: "kernel" } as const;
const SEQUENCE = 1204;

/** As /dev/kmsg escapes it: all that is no printable ASCII, and the backslash. */
function escaped(text: string): string {
  return Array.from(new TextEncoder().encode(lossy(text)))
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x5c
        ? `\\x${byte.toString(16).padStart(2, "0")}`
        : String.fromCharCode(byte),
    )
    .join("");
}

/** Bytes that are not UTF-8 cannot pass through the encoder above. */
function lossy(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "?");
}

function kmsgLine({ level, usec, text }: KernelRecord, sequence: number, more = ""): string {
  return `${level},${sequence},${usec},-${more};${escaped(text)}`;
}

/** Every other pair of datagrams swapped. */
function swapped(lines: readonly string[]): string[] {
  return lines.flatMap((line, i) => (i % 4 === 0 ? [lines[i + 1] ?? [], line].flat() : i % 4 === 1 ? [] : [line]));
}

export const networkDresses: readonly Dress[] = [
  {
    id: "kmsg",
    put: eachLine(
      (record, _, i) => `${kmsgLine(record, SEQUENCE + i, ",caller=T33")}\n SUBSYSTEM=acpi\n DEVICE=+acpi:PNP0A03:00`,
    ),
    first: { ...PROVED, caller: "T33" },
    leaves: lossy,
  },
  {
    id: "netconsole-ext",
    put: (records) =>
      `${swapped(
        records.flatMap((record, i) => {
          const head = `4.19.78,${record.level},${SEQUENCE + i},${record.usec},-`;
          const text = escaped(record.text);
          if (text.length < 60) return [`${head};${text}`];
          return [
            `${head},ncfrag=0/${text.length};${text.slice(0, 50)}`,
            `${head},ncfrag=50/${text.length};${text.slice(50)}`,
          ];
        }),
      ).join("\n")}\n`,
    first: PROVED,
    leaves: lossy,
  },
  {
    id: "netconsd",
    put: (records) =>
      `${swapped(
        records.map(({ level, usec, text }, i) => {
          const sequence = String(SEQUENCE + i).padStart(6, "0");
          return `${sequence} ${String(usec).padStart(14, "0")} 0 ${level} ${i === 5 ? "[CONT START] " : ""}${text}`;
        }),
      ).join("\n")}\n`,
    first: PROVED,
  },
  {
    id: "pstore",
    put: (records) => {
      const half = Math.floor(records.length / 2);
      const part = (some: readonly KernelRecord[]) =>
        some.map((record) => `<${record.level}>${stamped(record)}\n`).join("");
      return `Panic#1 Part1\n${part(records.slice(half))}Panic#1 Part2\n${part(records.slice(0, half))}`;
    },
    first: { uptimeUsec: 1_444_066, level: 4, trust: "claimed" },
  },
];
