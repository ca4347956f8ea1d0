import { ByteReader } from "./containers/byte-reader.js";
import { DamageError } from "./containers/damage.js";
import { type Container, containerOf } from "./containers/index.js";
import { defaultLimits, type UnpackLimits, UnpackMeter } from "./containers/limits.js";
import { tarMembers } from "./containers/tar.js";
import { type Opened, readHead } from "./head.js";
import { type Source, type SourceProblem, tellFailure } from "./source.js";

export interface UnpackOptions {
  /** What could not be read, whole or in part; what was read before counts. */
  readonly onProblem: (problem: SourceProblem) => void;
  /** What was left out because it is no log: a problem only where the user has named it. */
  readonly onSkipped?: (problem: SourceProblem) => void;
  readonly limits?: UnpackLimits;
}

/**
 * The texts in a source: itself, or what is packed in it, each to be read before the next one is asked for. Everything
 * is a stream; a member of an archive is named `ARCHIVE!MEMBER` and its name is never used as a path.
 */
export async function* unpack(source: Source, options: UnpackOptions): AsyncGenerator<Source> {
  const { limits = defaultLimits } = options;
  const meter = new UnpackMeter(limits);
  let told = 0;
  yield* open(source, meter.packed(openOf(source)), 0);

  async function* open(from: Source, chunks: AsyncIterable<Uint8Array>, depth: number): AsyncGenerator<Source> {
    const opened = await headOf(from, chunks);
    if (opened === null) return;
    const container = containerOf(opened.head);
    if (container === undefined) yield withDamageTold(from, opened.chunks);
    else if (container.kind === "foreign") skip(from, container);
    else if (depth === limits.depth) {
      tell(from, new DamageError(`is packed more than ${limits.depth} times`));
    } else if (container.kind === "archive") yield* members(from, opened.chunks, depth + 1);
    else {
      const { readInto: _, file: __, ...packed } = from;
      yield* open(packed, meter.unpacked(container.unpack(opened.chunks)), depth + 1);
    }
  }

  async function* members(archive: Source, chunks: AsyncIterable<Uint8Array>, depth: number): AsyncGenerator<Source> {
    const reader = new ByteReader(chunks);
    let toldBefore = told;
    try {
      for await (const { name, modifiedAt, chunks } of tarMembers(reader)) {
        toldBefore = told;
        const member: Source = { name: `${archive.name}!${name}`, modifiedAt, incidental: true, open: () => chunks };
        yield* open(member, chunks, depth);
      }
    } catch (error) {
      // What cuts a member short cuts the archive short: it is told once.
      if (told === toldBefore) tell(archive, error);
    } finally {
      await reader.close();
    }
  }

  async function headOf(from: Source, chunks: AsyncIterable<Uint8Array>): Promise<Opened | null> {
    try {
      return await readHead(chunks);
    } catch (error) {
      tell(from, error);
      return null;
    }
  }

  /** A text; that no more of it can be read ends it, and is told. */
  function withDamageTold(from: Source, chunks: AsyncIterable<Uint8Array>): Source {
    let isDamaged = false;
    async function* toEnd(): AsyncGenerator<Uint8Array> {
      try {
        yield* chunks;
      } catch (error) {
        isDamaged = true;
        tell(from, error);
      }
    }
    return { ...from, open: toEnd, isDamaged: () => isDamaged };
  }

  function skip(from: Source, { name, hint }: Container & { readonly kind: "foreign" }): void {
    const tellSkipped = from.incidental === true ? options.onSkipped : options.onProblem;
    // Only what is a file itself can be given to another program.
    const file = from === source && from.name !== "-" ? from.name : "FILE";
    tellSkipped?.({ name: from.name, reason: `is packed (${name})`, hint: hint.replace("FILE", file) });
  }

  function tell({ name }: Source, error: unknown): void {
    told++;
    tellFailure(name, error, options.onProblem);
  }
}

/** The chunks of a source, opened when the first one is asked for: a failure to open is one of reading. */
async function* openOf(source: Source): AsyncGenerator<Uint8Array> {
  yield* source.open();
}
