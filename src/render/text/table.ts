import { type Bar, type Cell, type Column, isBar, type Table } from "../document.js";
import { columnsOf, cutToColumns } from "../width.js";
import { muted } from "../words.js";
import { columnsOfPieces, type Piece, piecesOf, wrap } from "./wrap.js";

const GAP = 2;
const MIN_BAR = 10;
const MAX_BAR = 40;

/** The narrowest that the last column gets before other columns are dropped. */
const MIN_LAST = 16;

const fills: Readonly<Record<Bar["bar"][number]["fill"], string>> = { full: "█", dark: "▓", medium: "▒", light: "░" };

/** A line of a table, and whether its row stands out. */
export interface TableLine {
  readonly pieces: readonly Piece[];
  readonly marked: boolean;
}

/** Lays a table out in at most `width` columns: drops columns that may go, wraps the last one. */
export function layOut(table: Table, width: number): TableLine[] {
  const columns = fitted(table, width);
  const last = columns.at(-1);
  if (last === undefined) return [];
  const header: TableLine[] = columns.some(({ column }) => column.title !== "")
    ? [{ pieces: joined(columns.map((one) => aligned(titleOf(one.column), one))), marked: false }]
    : [];
  const legends = columns.flatMap(({ column }) => (column.legend === undefined ? [] : [column.legend]));
  return [
    ...header,
    ...table.rows.flatMap((row) => {
      const cells = columns.map((one) => drawn(row.cells[one.index] ?? [], one.width));
      const [first = [], ...more] = broken(row.cells[last.index] ?? [], cells.at(-1) ?? [], last.width);
      const indent = columns.slice(0, -1).reduce((sum, one) => sum + one.width + GAP, 0);
      const head = columns.map((one, at) => aligned(at === columns.length - 1 ? first : (cells[at] ?? []), one));
      return [joined(head), ...more.map((pieces) => [blank(indent), ...pieces])].map((pieces) => ({
        pieces,
        marked: row.marked === true,
      }));
    }),
    ...legends.map((legend) => ({ pieces: piecesOf([muted(legend)]), marked: false })),
  ];
}

interface Fitted {
  readonly column: Column;
  readonly index: number;
  readonly width: number;
}

function fitted(table: Table, width: number): Fitted[] {
  let columns = table.columns.map((column, index) => ({ column, index, width: widthNeeded(table, index) }));
  for (;;) {
    const bar = columns.find(({ index }) => isBarColumn(table, index));
    const taken = columns.reduce((sum, one) => sum + one.width + GAP, -GAP);
    if (taken <= width) {
      const room = bar === undefined ? 0 : Math.min(MAX_BAR - MIN_BAR, width - taken);
      return columns.map((one) => (one === bar ? { ...one, width: one.width + room } : one));
    }
    const droppable = columns.filter(({ column }) => column.drop !== undefined);
    const last = columns.at(-1);
    const narrowed = last === undefined ? 0 : last.width - (taken - width);
    if (droppable.length === 0 || narrowed >= Math.max(MIN_LAST, (last?.width ?? 0) / 2)) {
      return columns.map((one) =>
        one === last ? { ...one, width: Math.min(one.width, Math.max(MIN_LAST, narrowed)) } : one,
      );
    }
    const highest = Math.max(...droppable.map(({ column }) => column.drop ?? 0));
    columns = columns.filter(({ column }) => column.drop !== highest);
  }
}

function isBarColumn(table: Table, index: number): boolean {
  return table.rows.some(({ cells }) => isBar(cells[index] ?? []));
}

function widthNeeded(table: Table, index: number): number {
  if (isBarColumn(table, index)) return MIN_BAR;
  const title = table.columns[index]?.title.length ?? 0;
  return table.rows.reduce((most, { cells }) => {
    const cell = cells[index] ?? [];
    return isBar(cell) ? most : Math.max(most, columnsOfPieces(piecesOf(cell)));
  }, title);
}

function titleOf({ title }: Column): Piece[] {
  return [{ text: title, tone: "muted", columns: title.length }];
}

function drawn(cell: Cell, width: number): Piece[] {
  if (!isBar(cell)) return piecesOf(cell);
  // Cut at the ends of the parts, so that rounding never lengthens the whole.
  let end = 0;
  let column = 0;
  return cell.bar.map(({ share, fill }) => {
    end += share;
    const to = Math.max(column, Math.round(Math.min(end, 1) * width));
    const columns = to - column;
    column = to;
    return { text: fills[fill].repeat(columns), tone: "plain", columns };
  });
}

/** The lines of the last cell: broken between words, and inside a word that is too wide. */
function broken(cell: Cell, pieces: readonly Piece[], width: number): Piece[][] {
  if (isBar(cell) || columnsOfPieces(pieces) <= width) return [[...pieces]];
  return wrap(cell, width).flatMap((line) => {
    if (columnsOfPieces(line) <= width) return [line];
    return line.flatMap((piece) =>
      cutToColumns(piece.text, width).map((text) => [{ text, tone: piece.tone, columns: columnsOf(text) }]),
    );
  });
}

function aligned(pieces: readonly Piece[], { column, width }: Fitted): Piece[] {
  const free = Math.max(0, width - columnsOfPieces(pieces));
  return column.align === "right" ? [blank(free), ...pieces] : [...pieces, blank(free)];
}

function joined(cells: readonly (readonly Piece[])[]): Piece[] {
  return cells.flatMap((cell, index) => (index === 0 ? cell : [blank(GAP), ...cell]));
}

function blank(columns: number): Piece {
  return { text: " ".repeat(columns), tone: "plain", columns };
}
