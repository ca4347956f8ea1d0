import type { Header } from "../header.js";
import type { Place } from "../sink.js";

/** A record on its way from the layers to the reader's end. */
export interface Entry {
  readonly text: string;
  readonly header: Header;
  readonly place: Place;
  /** The source says that a boot begins before this record. */
  readonly boots: boolean;
}
