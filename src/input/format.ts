/** The layer that a format belongs to, from outside in; a `record` is one object of an envelope. */
export type Layer = "paste" | "envelope" | "record" | "prefix";

/** What every recognised format says of itself; the lists of the layers are ordered and hold each id once. */
export interface Format {
  /** Short name, unique over all layers; also the name of its fixture. */
  readonly id: string;
  readonly layer: Layer;
  /** One sentence: which program writes it and what it looks like. */
  readonly description: string;
}
