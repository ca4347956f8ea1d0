import type { Format } from "../format.js";
import type { Header } from "../header.js";
import type { Place, Sink } from "../sink.js";

/** What an envelope gives its contents to. */
export interface Contents {
  /** A header that knows what the layers further out said. */
  header(): Header;
  /** A text that may wear all layers again: each of its lines is recognised by itself. */
  message(text: string, header: Header, place: Place): void;
  /** A text of the kernel that may still have its level, stamp and caller. */
  payload(text: string, header: Header, place: Place): void;
  /** A record as the kernel wrote it: nothing more is taken off. */
  record(text: string, header: Header, place: Place): void;
  readonly sink: Sink;
  readonly fields: FieldNames;
}

/** Names of fields that outrank the known ones (`--field message=…,host=…,time=…`); dots lead into objects. */
export interface FieldNames {
  readonly message?: string;
  readonly host?: string;
  readonly time?: string;
}

/** Reads one run of lines in an envelope. */
export interface Envelope {
  /** Takes a line; false when it is none of this envelope, which is over then. */
  push(text: string, place: Place): boolean;
  /** No line is at hand right now: whole records that wait for their neighbour are handed on. */
  flush(): void;
  /** Whether lines may be left out here, since each of the next ones can be read by itself; absent: never. */
  readonly resumable?: boolean;
  /** The run is over: what is left of it is handed on. */
  end(): void;
}

/** A recogniser of one envelope. */
export interface EnvelopeFormat extends Format {
  readonly layer: "envelope";
  /** The characters that it can begin with; `0` stands for any digit, `a` for any letter of any script. */
  readonly starts: string;
  /** True when lengths are counted in bytes: lines come as they are, with their carriage returns. */
  readonly raw?: true;
  /** Whether a line begins one; cheap, since every line that begins with one of {@link starts} is asked. */
  opens(text: string): boolean;
  open(contents: Contents): Envelope;
}
