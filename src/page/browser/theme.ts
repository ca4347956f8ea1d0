import { button } from "./dom.js";

const themes = ["auto", "light", "dark"] as const;
const words = { auto: "as the system", light: "light", dark: "dark" } as const;

/** A button that goes through the themes: as the system has it, light, dark. Nothing is kept: a file has no settings. */
export function themeButton(): HTMLElement {
  let current: (typeof themes)[number] = "auto";
  const label = (): string => `Theme: ${words[current]}`;
  const element = button(
    label(),
    () => {
      current = themes[(themes.indexOf(current) + 1) % themes.length] ?? "auto";
      if (current === "auto") delete document.documentElement.dataset["theme"];
      else document.documentElement.dataset["theme"] = current;
      element.textContent = label();
    },
    { id: "theme" },
  );
  return element;
}
