import type { ZoneWatermarks } from "../../model/accounting.js";
import { counted, formatKb } from "../quantity.js";
import { bar } from "./bar.js";
import { lineLink } from "./blocks.js";
import { type Element, h } from "./element.js";
import { swatch } from "./memory.js";

const SHOWN = 12;

/** The zones against their marks, each to its own scale: what is free, what of it may be used, what must stay. */
export function zonesFigure(watermarks: readonly ZoneWatermarks[]): Element | null {
  if (watermarks.length === 0) return null;
  const sorted = [...watermarks.filter(({ eligible }) => eligible), ...watermarks.filter(({ eligible }) => !eligible)];
  const rest = sorted.length - SHOWN;
  return h(
    "figure",
    { class: "zones" },
    h(
      "ul",
      { class: "key", "aria-label": "Colours" },
      h("li", {}, swatch("usable"), "free, usable by the request"),
      watermarks.some(({ freeKb, usableKb }) => freeKb > usableKb)
        ? h("li", {}, swatch("unusable"), "free, not for it")
        : null,
      watermarks.some(({ reserveKb }) => (reserveKb ?? 0) > 0)
        ? h("li", {}, swatch("reserve"), "reserve that must stay")
        : null,
      h("li", {}, "marks: min (red), low, high"),
    ),
    sorted.slice(0, SHOWN).map(zone),
    rest > 0 ? h("figcaption", { class: "aside" }, `${counted(rest, "more zone")} in “All marks in numbers”`) : null,
  );
}

function zone(one: ZoneWatermarks): Element {
  const { freeKb, usableKb, minKb, lowKb, highKb, reserveKb, eligible, passes } = one;
  const reserve = reserveKb ?? 0;
  const scale = Math.max(freeKb, highKb + reserve, 1) * 1.04;
  const kb = (value: number): string => formatKb(Math.round(value));
  const name = one.node === null ? one.zone : `Node ${one.node} ${one.zone}`;
  const state = !eligible
    ? "not for this request"
    : passes === null
      ? "reserve not known"
      : passes === "none"
        ? usableKb > minKb
          ? "reserved"
          : "below min"
        : `above ${passes}`;
  return h(
    "div",
    { class: eligible ? "zone" : "zone spared" },
    h("span", { class: "who" }, lineLink(one.lines, name)),
    h(
      "span",
      { class: "drawn" },
      bar(
        [
          { kind: "usable", share: usableKb / scale, title: `usable ${kb(usableKb)}` },
          { kind: "unusable", share: Math.max(0, freeKb - usableKb) / scale, title: "free, not for this request" },
        ],
        {
          overlays:
            reserve === 0
              ? []
              : [{ kind: "reserve", from: 0, share: reserve / scale, title: `reserve ${kb(reserve)}` }],
          marks: [
            { at: (minKb + reserve) / scale, kind: "min", title: `min ${kb(minKb)}` },
            { at: (lowKb + reserve) / scale, kind: "low", title: `low ${kb(lowKb)}` },
            { at: (highKb + reserve) / scale, kind: "high", title: `high ${kb(highKb)}` },
          ],
        },
      ),
    ),
    h(
      "span",
      { class: "says" },
      `usable ${kb(usableKb)}; needs more than min ${kb(minKb)}${reserve === 0 ? "" : ` + reserve ${kb(reserve)} = ${kb(minKb + reserve)}`}`,
    ),
    h("span", { class: passes === "none" && eligible ? "state tone-bad" : "state" }, state),
  );
}
