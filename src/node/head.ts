const HEAD_BYTES = 4096;
/** Beyond these, no chunk that was read for the beginning waits to be given out. */
export const MAX_HEAD_BYTES = 1 << 16;
const LINE_FEED = 0x0a;

/** The beginning of a source, enough to tell what it is, and all its bytes (the beginning included). */
export interface Opened {
  readonly head: Uint8Array;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Reads the beginning of a source: 4 KiB and a whole line, 64 KiB where no line ends, or less when the source is
 * shorter. How the bytes are cut into chunks does not change the answer. A source that fails within its beginning fails
 * when the chunks before that have been read.
 */
export async function readHead(source: AsyncIterable<Uint8Array>): Promise<Opened> {
  const iterator = source[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let length = 0;
  let lineEnds = false;
  let rest = iterator;
  while (length < MAX_HEAD_BYTES && !(lineEnds && length >= HEAD_BYTES)) {
    const { value, done } = await iterator.next().catch((error) => {
      rest = { next: () => Promise.reject(error) };
      return { value: undefined, done: true as const };
    });
    if (done) break;
    held.push(value);
    length += value.length;
    lineEnds ||= value.includes(LINE_FEED);
  }
  const all = Buffer.concat(held);
  const firstLine = all.indexOf(LINE_FEED);
  const end = firstLine === -1 ? MAX_HEAD_BYTES : Math.max(HEAD_BYTES, firstLine + 1);
  return { head: all.subarray(0, Math.min(end, MAX_HEAD_BYTES)), chunks: resume(held, rest) };
}

async function* resume(held: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* held;
    held.length = 0;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
