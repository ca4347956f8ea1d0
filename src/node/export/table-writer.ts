import type { Cell, ColumnHead } from "../../render/columns/index.js";

/** A piece of a file. */
export type Chunk = string | Uint8Array;

/** Writes a table piece by piece. Rows may be held back until there is enough for a piece; that is bounded. */
export interface TableWriter {
  /** Takes rows, cells in the order of the columns. */
  write(rows: readonly (readonly Cell[])[]): Chunk | Promise<Chunk>;
  /** What is left. */
  end(): Chunk | Promise<Chunk>;
}

/**
 * Starts a table in some format.
 *
 * @param table its name, where the format has one; default: `reports`
 */
export type OpenTable = (columns: readonly ColumnHead[], table?: string) => TableWriter;
