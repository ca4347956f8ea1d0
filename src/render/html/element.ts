/**
 * A piece of a page as data: what is written into a file as HTML and what a browser builds as nodes is one content.
 * Text is the log's or ours, raw; whoever prints it escapes it and makes treacherous characters visible.
 */
export type Content = string | Element;

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Content[];
}

/** An attribute: absent when undefined or false, without a value when true. */
type AttributeValue = string | number | boolean | undefined;

/** What may stand among children: nothing for null. */
export type Child = Content | null | readonly Child[];

/** An element. */
export function h(tag: string, attributes: Readonly<Record<string, AttributeValue>>, ...children: Child[]): Element {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) kept[name] = value === true ? "" : String(value);
  }
  return { tag, attributes: kept, children: flat(children) };
}

function flat(children: readonly Child[]): Content[] {
  return children.flatMap((child): readonly Content[] => {
    if (child === null) return [];
    return isList(child) ? flat(child) : [child];
  });
}

function isList(child: Child): child is readonly Child[] {
  return Array.isArray(child);
}
