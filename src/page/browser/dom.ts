import { type Child, type Content, h, pageText } from "../../render/html/index.js";

const SVG = "http://www.w3.org/2000/svg";

/** Content as nodes. Text is text: nothing in it is ever read as markup. */
export function mount(content: Content, isSvg = false): Node {
  if (typeof content === "string") return document.createTextNode(pageText(content));
  const inSvg = isSvg || content.tag === "svg";
  const element = inSvg ? document.createElementNS(SVG, content.tag) : document.createElement(content.tag);
  for (const [name, value] of Object.entries(content.attributes)) element.setAttribute(name, pageText(value));
  for (const child of content.children) element.appendChild(mount(child, inSvg));
  return element;
}

/** An element of the page. */
export function build(tag: string, attributes: Parameters<typeof h>[1], ...children: Child[]): HTMLElement {
  return mount(h(tag, attributes, ...children)) as HTMLElement;
}

/** A button that does something. */
export function button(
  label: string,
  onClick: () => void,
  attributes: Parameters<typeof h>[1] = {},
): HTMLButtonElement {
  const element = build("button", { type: "button", ...attributes }, label) as HTMLButtonElement;
  element.addEventListener("click", onClick);
  return element;
}

/** The element that must be there. */
export function find<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E {
  const found = root.querySelector<E>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  return found;
}
