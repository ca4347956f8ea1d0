import { isResidueLarge } from "../accounting/kernel-side.js";
import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { frameLike, lineLike } from "../evidence/log-text.js";
import type { MachineFacts } from "../facts.js";
import type { Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["gpu-memory"];

/** Buffers of a graphics driver. */
export const gpuMemory = rule({
  id: "gpu-memory",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  unproven: true,
  needs: ["machine"],
  refines: "unaccounted-kernel-pages",
  meaning:
    "Graphics buffers live in RAM and in no process's rss: those of integrated GPUs are shmem, those of TTM drivers (amdgpu, nouveau, radeon) are in no counter before v7.1.",
  evaluate({ machine }, context) {
    const advice = [
      has("fdinfo", context)
        ? "Look who holds buffers: `grep -sE 'drm-(memory|resident)' /proc/*/fdinfo/* | sort -k2 -n | tail`."
        : "Look who holds buffers: `cat /sys/kernel/debug/dri/*/i915_gem_objects` (i915), `ls /sys/kernel/debug/dri/*`.",
      "Restart the compositor or the application behind it; update Mesa and the driver.",
    ];
    const printed = machine.sheet.terms.get("gpu");
    if (printed !== undefined && machine.share(printed).value >= bounds.printed.value) {
      const part = machine.share(printed);
      return {
        title: `Graphics buffers hold ${context.text.size(printed)}, ${share(part)} of RAM`,
        confidence: "high",
        evidence: [part],
        advice,
        pages: printed.value,
      };
    }
    const sign =
      lineLike(context, "graphics driver", /Purging GPU memory/) ??
      frameLike(context, /^(?:drm|ttm|i915|xe|amdgpu|radeon|nouveau|nvidia|v3d|panfrost|msm)(?:_|$)/) ??
      compositor(context);
    const held = sign === null ? null : unexplained(machine, context.pageSizeBytes);
    if (sign === null || held === null) return null;
    const part = machine.share(held);
    return {
      title: `${context.text.size(held)}, ${share(part)} of RAM, belong to no process, and a graphics program asked for more`,
      confidence: "low",
      evidence: [part, sign],
      advice,
      pages: held.value,
    };
  },
});

function compositor(context: Context): ReturnType<typeof lineLike> {
  const { trigger } = context.report;
  const isCompositor = /^(?:Xorg|Xwayland|X|gnome-shell|kwin_\w+|sway|weston|Hyprland|mutter)$/.test(
    trigger?.name ?? "",
  );
  return trigger !== null && isCompositor
    ? { name: "invoker", value: trigger.name ?? "", lines: [trigger.line] }
    : null;
}

/** Memory that could be graphics buffers: unmapped shmem, unevictable pages, or a large residue. */
function unexplained(machine: MachineFacts, pageSizeBytes: number): Quantity | null {
  const { unmappedShmem, sheet } = machine;
  const candidates = [unmappedShmem, sheet.terms.get("unevictable") ?? null];
  const large = candidates.find((held) => held !== null && machine.share(held).value >= bounds.share.value);
  return large ?? (isResidueLarge(machine, pageSizeBytes) ? sheet.residue : null);
}
